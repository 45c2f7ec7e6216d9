"""Making the occurrences of a year from the duties: the same again changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Exists, ForeignObjectRel, OuterRef, Q
from django.utils import timezone

from onebow.apps.base.bulk import Pattern, insert_rows, update_rows
from onebow.apps.base.transactions import write_alone
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Cadence, Occurrence
from onebow.apps.plans.queries.duties.asked import Asked, Key, asked_in, terms_of
from onebow.cores.timekeeping import Period, Terms, asked_of, part_of, window_in

# Ids in one statement: PostgreSQL and SQLite take more, but not for ever.
PART = 5_000
COLUMNS = ("cadence_id", "ends_on", "due_on", "asked")
# From November on the next year is planned.
PLANNING = 11


@dataclass(frozen=True)
class Generated:
    """How many occurrences were added, changed and taken away."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@write_alone()
def generate(scope: Organization | None, year: int, *, at: datetime) -> Generated:
    """Make what is asked in a year of all organizations, or of those for which the word of `scope` holds.

    Adds what is missing. What is asked no more goes, as long as nothing hangs on it: periods that began stay where
    only the duty, its terms or its scope have changed, not where the organization was not there.
    """
    return generate_within(scope, [year], at=at)


def generate_within(scope: Organization | None, years: Sequence[int], *, at: datetime) -> Generated:
    """The same within the transaction of another deed."""
    made = [_generate(scope, year, timezone.localdate(at)) for year in years]
    return Generated(*(sum(getattr(one, name) for one in made) for name in ("added", "changed", "removed")))


def _generate(scope: Organization | None, year: int, today: date) -> Generated:
    asked, bodies = asked_in(year, today, scope)
    known = _known(year, scope, bodies)
    missing = [key for key in asked if key not in known]
    others = [(key, row) for key, row in known.items() if key in asked and row[1:] != tuple(asked[key])]
    surplus = [(key, row) for key, row in known.items() if key not in asked]
    insert_rows(_rows(missing, asked))
    changed = _change([pair for pair in others if _may_change(pair[0], pair[1], asked[pair[0]], today)], asked)
    return Generated(len(missing), changed, _remove(_unasked(surplus, today)))


def _known(year: int, scope: Organization | None, bodies: Iterable[int]) -> dict[Key, tuple[Any, ...]]:
    """What there is already, by the same keys: the row's id, then its columns."""
    rows = Occurrence.objects.filter(starts_on__gte=date(year, 1, 1), starts_on__lt=date(year + 1, 1, 1))
    if scope is not None:
        rows = rows.filter(organization__in=list(bodies))
    told = rows.values_list("duty_id", "organization_id", "starts_on", "pk", *COLUMNS)
    return {(duty, organization, starts_on): (*rest,) for duty, organization, starts_on, *rest in told.iterator(PART)}


def _rows(keys: Iterable[Key], asked: dict[Key, Asked]) -> list[Occurrence]:
    pattern = Pattern(Occurrence)
    return [
        pattern.row({}, duty_id=key[0], organization_id=key[1], starts_on=key[2], **asked[key]._asdict())
        for key in keys
    ]


def _may_change(key: Key, row: tuple[Any, ...], asked: Asked, today: date) -> bool:
    """A period that began keeps its terms; within them it follows the organization's part of it."""
    return key[2] > today or row[1] == asked.cadence_id


def _change(pairs: Sequence[tuple[Key, tuple[Any, ...]]], asked: dict[Key, Asked]) -> int:
    rows = [Occurrence(pk=row[0], **asked[key]._asdict()) for key, row in pairs]
    update_rows(rows, [name.removesuffix("_id") for name in COLUMNS])
    return len(rows)


def _unasked(surplus: Sequence[tuple[Key, tuple[Any, ...]]], today: date) -> list[int]:
    """Ids of what may go: periods to come, and those for which the organization itself gives no reason."""
    begun = [(key, row) for key, row in surplus if key[2] <= today]
    coming = [row[0] for key, row in surplus if key[2] > today]
    if not begun:
        return coming
    terms = {cadence.pk: terms_of(cadence) for cadence in Cadence.objects.filter(pk__in={row[1] for _, row in begun})}
    those = Organization.objects.filter(pk__in={key[1] for key, _ in begun})
    lives = {pk: (starts_on, ends_on) for pk, starts_on, ends_on in those.values_list("pk", "starts_on", "ends_on")}
    return coming + [row[0] for key, row in begun if not _was_there(key, row, terms[row[1]], lives[key[1]])]


def _was_there(key: Key, row: tuple[Any, ...], terms: Terms, life: tuple[date | None, date | None]) -> bool:
    """Whether an organization was there long enough to be asked."""
    window = window_in(Period(key[2], row[2]), terms)
    return window is not None and asked_of(terms.count, window, part_of(window, *life)) > 0


def _remove(ids: Sequence[int]) -> int:
    """Delete those on which nothing hangs: no word, no day planned, no proof, and no row of an app above."""
    removed = 0
    for start in range(0, len(ids), PART):
        bare = Occurrence.objects.filter(
            pk__in=ids[start : start + PART], planned_on=None, topic="", excused_on=None, missed_on=None
        ).exclude(_held())
        free = list(bare.values_list("pk", flat=True))
        removed += Occurrence.objects.filter(pk__in=free)._raw_delete("default") if free else 0
    return removed


def _held() -> Q:
    """Rows of any table that refer to the occurrence, whatever app it is of."""
    held = Q()
    for field in Occurrence._meta.get_fields(include_hidden=True):
        if field.auto_created and (field.one_to_many or field.one_to_one):
            related: Any = field.related_model
            name = cast(ForeignObjectRel, field).field.name
            rows = related._base_manager.filter(**{name: OuterRef("pk")})
            held |= Q(Exists(rows))
    return held


def years_on(today: date) -> tuple[int, ...]:
    """The years whose occurrences are made on a day: near the end of a year the next is planned already."""
    return (today.year, today.year + 1) if today.month >= PLANNING else (today.year,)
