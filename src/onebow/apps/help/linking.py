"""Names of the menu in a text of the manual, as links for whoever has them in their own menu."""

import re
from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

NAME = re.compile(r"“([^”<]+?)(?=”| › )")


def with_links(html: str, menu: Mapping[str, str]) -> SafeString:
    """The HTML of a chapter; `menu`: addresses by the words of the reader's menu."""

    def linked(found: re.Match[str]) -> str:
        href = menu.get(found[1])
        return f'“<a href="{escape(href)}">{found[1]}</a>' if href else found[0]

    return mark_safe(NAME.sub(linked, html))  # noqa: S308 (rendered from our own files, with raw HTML off)
