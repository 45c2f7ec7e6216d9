"""No usage source, place, streak or like can exist: not in registries, tables, packs, forms, nor in what figures read.

A word of `base/restraint.py` in a name or label fails here. What only looks like one is named in `ALLOWED`, with why.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onebow import apps as our_apps
from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.asking import asking_forms, key_of, questions_of
from onebow.apps.base.models import Tally
from onebow.apps.base.restraint import BANS, offence_of
from onebow.apps.desk.papers import PAPERS
from onebow.apps.ledger.kinds import KINDS, Kind
from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.organizations.models import Grant, Organization
from onebow.apps.organizations.tests.make import make_town
from onebow.apps.plans.models import Category, Duty, PackDocument, Stage, Who
from onebow.config.data_classes import models_of_ours
from tests.asking_examples import record
from tests.asking_faults import our_forms

# Where it stands and what it says -> why it is none of it.
ALLOWED = {
    "base.Submission.location": "where a form that was carried out led to: an address of ours",
    "meetings:sheet 签到表": "a list on paper to be signed in a room, as quorum asks",
}
CHOICES = (Category, Duty.Measure, Duty.Condition, Stage.Point, Who, PackDocument.Of, Organization.Kind, Grant.Role)
APPS = Path(our_apps.__path__[0])


def named_in_models(every: Iterable[Any]) -> Iterator[str]:
    """Tables, columns, labels and words of enumerations."""
    for model in every:
        yield f"{model._meta.label} {model._meta.db_table} {(model.__doc__ or '').partition(':')[0]}"
        for field in model._meta.get_fields():
            if isinstance(field, models.Field):
                label = str(field.verbose_name) if field.verbose_name != field.name.replace("_", " ") else ""
                yield f"{model._meta.label}.{field.name} {label}".strip()
                yield from (f"{model._meta.label}.{field.name} {key} {word}" for key, word in field.flatchoices or ())


def named_in_kinds(kinds: Iterable[Kind]) -> Iterator[str]:
    """Entries of the ledger with the fields of their data."""
    for kind in kinds:
        yield f"ledger {kind.key} {kind.label}"
        yield from (f"ledger {kind.key} {field.key} {field.label}" for field in kind.fields)


def named_in_packs(packs: Iterable[Any]) -> Iterator[str]:
    """All short words of packs: keys, names, proofs; quoted texts and items may forbid such things."""
    for pack in packs:
        yield from (f"pack {pack.key} {word}" for word in _words(pack))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _words(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("text", "items", "basis", "origin"):
                yield from _words(getattr(value, field.name))


def named_in_forms(forms: Iterable[Any]) -> Iterator[str]:
    """What is asked of people."""
    for form in forms:
        yield f"form {form.TITLE}"
        yield from (f"form {key_of(form)} {name}" for name in form.base_fields)
        yield from (f"form {key_of(form)} {one.label}" for one in questions_of(form))


def everything() -> Iterator[str]:
    """All names and labels of the product's registries."""
    yield from named_in_models(models_of_ours())
    yield from named_in_kinds(KINDS)
    yield from named_in_packs(one.pack for one in shipped().values())
    our_forms()
    yield from named_in_forms(asking_forms())
    yield from (f"{key} {word}" for key, word in PAPERS.items())
    for choices in (
        Category,
        Duty.Measure,
        Duty.Condition,
        Stage.Point,
        Who,
        PackDocument.Of,
        Organization.Kind,
        Grant.Role,
    ):
        yield from (f"{choices.__qualname__} {key} {word}" for key, word in choices.choices)


def offenders(names: Iterable[str], allowed: Iterable[str] = ALLOWED) -> list[str]:
    """Names that speak of what is kept out, each with the sort of it."""
    return [f"{name}: {what}" for name in names if (what := offence_of(name)) and not name.startswith(tuple(allowed))]


def test_no_registry_table_pack_or_form_speaks_of_it() -> None:
    assert offenders(everything()) == []


def test_each_exception_is_needed() -> None:
    found = offenders(everything(), ("nothing",))
    assert [name for name in ALLOWED if not any(line.startswith(name) for line in found)] == []


def test_there_is_enough_to_look_at() -> None:
    names = list(everything())
    assert len(names) > 1_000
    assert {"ledger", "pack", "form"} <= {name.partition(" ")[0] for name in names}


class Planted(models.Model):
    """签到: never made."""

    steps = models.PositiveIntegerField("在线时长")
    latitude = models.FloatField()
    mood = models.CharField(max_length=9, choices=[("likes", "赞"), ("good", "好")])

    class Meta:
        app_label = "tests"
        managed = False


def test_what_is_planted_is_found() -> None:
    found = "\n".join(offenders(named_in_models([Planted])))
    for words in ("Planted tests_planted 签到", "steps 在线时长", "latitude", "mood likes"):
        assert words in found
    assert "good" not in found
    kind = Kind("party.checkin", "支部活动", "party")
    assert offenders(named_in_kinds([kind])) == ["ledger party.checkin 支部活动: 签到打卡"]


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.what)
def test_every_word_of_the_list_is_found_in_both_languages(ban: Any) -> None:
    assert all(offence_of(f"org {word} x") == ban.what for word in ban.english)
    assert all(offence_of(f"org.{word.replace('_', '-')}.x") == ban.what for word in ban.english)
    assert all(offence_of(f"每日{word}统计") == ban.what for word in ban.chinese)


LIKE = (
    "plan",
    "translation",
    "platform",
    "likeness",
    "rank",
    "relocated",
    "地点",
    "人员排序",
    "办公地点",
    "checkpoint",
)


@pytest.mark.parametrize("text", LIKE)
def test_like_words_are_left_alone(text: str) -> None:
    assert offence_of(text) == ""


def test_a_tally_leads_to_nobody_and_to_no_day() -> None:
    assert {field.name for field in Tally._meta.get_fields()} == {
        "id", "month", "role", "key", "direction", "times", "fields",
    }  # fmt: skip
    assert Tally._meta.get_field("month").max_length == len("2026-11")
    assert not any(field.is_relation for field in Tally._meta.get_fields())


# Looks at people's data and sign-ins prove who saw what. They are no measure of anybody's work.
LOOKS = {"AccessRecord", "AccessAttempt", "AccessLog", "AccessFailureLog", "last_login", "Session", "account.signed_in"}
# Who may read them: the log's own pages and the accounts' lists. Services write them.
READERS = ("ledger/", "accounts/", "organizations/queries/reads.py", "organizations/views/reads.py")


def lookers(files: Iterable[tuple[str, str]]) -> list[str]:
    """Files that name looks or sign-ins, but for those that may."""
    found = []
    for name, text in files:
        tree = ast.parse(text)
        words = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        words |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        words |= {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        words |= {one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names}
        may = name.startswith(READERS) or "/services/" in name
        if (named := sorted(words & LOOKS)) and not may:
            found.append(f"{name}: {', '.join(named)}")
    return found


def _sources() -> Iterator[tuple[str, str]]:
    for path in APPS.rglob("*.py"):
        name = path.relative_to(APPS).as_posix()
        if "/tests/" not in name and "/migrations/" not in name:
            yield name, path.read_text(encoding="utf-8")


def test_no_query_of_figures_reads_looks_or_sign_ins() -> None:
    assert lookers(_sources()) == []


def test_a_query_that_reads_them_is_found() -> None:
    planted = [
        ("desk/queries/busy.py", "from onebow.apps.ledger.models import AccessRecord\n"),
        ("plans/queries/busy.py", "rows = users.order_by('last_login')\n"),
        ("ledger/access.py", "AccessRecord\n"),
    ]
    assert lookers(planted) == ["desk/queries/busy.py: AccessRecord", "plans/queries/busy.py: last_login"]


FIGURES = (
    "desk:home", "desk:burden", "desk:clashes", "desk:calendar", "meetings:counts", "meetings:hours", "plans:duties",
    "plans:taskbook", "plans:dual_posts", "organizations:findings",
)  # fmt: skip


@pytest.mark.parametrize("door", FIGURES)
def test_pages_of_figures_touch_no_table_of_looks_or_sign_ins(db: None, door: str) -> None:
    client = client_of(make_town().officer)
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert client.get(reverse(door)).status_code == 200
    read = [one["sql"] for one in told.captured_queries if one["sql"].startswith("SELECT")]
    assert read
    assert not [sql for sql in read if '"ledger_access"' in sql or '"axes_' in sql]
    # The burden is told on its own page, and nothing else is made of it.
    assert not [sql for sql in read if '"base_tally"' in sql and door != "desk:burden"]


def test_talks_keep_no_content_by_default() -> None:
    kinds = [kind for one in shipped().values() for kind in one.pack.meeting_kinds]
    talks = [kind for kind in kinds if "谈心" in kind.name or "谈话" in kind.name]
    assert talks
    assert [kind.key for kind in talks if kind.keeps_minutes] == []  # type: ignore[attr-defined]
    assert "minutes" in record().fields
    assert not {"minutes", "uploads"} & set(record(keeps_minutes=False).fields)
