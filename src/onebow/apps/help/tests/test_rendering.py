"""Texts as HTML: anchors, links, tables, and no raw HTML."""

import pytest

from onebow.apps.help.linking import with_links
from onebow.apps.help.rendering import Section, rendered

TEXT = """# 开始

先看这里。

## 登录
两行之间
没有空格,**重要的**`zgk`。

| 我 | 看 |
|---|---|
| 书记 | [组织](02-organizations.md#两棵树) |
"""


def html_of(text: str) -> str:
    return rendered(f"# 题\n\n{text}", lambda href: f"/at/{href}" if href.endswith(".md") else "").html


def test_a_text_has_its_title_and_sections_with_the_words_below_them():
    told = rendered(TEXT, lambda href: href)
    assert told.title == "开始"
    assert told.sections == (
        Section("开始", "", "先看这里。"),
        Section("登录", "登录", "两行之间没有空格,重要的zgk。 我 看 书记 组织"),
    )
    assert '<h2 id="登录">登录</h2>' in told.html
    assert "<h1" not in told.html
    assert "两行之间没有空格,<strong>重要的</strong>" in told.html
    assert told.html.index('<div class="table-scroll"') < told.html.index("<table") < told.html.index("</table></div>")


def test_a_link_leads_where_the_file_is_read_and_what_is_shipped_nowhere_is_named():
    assert html_of("见[组织](02-organizations.md)。") == '<p>见<a href="/at/02-organizations.md">组织</a>。</p>\n'
    assert html_of("见[运行](../../docs/operations.txt)。") == "<p>见运行(docs/operations.txt)。</p>\n"


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "<b onclick=x>粗</b>", "[看](javascript:alert(1))", "<!-- 不见 -->"]
)
def test_raw_html_and_scripts_are_shown_and_not_passed_on(hostile):
    html = html_of(hostile)
    assert "<script" not in html
    assert "<b" not in html
    assert "<!--" not in html
    assert "href" not in html


def test_a_name_of_the_readers_own_menu_is_a_link_and_no_other():
    menu = {"检查讲评": "/checks/?a=1&b=2"}
    assert with_links("<p>“检查讲评 › 进行检查”和“党费”</p>", menu) == (
        '<p>“<a href="/checks/?a=1&amp;b=2">检查讲评</a> › 进行检查”和“党费”</p>'
    )
    assert "<a" not in with_links("<p>“检查讲评结果”</p>", menu)
