"""Pinyin of names."""

import pytest
from pypinyin import Style, lazy_pinyin

from onebow.apps.organizations.naming import pinyin_of, pinyin_of_person

NAMES = [
    "王重庆",
    "长安",
    "翁健",
    "欧阳长乐",
    "银行",
    "行",
    "阿依·古丽",
    "李A长",
    "单位",
    "乐山",
    "就业促进科",
    "龘靐齉",
    "〇一",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_short_name_sounds_as_its_phrases_do(name):
    assert pinyin_of(name)[0] == "".join(lazy_pinyin(name, style=Style.NORMAL)).lower()


def test_a_surname_sounds_as_a_surname():
    assert pinyin_of_person("单长安") == ("shanchangan", "sca")
    assert pinyin_of_person("尉迟行") == ("yuchixing", "ycx")
