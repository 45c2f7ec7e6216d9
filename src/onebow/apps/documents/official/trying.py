"""A template tried out with made-up data, before anybody needs a paper from it."""

import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official import dialect, plain, values
from onebow.apps.documents.official.body import body_problems
from onebow.apps.documents.official.composing import Composer
from onebow.apps.documents.official.faults import Problem
from onebow.apps.documents.official.rendering import compose
from onebow.apps.documents.official.templates import Field, Template

DAY, AT = date(2026, 1, 1), datetime(2026, 1, 1, 4, tzinfo=UTC)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
SAMPLES: dict[str, Any] = {"number": 3, "date": DAY, "share": (1, 2), "flag": True, "picture": PICTURE}


def problems_of_body(template: Template) -> list[Problem]:
    """All faults of a body that need not use every field, its lines from 1: what is written, then what comes of it."""
    if found := list(body_problems(template, all_used=False)):
        return sorted(found, key=lambda problem: problem.line)
    return next((found for data in _trials(template) if (found := list(_faults(template, data)))), [])


def specimen(template: Template) -> str:
    """What the paper looks like as plain text, with the name of each field in its place."""
    paper = compose(template, _full(template), records=0, at=AT)
    # Its last line tells from how many entries it was made.
    return plain.write(paper).decode().rstrip().rpartition("\n")[0].rstrip()


def _faults(template: Template, data: dict[str, Any]) -> Iterator[Problem]:
    try:
        clean = values.checked(template, data)
        Composer(template, clean).compose(dialect.fill(template.body, clean))
    except Refused as refused:
        yield Problem(1, str(refused).rstrip("。"))
    except dialect.FAULTS as error:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in frames if frame.filename == "<template>"), 1)
        yield Problem(line or 1, f"这里的写法和数据的类型不合({error})")


def _trials(template: Template) -> Iterator[dict[str, Any]]:
    """With everything, and with nothing but what every paper has."""
    full = _full(template)
    yield full
    wanted = {name for name, field in template.fields.items() if field.required}
    yield {name: [] if template.fields[name].type == "table" else full[name] for name in wanted}


def _full(template: Template) -> dict[str, Any]:
    return {field.name: _sample(field) for field in template.fields.values()}


def _sample(field: Field) -> Any:
    if field.type == "text":
        return f"〔{field.label}〕"
    if field.type == "list":
        return [f"〔{field.label}〕"]
    if field.type == "table":
        columns = [column for column in field.columns if not column.is_box]
        return [{one.name: 1 if one.name in field.numbers else f"〔{one.label}〕" for one in columns}]
    return SAMPLES[field.type]
