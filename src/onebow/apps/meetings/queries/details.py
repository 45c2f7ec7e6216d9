"""All that the page of a meeting shows, in few statements."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from onebow.apps.base.filters import day
from onebow.apps.base.unions import word
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import Attendance, Meeting, Resolution
from onebow.apps.meetings.queries.states import late_words
from onebow.apps.plans.models import Proof

S = Attendance.State
Named = list[tuple[int, str]]


@dataclass(frozen=True)
class Details:
    """What hangs on a meeting."""

    present: list[Attendance] = field(default_factory=list)
    leave: list[Attendance] = field(default_factory=list)
    absent: list[Attendance] = field(default_factory=list)
    guests: list[Attendance] = field(default_factory=list)
    agenda: Named = field(default_factory=list)
    units: Named = field(default_factory=list)
    also: Named = field(default_factory=list)
    # Keys of all its kinds, by their ids.
    keys: Named = field(default_factory=list)
    files: Named = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    entry: Entry | None = None
    late: str = ""

    @property
    def due(self) -> int:
        """How many were due, those without a vote and of joined organizations too."""
        return len(self.present) + len(self.leave) + len(self.absent)


def details_of(meeting: Meeting, *, reads: bool) -> Details:
    """What hangs on a meeting; what was said and resolved only for whoever may read it."""
    parts = parts_of(meeting)
    if not reads:
        parts["file"] = []
    keys = [(meeting.kind_id, meeting.kind.key), *parts["key"]]
    if meeting.state not in (Meeting.State.HELD, Meeting.State.VOID):
        return Details(agenda=parts["agenda"], units=parts["unit"], also=parts["also"], keys=keys)
    rows = list(meeting.attendance.select_related("person").order_by("person__pinyin", "person_id"))
    due = [row for row in rows if row.is_due]
    return Details(
        present=[row for row in due if row.state == S.PRESENT],
        leave=[row for row in due if row.state == S.LEAVE],
        absent=[row for row in due if row.state == S.ABSENT],
        guests=[row for row in rows if not row.is_due],
        agenda=parts["agenda"],
        units=parts["unit"],
        also=parts["also"],
        keys=keys,
        files=parts["file"],
        resolutions=_resolutions(meeting) if reads else [],
        proofs=_proofs(meeting),
        entry=Entry.objects.filter(pk=meeting.entry_id or 0).first(),
        late=late_words([meeting]).get(meeting.pk, ""),
    )


def parts_of(meeting: Meeting) -> dict[str, Named]:
    """Agenda, joined organizations, further kinds with their keys, and files: one statement."""
    agenda = meeting.agenda.order_by().values_list(word("agenda"), "order", "text")
    units = meeting.units.values_list(word("unit"), "organization_id", "organization__name")
    also = meeting.also.values_list(word("also"), "kind_id", "kind__name")
    keys = meeting.also.values_list(word("key"), "kind_id", "kind__key")
    files = meeting.attachments.exclude(file__sha256="").values_list(word("file"), "pk", "file__name")
    found: dict[str, Named] = {"agenda": [], "unit": [], "also": [], "key": [], "file": []}
    for part, number, text in sorted(agenda.union(units, also, keys, files, all=True)):
        found[part].append((number, text))
    return found


def _resolutions(meeting: Meeting) -> list[Resolution]:
    rows = meeting.resolutions.select_related("person", "item__plan")
    return list(rows.order_by("order"))


def _proofs(meeting: Meeting) -> list[Proof]:
    rows = Proof.objects.filter(source=meeting._meta.label_lower, source_id=meeting.pk)
    rows = rows.select_related("occurrence__duty", "occurrence__organization")
    return list(rows.order_by("occurrence__duty__order", "occurrence"))


def list_rows(meetings: Iterable[Meeting]) -> list[tuple[str, ...]]:
    """Lines of a sheet."""
    return [
        (
            day(vars(one)["day"]), one.title, one.kind.name, one.organization.name, one.get_state_display(),
            *(_figures(one) if one.held_on else ("", "", "", "", "")),
        )
        for one in meetings
    ]  # fmt: skip


def _figures(meeting: Meeting) -> tuple[str, ...]:
    hours = f"{float(meeting.hours or 0):g}"
    return str(meeting.due), str(meeting.present), str(meeting.needed), hours, str(meeting.entry_id)
