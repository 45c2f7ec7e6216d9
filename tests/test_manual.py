"""The manual names menus, pages and buttons as the product does, and leads to files that are there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from onebow.apps.accounts.models import User
from onebow.apps.help.places import INNER, SECTIONS, WORDS
from onebow.apps.help.queries import FOLDER, chapters, front
from onebow.config.navigation import GROUPS, _open_to
from onebow.config.policy import URL_NAMES

ROOT = Path(__file__).parents[1]
PAGES = sorted(FOLDER.glob("*.md"))
QUOTED, LINKED = re.compile(r"“([^”]+)”"), re.compile(r"\]\(([^)#]+)[^)]*\)")
LEADING = ROOT / "src" / "onebow" / "apps" / "help" / "places.py"
# What is quoted and is no name: figures as an example, and words of everyday speech.
EXAMPLES = re.compile(r"\d| N |打卡|^章$")


REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
HAN = "[\u4e00-\u9fff]"


def words_in(code: str) -> Iterator[str]:
    """The words of a module that somebody may see: neither its comments nor its docstrings."""
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@cache
def product() -> str:
    """All that the product can show."""
    shown: list[str] = []
    for one in (ROOT / "src" / "onebow").rglob("*"):
        # Nor what only leads to a section by its title.
        if {"tests", "demo", "migrations"} & set(one.parts) or one == LEADING:
            continue
        if one.suffix == ".py":
            shown += words_in(one.read_text(encoding="utf-8"))
        elif one.suffix in (".html", ".toml"):
            shown.append(REMARK.sub("", one.read_text(encoding="utf-8")))
    return "\n".join(shown)


def stands(name: str) -> bool:
    """Whether it is a name by itself, and no part of a longer word."""
    return re.search(f"(?<!{HAN}){re.escape(name)}(?!{HAN})", product()) is not None


@pytest.mark.parametrize("chapter", PAGES, ids=lambda chapter: chapter.name)
def test_what_the_manual_quotes_stands_in_the_product(chapter: Path) -> None:
    quoted = (part for text in QUOTED.findall(chapter.read_text(encoding="utf-8")) for part in text.split(" › "))
    assert [part for part in quoted if not EXAMPLES.search(part) and not stands(part)] == []


def test_the_manual_names_the_menu_of_each_administrator() -> None:
    chapter = (FOLDER / "09-administrators.md").read_text(encoding="utf-8")
    for office, label in User.Office.choices:
        if office != "none":
            (row,) = re.findall(rf"^\| {label} \|.*\| (.+) \|$", chapter, re.MULTILINE)
            assert row == "、".join(entry.label for entry, _ in _open_to(office, frozenset()))


@pytest.mark.parametrize(
    "chapter", [*PAGES, ROOT / "README.md", ROOT / "README.en.md"], ids=lambda chapter: chapter.name
)
def test_what_is_linked_is_there(chapter: Path) -> None:
    links = (link for link in LINKED.findall(chapter.read_text(encoding="utf-8")) if not link.startswith("http"))
    # Pictures are taken by one command and come with each version.
    assert [link for link in links if not (chapter.parent / link).exists()] == []


def test_every_main_page_has_a_section_and_every_section_that_is_led_to_is_there() -> None:
    anchors = {(slug, one.anchor) for slug, chapter in chapters().items() for one in chapter.text.sections}
    assert set(SECTIONS) == {entry.door for _, entries in GROUPS for entry in entries}
    assert set(INNER) <= URL_NAMES
    assert {*SECTIONS.values(), *INNER.values(), *WORDS.values()} <= anchors


def test_the_section_about_a_main_page_names_it_and_so_leads_to_it() -> None:
    words = {(slug, one.anchor): one.words for slug, chapter in chapters().items() for one in chapter.text.sections}
    entries = [entry for _, group in GROUPS for entry in group]
    unnamed = [one.label for one in entries if not re.search(f"“{one.label}(”| ›)", words[SECTIONS[one.door]])]
    assert unnamed == []


def test_no_link_between_chapters_leads_to_a_section_that_is_not_there() -> None:
    there = {one.href_of(section) for one in (front(), *chapters().values()) for section in one.text.sections}
    html = front().text.html + "".join(one.text.html for one in chapters().values())
    links = re.findall('href="(/[^"]*)"', html)
    assert len(links) > 10
    assert [link for link in links if link not in there] == []
