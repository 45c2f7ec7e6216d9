"""Putting the rows of a pack in place through the services of the apps below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import MeetingKind as MeetingRow
from onebow.apps.meetings.services.kinds import MeetingKindDraft, put_meeting_kind
from onebow.apps.methods.queries.state import SORTS, Said
from onebow.apps.methods.reading import Document, Duty, ItemKind, MeetingKind, Pack
from onebow.apps.methods.services.changes import State
from onebow.apps.methods.services.lists import drop_list, put_list
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Duty as DutyRow
from onebow.apps.plans.models import ItemKind as ItemRow
from onebow.apps.plans.models import PackDocument
from onebow.apps.plans.services.documents import DocumentDraft, put_document
from onebow.apps.plans.services.duties import DutyDraft, end_duty, put_duty
from onebow.apps.plans.services.kinds import (
    KindDraft,
    PackMark,
    RequirementDraft,
    StageDraft,
    end_packed,
    put_kind,
)

# Between the rows of a pack there is room for those that a later version puts in.
STEP = 10


@dataclass(frozen=True)
class Place:
    """Where a pack is put, from which day on, and by whom."""

    scope: Organization
    on: date
    by: User | None
    at: datetime


def put_pack(pack: Pack, former: Pack | None, place: Place, before: State, wanted: State) -> None:
    """Put all rows of a pack in place and end what it leaves out.

    Raises:
        Refused: another pack set a row of the same sort and key.
    """
    _check_clashes(pack, before, wanted)
    mark = PackMark(pack.key, pack.version)
    own = {id_ for id_, said in before.items() if not said.pack}
    orders = _orders("meeting_kind", pack.meeting_kinds, before)
    for meeting, order in zip(pack.meeting_kinds, orders, strict=True):
        if ("meeting_kind", meeting.key) not in own:
            put_meeting_kind(place.scope, meeting_draft(meeting, order), mark, on=place.on)
    for kind in pack.item_kinds:
        if ("item_kind", kind.key) not in own:
            put_kind(place.scope, kind_draft(pack, kind), mark, on=place.on)
    for duty, order in zip(pack.duties, _orders("duty", pack.duties, before), strict=True):
        if ("duty", duty.key) not in own:
            put_duty(place.scope, duty_draft(duty, order), mark, on=place.on, by=place.by, at=place.at)
    for document in pack.documents:
        if ("document", document.key) not in own:
            put_document(place.scope, document_draft(document), mark, on=place.on)
    said = {one.key: one.items for one in former.named_lists} if former else {}
    for one in pack.named_lists:
        put_list(place.scope, one, mark, former=said.get(one.key), on=place.on)
    _end(pack, place, before, wanted, said)


def _check_clashes(pack: Pack, before: State, wanted: State) -> None:
    for id_ in wanted:
        held = before.get(id_)
        if held is not None and held.pack not in ("", pack.key):
            raise Refused(
                f"{SORTS[held.sort]}“{held.name}”({held.key})已由工作法“{held.pack}”设定,"
                f"“{pack.name}”不能再设;请改用别的编号。"
            )


def _orders(sort: str, rows: Iterable[MeetingKind | Duty], before: State) -> Iterator[int]:
    """Each row's place: the one it has, else after the row above it."""
    order, step = 0, STEP
    for row in rows:
        if held := before.get((sort, row.key)):
            order, step = held.order, 1
        else:
            order += step
        yield order


def _end(pack: Pack, place: Place, before: State, wanted: State, said: dict[str, tuple[str, ...]]) -> None:
    left = [row for id_, row in before.items() if row.pack == pack.key and id_ not in wanted]
    for row in left:
        if row.sort == "named_list":
            drop_list(row.pk, former=said.get(row.key), on=place.on)
        else:
            _end_row(row, place.on)


def _end_row(row: Said, on: date) -> None:
    if row.sort == "duty":
        end_duty(DutyRow.objects.get(pk=row.pk), on)
    elif row.sort == "item_kind":
        end_packed(ItemRow.objects.get(pk=row.pk), on)
    elif row.sort == "document":
        end_packed(PackDocument.objects.get(pk=row.pk), on)
    else:
        end_packed(MeetingRow.objects.get(pk=row.pk), on)


def meeting_draft(row: MeetingKind, order: int) -> MeetingKindDraft:
    """As `meetings` takes it."""
    return MeetingKindDraft(
        key=row.key, name=row.name, side=row.side, due_to=row.due_to, quorum=row.quorum, is_study=row.study,
        is_restricted=row.restricted, usual_hours=row.hours, passes=row.passes, order=order,
        keeps_minutes=row.keeps_minutes,
    )  # fmt: skip


def kind_draft(pack: Pack, kind: ItemKind) -> KindDraft:
    """As `plans` takes it."""
    return KindDraft(
        kind.key,
        kind.name,
        kind.side,
        kind.listed_in,
        tuple(StageDraft(one.key, one.name, one.point) for one in kind.stages),
        tuple(RequirementDraft(one.category, one.text, one.stage, one.who) for one in pack.requirements_of(kind.key)),
        kind.statutory,
        kind.trip,
    )


def duty_draft(row: Duty, order: int) -> DutyDraft:
    """As `plans` takes it."""
    first, last = row.window or ("", "")
    return DutyDraft(
        key=row.key, name=row.name, kinds=row.kinds, condition=row.condition, measure=row.measure, proof=row.proof,
        basis=row.basis, order=order, recurrence=row.recurrence, count=row.count, window_from=first, window_to=last,
        proposed=row.proposed,
    )  # fmt: skip


def document_draft(row: Document) -> DocumentDraft:
    """As `plans` takes it."""
    return DocumentDraft(row.key, row.name, row.of, row.text, row.layout, row.kinds)
