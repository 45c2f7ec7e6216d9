"""What of organizations waits for somebody: rosters, plans of restructuring, elections, terms, late entries."""

from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Concat, TruncDate

from onebow.apps.base.unions import word
from onebow.apps.base.waiting import Lines, part_of, part_of_sum
from onebow.apps.ledger.queries import pending_late
from onebow.apps.organizations.models import Approval, Election, Organization, Restructuring, RosterImport
from onebow.apps.organizations.queries.elections.due import electing
from onebow.apps.organizations.queries.ledger import inherited
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.visible import imports_for


def parts_of_organizations(reach: Reach, today: date) -> tuple[Lines, ...]:
    """All of them, for one statement; nothing for whoever keeps and leads nothing."""
    if not (reach.managed or reach.led):
        return ()
    return (imports(reach), restructurings(reach), elections(reach), terms(reach, today), late(reach, today))


def imports(reach: Reach) -> Lines:
    """Rosters that were checked and wait for a decision, or did not end well."""
    waiting = [RosterImport.State.CHECKED, RosterImport.State.FAILED]
    return part_of(
        imports_for(reach).filter(state__in=waiting), "import", title="file__name", place="root__name",
        path="root__path", state="state", at="made_at",
    )  # fmt: skip


def restructurings(reach: Reach) -> Lines:
    """Plans to decide on, those sent back to who drafted or submitted them, and those that could not be enacted."""
    states = Restructuring.State
    decides = within_any((*reach.managed, *reach.led), "committee__path")
    submitted = Q(state=states.SUBMITTED) & decides & ~Q(submitted_by=reach.user_id)
    kept = within_any(reach.managed, "root__path")
    stuck = Q(state=states.APPROVED) & ~Q(hindrance="") & kept
    # Since it was last handed in: an older refusal was answered by handing it in again.
    label = Restructuring._meta.label_lower
    said = Approval.objects.filter(subject=label, subject_id=OuterRef("pk"), decision=Approval.Decision.RETURNED)
    said = said.filter(decided_at__gte=OuterRef("submitted_at")).order_by("-pk")
    own = Q(made_by=reach.user_id) | Q(submitted_by=reach.user_id)
    returned = Q(state=states.DRAFT) & own & kept & Q(Exists(said))
    sort = Case(
        When(state=states.SUBMITTED, then=Value("reform")), When(state=states.DRAFT, then=Value("reform_returned")),
        default=Value("reform_stuck"), output_field=CharField(),
    )  # fmt: skip
    why = Case(
        When(state=states.DRAFT, then=Subquery(said.values("reason")[:1])), default=F("hindrance"),
        output_field=CharField(),
    )  # fmt: skip
    # What was approved is due on its day; the others wait since they were handed in.
    day = Case(When(state=states.APPROVED, then=F("effective_on")), default=TruncDate("submitted_at"))
    return part_of(
        Restructuring.objects.filter(submitted | stuck | returned), sort, title="name", place="root__name",
        path="committee__path", note=why, day=day,
    )  # fmt: skip


def elections(reach: Reach) -> Lines:
    """Elections whose candidates or result another one handed in."""
    mine = within_any((*reach.managed, *reach.led), "superior__path")
    rows = Election.objects.filter(mine, state__in=(Election.State.SUBMITTED, Election.State.HELD))
    whens = [When(occasion=key, then=Value(label)) for key, label in Election.Occasion.choices]
    return part_of(
        rows.exclude(asked_by=reach.user_id), "election", title=Concat("organization__name", Value("·"), Case(*whens)),
        place="superior__name", path="superior__path", side=word("party"), state="state", at="asked_at",
    )  # fmt: skip


def terms(reach: Reach, today: date) -> Lines:
    """Organizations whose term is over or near its end, and those that nobody elected leads."""
    sort = Case(When(is_ending=True, then=Value("term")), default=Value("unelected"), output_field=CharField())
    return part_of(
        electing(reach, today), sort, title=Concat("name", Value("选举")), place="name", path="path",
        side=word("party"), day=Case(When(is_ending=True, then=F("term_ends_on"))),
    )  # fmt: skip


def late(reach: Reach, today: date) -> Lines:
    """One line: the late entries that wait for a decision of this secretary or officer."""
    mine = within_any((*reach.managed, *reach.led)) | Q(pk__in=inherited(reach, today))
    organizations = Organization.objects.filter(mine, pk=OuterRef("organization_id"))
    # Of the few that wait, those of these organizations; not the other way round.
    rows = pending_late().filter(Exists(organizations))
    title = Concat(Cast(Count("pk"), CharField()), Value(" 条补录"))
    return part_of_sum(rows, "late_entries", pk=Max("pk"), title=title, day=TruncDate(Min("recorded_at")))
