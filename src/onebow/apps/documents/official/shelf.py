"""The templates that the product ships, each a file in `documents/papers`."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.checking import problems_of
from onebow.apps.documents.official.faults import BadTemplate
from onebow.apps.documents.official.templates import Template, read

FOLDER = Path(__file__).parent.parent / "papers"


def load(file: Path) -> Template:
    """A template from any file.

    Raises:
        BadTemplate: it does not pass the check.
        Refused: it cannot be read.
    """
    source = source_of(file)
    if problems := problems_of(source):
        raise BadTemplate(file.name, problems)
    return read(source)


def source_of(file: Path) -> str:
    """The text of a template file.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused(f"模板文件 {file} 读不出来:{error.strerror}。") from error
    except UnicodeDecodeError as error:
        raise Refused(f"模板文件 {file} 不是 UTF-8 编码的文字。") from error


@cache
def templates() -> tuple[Template, ...]:
    """All shipped templates, in the order of their keys."""
    return tuple(load(file) for file in sorted(FOLDER.glob("*.toml")))


def template(key: str) -> Template:
    """A shipped template.

    Raises:
        Refused: there is none of this key.
    """
    for one in templates():
        if one.key == key:
            return one
    raise Refused(f"没有名为 {key} 的公文模板。")


def like(key: str, *, name: str, layout: str, body: str) -> Template:
    """A template in other words for the data that a shipped one takes; the lines of its body count from 1.

    Raises:
        Refused: there is none of this key.
    """
    return replace(template(key), name=name, layout=layout, direction="none", body=body, body_line=1)
