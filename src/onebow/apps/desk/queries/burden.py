"""填报负担: what was typed and handed out in a year, out of tallies of months and roles."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Sum

from onebow.apps.base.asking import AskingForm, Question, asking_forms, key_of, questions_of
from onebow.apps.base.models import Tally
from onebow.apps.base.prepared import Prepared
from onebow.apps.desk.papers import PAPERS
from onebow.apps.desk.roles import ROLES

TYPED, PASTED, DELIVERED = (one.value for one in Tally.Direction)
ROLE_WORDS: Mapping[str, str] = {**ROLES, "none": "尚未授权", "administrator": "管理员"}
# The page of all components is for those who build pages.
SAMPLES = "base."


@dataclass(frozen=True)
class Sums:
    """What was typed and handed out, in times and fields."""

    forms: int = 0
    typed: int = 0
    pasted: int = 0
    papers: int = 0
    delivered: int = 0

    @property
    def filled(self) -> int:
        """Fields that people filled in, pasted and uploaded ones too."""
        return self.typed + self.pasted

    @property
    def per_form(self) -> float | None:
        """Fields typed for each form; None if there was none."""
        return self.typed / self.forms if self.forms else None

    @property
    def yield_of_one(self) -> float | None:
        """How many fields came out for one that went in; None if none did."""
        return self.delivered / self.filled if self.filled else None


@dataclass(frozen=True)
class Line:
    """A form or a paper of a role."""

    role: str
    title: str
    key: str
    times: int
    fields: int

    @property
    def word(self) -> str:
        """The role."""
        return role_word(self.role)

    @property
    def each(self) -> float:
        """Fields each time."""
        return self.fields / self.times


@dataclass(frozen=True)
class Burden:
    """A year up to a month. `since` is the first month that was counted; None if none was yet."""

    since: str | None
    whole: Sums
    roles: list[tuple[str, Sums]] = field(default_factory=list)
    # The months of the year in which nobody counted, and the others.
    unknown: list[str] = field(default_factory=list)
    months: list[tuple[str, Sums]] = field(default_factory=list)
    forms: list[Line] = field(default_factory=list)
    papers: list[Line] = field(default_factory=list)


def role_word(role: str) -> str:
    """A role in Chinese; one of an earlier version by its key."""
    return ROLE_WORDS.get(role, role)


def _between(first: str, last: str) -> QuerySet[Tally]:
    return Tally.objects.filter(month__gte=first, month__lte=last)


def _by(*names: str) -> Prepared:
    def build(first: str, last: str) -> QuerySet[Any, Any]:
        rows = _between(first, last).values(*names).annotate(all_times=Sum("times"), all_fields=Sum("fields"))
        return rows.values_list(*names, "all_times", "all_fields")

    return Prepared(build)


BY_MONTH = _by("role", "month", "direction")
BY_KEY = _by("role", "key", "direction")


def burden_of(year: int, last: str) -> Burden:
    """The year's burden up to and with the month `last` (`2026-11`): three statements."""
    since = Tally.objects.order_by("month").values_list("month", flat=True).first()
    first, last = f"{year}-01", min(last, f"{year}-12")
    rows = BY_MONTH.rows(first, last)
    months = _months(year, last)
    roles = [(role, _sums(row[2:] for row in rows if row[0] == role)) for role in {row[0] for row in rows}]
    return Burden(
        since,
        _sums(row[2:] for row in rows),
        sorted(roles, key=lambda pair: _rank(pair[0])),
        # What was not counted is unknown; nothing done is known once counting has begun.
        [month for month in months if not since or month < since],
        [(month, _sums(row[2:] for row in rows if row[1] == month)) for month in months if since and month >= since],
        *_lines(BY_KEY.rows(first, last)),
    )


def _rank(role: str) -> int:
    known = list(ROLE_WORDS)
    return known.index(role) if role in known else len(known)


def _months(year: int, last: str) -> list[str]:
    return [month for month in (f"{year}-{number:02d}" for number in range(1, 13)) if month <= last]


def _sums(rows: Iterable[tuple[Any, ...]]) -> Sums:
    times: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for direction, all_times, all_fields in rows:
        times[direction] += int(all_times)
        fields[direction] += int(all_fields)
    # A form with a list in it counts once, under what was typed.
    return Sums(times[TYPED], fields[TYPED], fields[PASTED], times[DELIVERED], fields[DELIVERED])


def _lines(rows: list[tuple[Any, ...]]) -> tuple[list[Line], list[Line]]:
    titles = {key_of(form): form.TITLE for form in asking_forms()}
    forms, papers = [], []
    for role, key, direction, times, fields in rows:
        if direction == TYPED:
            forms.append(Line(role, titles.get(key, "已经不用的表单"), key, int(times), int(fields)))
        elif direction == DELIVERED:
            papers.append(Line(role, PAPERS.get(key, key), key, int(times), int(fields)))
    return tuple(sorted(one, key=lambda line: (-line.fields, line.title)) for one in (forms, papers))  # type: ignore[return-value]


@dataclass(frozen=True)
class FormWithQuestions:
    """A form as the product tells of it."""

    key: str
    title: str
    app: str
    questions: list[Question]

    @property
    def whys(self) -> set[str]:
        """All reasons in it."""
        return {one.why.value for one in self.questions}


APPS = {
    "organizations": "组织",
    "plans": "计划",
    "meetings": "会议",
    "affairs": "日常事务",
    "methods": "工作法",
    "accounts": "账号",
    "desk": "工作台",
}


def all_forms() -> list[FormWithQuestions]:
    """Every form of the product with each field that it asks."""
    told = [_told(form) for form in asking_forms() if not key_of(form).startswith(SAMPLES)]
    return sorted(told, key=lambda one: (list(APPS).index(one.app) if one.app in APPS else len(APPS), one.key))


def _told(form: type[AskingForm]) -> FormWithQuestions:
    key = key_of(form)
    return FormWithQuestions(key, form.TITLE, key.partition(".")[0], questions_of(form))
