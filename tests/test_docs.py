"""What docs/ names is there: files, functions, classes, tables and settings, by their names in the code."""

import re
from functools import cache
from pathlib import Path

import pytest

from onebow.options import OPTIONS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# Pictures are taken by one command.
PAPERS = sorted(one for one in DOCS.rglob("*.md") if "screens" not in one.relative_to(DOCS).parts)
SOURCES = ("src", "tests", "tools", "benchmarks", "frontend")
CODE = {".py", ".html", ".toml", ".typ", ".js", ".scss", ".txt", ".json", ".mjs"}
QUOTED, LINKED = re.compile(r"`([^`\n]+)`"), re.compile(r"\]\(([^)#]+)[^)]*\)")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What can only be a name: with an underscore, of two capitals, called, or a file.
NAME = re.compile(
    r"\b[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+|\b[A-Z][a-z]+[A-Z]\w+|\b[a-z_]+(?=\()|[\w/.-]+\.(?:py|html|scss)\b"
)
# Names of other programs, and the begin of names.
OTHERS = {"pg_dump", "HTTPS_PROXY", "ExecStart", "TimeoutStopSec", "ReadWritePaths", "KillMode", "checks_"}


@cache
def known() -> frozenset[str]:
    """Every word of the code, and every file by its name and by its path from any folder on."""
    found = [ROOT / "pyproject.toml", *(one for folder in SOURCES for one in (ROOT / folder).rglob("*"))]
    files = [one for one in found if one.is_file() and not {"dist", "node_modules"} & set(one.parts)]
    words = {f"ONEBOW_{option.name.upper()}" for option in OPTIONS}
    for one in files:
        parts = one.relative_to(ROOT).parts
        words.update(part.removesuffix(".py") for part in parts)
        words.update("/".join(parts[start:]).removesuffix(".py") for start in range(len(parts)))
        if one.suffix in CODE and one != Path(__file__):
            words.update(WORD.findall(one.read_text(encoding="utf-8")))
    return frozenset(words)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(DOCS)))
def test_what_the_docs_name_stands_in_the_code(paper: Path) -> None:
    quoted = QUOTED.findall(paper.read_text(encoding="utf-8"))
    # A file that became a folder goes by the same name.
    names = (name.removesuffix(".py") for text in quoted if "…" not in text for name in NAME.findall(text))
    assert sorted({name for name in names if name not in known() and name not in OTHERS}) == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(DOCS)))
def test_what_the_docs_link_is_there(paper: Path) -> None:
    links = (link for link in LINKED.findall(paper.read_text(encoding="utf-8")) if not link.startswith("http"))
    assert [link for link in links if "screens/" not in link and not (paper.parent / link).exists()] == []
