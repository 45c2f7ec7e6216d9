"""Whether gaps are made good, by the facts: nobody types what the system knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from django.db.models import F, Q
from django.utils import timezone

from onebow.apps.base.unions import word
from onebow.apps.ledger.models import Entry
from onebow.apps.plans.checking.mending import FAULTY, Mending
from onebow.apps.plans.checking.sorts import ABOUT, family_of
from onebow.apps.plans.models import Gap, Sort
from onebow.apps.plans.queries.checks.faults import FAULTS
from onebow.apps.plans.queries.duties.states import counted_proofs

# Which entries about a subject tell that a fault of it was mended, and by whom it was recorded.
KINDS: Mapping[str, tuple[str, ...]] = {
    Sort.CHECKPOINT: ("checkpoint.done", "checkpoint.made_up", "checkpoint.acknowledged"),
    Sort.UNBEGUN: ("item.began", "item.changed"),
    Sort.LATE: ("item.done", "party_item.done", "item.changed"),
    Sort.SILENT: ("item.progressed", "item.stage_passed", "item.passed_urgently", "item.done", "party_item.done"),
    Sort.UNTIED: ("item.tied", "item.changed"),
    Sort.REQUIREMENT: ("item.changed",),
    Sort.UNOWNED: ("item.changed",),
    Sort.REPLY: ("directive.replied", "directive.changed"),
}
# Of occurrences proofs tell; of the others entries whose source they are.
SOURCES = {"item": "plans.item", "checkpoint": "plans.checkpoint", "directive": "plans.directive"}
Key = tuple[str, int]


def mendings_of(gaps: Sequence[Gap], on: date) -> dict[int, Mending]:
    """By gap: at most four statements, whatever their number."""
    faulty = still_faulty(gaps, on)
    mended = [gap for gap in gaps if (family_of(gap.sort), gap.subject_id) not in faulty]
    told = _proved(mended, on) | _recorded(mended)
    return {gap.pk: FAULTY for gap in gaps} | {gap.pk: _mending(gap, told.get(gap.pk, []), on) for gap in mended}


def still_faulty(gaps: Iterable[Gap], on: date) -> set[Key]:
    """Family and subject of those that still have their fault: one statement, a part for each sort at hand."""
    ids: dict[str, set[int]] = defaultdict(set)
    for gap in gaps:
        ids[family_of(gap.sort)].add(gap.subject_id)
    parts = [
        FAULTS[sort].rows(on).filter(pk__in=subjects).order_by().values_list(word(sort), "pk")
        for sort, subjects in sorted(ids.items())
    ]
    return set(parts[0].union(*parts[1:], all=True)) if parts else set()


Told = dict[int, list[tuple[date, int | None]]]


def _proved(gaps: Sequence[Gap], on: date) -> Told:
    """Proofs of the occurrences that came since the gap was found: their days and who recorded them."""
    rows = [gap for gap in gaps if gap.occurrence_id]
    if not rows:
        return {}
    proofs = list(
        counted_proofs(on)
        .filter(occurrence__in={gap.occurrence_id for gap in rows})
        .values_list("occurrence", "happened_on", "entry_id")
    )
    recorders = dict(Entry.objects.filter(pk__in={entry for *_, entry in proofs}).values_list("pk", "by_id"))
    told: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    for occurrence_id, day, entry_id in proofs:
        told[occurrence_id].append((day, recorders.get(entry_id)))
    return {gap.pk: told[gap.occurrence_id or 0] for gap in rows}


def _recorded(gaps: Sequence[Gap]) -> Told:
    """Entries about the other subjects since the gap was found."""
    rows = [gap for gap in gaps if not gap.occurrence_id]
    about = Q()
    for name, source in SOURCES.items():
        ids = {gap.subject_id for gap in rows if ABOUT[gap.sort].subject == name}
        about |= Q(source=source, source_id__in=ids) if ids else Q()
    if not rows:
        return {}
    kinds = sorted(set(chain.from_iterable(KINDS[gap.sort] for gap in rows)))
    entries = Entry.objects.filter(about, kind__in=kinds)
    told = entries.values_list("source", "source_id", "kind", "happened_on", "recorded_at", F("by_id"))
    found: dict[tuple[str, int], list[tuple[str, date, date, int | None]]] = defaultdict(list)
    for source, pk, kind, day, at, by_id in told:
        found[source, pk or 0].append((kind, day, timezone.localdate(at), by_id))
    return {gap.pk: list(_of(gap, found)) for gap in rows}


def _of(
    gap: Gap, found: Mapping[tuple[str, int], list[tuple[str, date, date, int | None]]]
) -> Iterable[tuple[date, int | None]]:
    source = SOURCES[ABOUT[gap.sort].subject]
    for kind, day, recorded_on, by_id in found.get((source, gap.subject_id), ()):
        if kind in KINDS[gap.sort] and recorded_on >= gap.found_on:
            yield day, by_id


def _mending(gap: Gap, told: Sequence[tuple[date, int | None]], on: date) -> Mending:
    """The latest of what was told; where nothing tells, the day on which it was first seen to be mended."""
    days = [day for day, _ in told]
    seen = max([*days, gap.since]) if days else (gap.mended_on or on)
    by = frozenset(by_id for _, by_id in told if by_id)
    return Mending(is_mended=True, on=min(seen, on), by=by)
