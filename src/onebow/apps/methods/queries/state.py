"""What packs and the office said for a unit, as it stands now: the open rows of all apps in the words of packs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onebow.apps.meetings.models import MeetingKind as MeetingRow
from onebow.apps.methods.models import NamedList as ListRow
from onebow.apps.methods.queries.facts import (
    Facts,
    facts_of_document,
    facts_of_duty,
    facts_of_kind,
    facts_of_list,
    facts_of_meeting,
)
from onebow.apps.methods.reading import Document, Duty, ItemKind, MeetingKind, NamedList, Pack, Requirement, Stage
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Cadence, PackDocument
from onebow.apps.plans.models import Duty as DutyRow
from onebow.apps.plans.models import ItemKind as ItemRow

SORTS = {
    "meeting_kind": "会议类别", "item_kind": "事项类别", "duty": "制度任务", "named_list": "名目清单",
    "document": "文书模板",
}  # fmt: skip
Id = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """One row: its sort and key, what it says, and who said so."""

    sort: str
    key: str
    name: str
    facts: Facts
    pack: str = ""
    version: str = ""
    # Requirements that the office added.
    own: int = 0
    order: int = 0
    pk: int = 0

    @property
    def id(self) -> Id:
        """Sort and key."""
        return self.sort, self.key


def said_in(scope: Organization) -> dict[Id, Said]:
    """All that holds for a unit by its own word: eight statements."""
    rows = (*_meetings(scope), *_kinds(scope), *_duties(scope), *_lists(scope), *_documents(scope))
    return {row.id: row for row in rows}


def said_by(pack: Pack) -> dict[Id, Said]:
    """What a pack says."""
    mark: dict[str, Any] = {"pack": pack.key, "version": pack.version}
    rows = [
        *(Said("meeting_kind", one.key, one.name, facts_of_meeting(one), **mark) for one in pack.meeting_kinds),
        *(
            Said("item_kind", one.key, one.name, facts_of_kind(one, pack.requirements_of(one.key)), **mark)
            for one in pack.item_kinds
        ),
        *(Said("duty", one.key, one.name, facts_of_duty(one), **mark) for one in pack.duties),
        *(Said("named_list", one.key, one.name, facts_of_list(one), **mark) for one in pack.named_lists),
        *(Said("document", one.key, one.name, facts_of_document(one), **mark) for one in pack.documents),
    ]
    return {row.id: row for row in rows}


def _meetings(scope: Organization) -> Iterator[Said]:
    for row in MeetingRow.objects.filter(scope=scope, ends_on=None):
        said = MeetingKind(
            row.key, row.name, row.due_to, row.side, row.quorum, row.is_study, row.is_restricted, row.usual_hours,
            row.passes, row.keeps_minutes,
        )  # fmt: skip
        yield _made("meeting_kind", row, facts_of_meeting(said), order=row.order)


def _kinds(scope: Organization) -> Iterator[Said]:
    for row in ItemRow.objects.filter(scope=scope, ends_on=None).prefetch_related("stages", "requirements__stage"):
        kind, told = kind_of(row)
        own = sum(not one.pack for one in row.requirements.all()) if row.pack else 0
        yield _made("item_kind", row, facts_of_kind(kind, told), own=own)


def kind_of(row: ItemRow) -> tuple[ItemKind, list[Requirement]]:
    """A kind of items in the words of packs, with the requirements that came with it."""
    stages = tuple(Stage(one.key, one.name, one.point) for one in row.stages.all())
    told = [
        Requirement(row.key, one.category, one.text, one.stage.key if one.stage else "", one.who)
        for one in row.requirements.all()
        if one.pack or not row.pack
    ]
    return ItemKind(row.key, row.name, row.side, row.listed_in, stages, row.is_statutory, row.is_trip), told


def _duties(scope: Organization) -> Iterator[Said]:
    rows = list(DutyRow.objects.filter(scope=scope, ends_on=None))
    cadences = {one.duty_id: one for one in Cadence.objects.filter(duty__in=rows, ends_on=None)}
    for row in rows:
        terms = cadences.get(row.pk, Cadence())
        window = (terms.window_from, terms.window_to) if terms.window_from else ()
        said = Duty(
            row.key, row.name, tuple(row.kinds), terms.recurrence, row.condition, terms.count, window, terms.proposed,
            tuple(row.proof), row.measure, row.basis,
        )  # fmt: skip
        yield _made("duty", row, facts_of_duty(said), order=row.order)


def _lists(scope: Organization) -> Iterator[Said]:
    for row in ListRow.objects.filter(scope=scope):
        yield _made("named_list", row, facts_of_list(NamedList(row.key, row.name, tuple(row.items))))


def _documents(scope: Organization) -> Iterator[Said]:
    for row in PackDocument.objects.filter(scope=scope, ends_on=None):
        said = Document(row.key, row.name, row.of, row.text, row.layout, tuple(row.kinds))
        yield _made("document", row, facts_of_document(said))


def _made(sort: str, row: Any, facts: Facts, *, own: int = 0, order: int = 0) -> Said:
    return Said(sort, row.key, row.name, facts, row.pack, row.pack_version, own, order, row.pk)
