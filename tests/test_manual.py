"""The manual names menus, pages and buttons as the product does, and leads to files that are there."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs" / "manual").glob("*.md"))
QUOTED, LINKED = re.compile(r"“([^”]+)”"), re.compile(r"\]\(([^)#]+)[^)]*\)")
# What is quoted and is no name: figures as an example, and words that the browser shows.
EXAMPLES = re.compile(r"\d| N |没有这一页|打卡|^章$")


@cache
def product() -> str:
    """All that the product can show."""
    files = (ROOT / "src" / "onebow").rglob("*")
    shown = (one for one in files if one.suffix in (".py", ".html", ".toml") and "tests" not in one.parts)
    return "".join(one.read_text(encoding="utf-8") for one in shown)


@pytest.mark.parametrize("chapter", PAGES, ids=lambda chapter: chapter.name)
def test_what_the_manual_quotes_stands_in_the_product(chapter: Path) -> None:
    quoted = (part for text in QUOTED.findall(chapter.read_text(encoding="utf-8")) for part in text.split(" › "))
    assert [part for part in quoted if not EXAMPLES.search(part) and part not in product()] == []


@pytest.mark.parametrize(
    "chapter", [*PAGES, ROOT / "README.md", ROOT / "README.en.md"], ids=lambda chapter: chapter.name
)
def test_what_is_linked_is_there(chapter: Path) -> None:
    links = (link for link in LINKED.findall(chapter.read_text(encoding="utf-8")) if not link.startswith("http"))
    # Pictures are taken by one command and come with each version.
    assert [link for link in links if not (chapter.parent / link).exists()] == []
