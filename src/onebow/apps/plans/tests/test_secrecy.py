"""What is marked secret stays out; the words in their ordinary sense do not."""

import doctest

import pytest

from onebow.apps.plans.rules import secrecy

MARKED = (
    "机密★10年", "机 密★1年", "绝密★", "秘密☆长期", "机密*5年", "秘密10年", "机密级 20年",
    "示人社〔密〕3号", "示密[密]3号",
    "(机密)关于专项工作的通知", "〔秘密★5年〕", "【绝密】", "〔机密件〕",
    "密级：机密", "密级: 秘密", "机密 关于专项工作的通知", "机密_方案.docx",
    "专项工作方案-秘密.pdf", "关于专项工作的通知 机密", "机密", "第一行\n绝密★", "（秘密级文件）",
)  # fmt: skip
OPEN = (
    "", "保守国家秘密宣传周", "保密工作条例", "关于贯彻《保守国家秘密法》的通知", "国家秘密定密管理办法",
    "秘密工作者的故事",
    "机密文件管理培训", "商业秘密保护条例", "示保密办〔2026〕3号", "密切联系群众", "保守秘密10年无事故",
    "泄露国家秘密案件警示教育.pdf",
    "精密制造企业调研", "示人社发〔2026〕3号",
)  # fmt: skip


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_told(text):
    assert secrecy.is_marked(text)


@pytest.mark.parametrize("text", OPEN)
def test_the_words_in_their_ordinary_sense_are_no_marking(text):
    assert not secrecy.is_marked(text)


def test_the_example_holds():
    assert doctest.testmod(secrecy).failed == 0
