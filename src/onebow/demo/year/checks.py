"""Checks of the year: each month, quarter and half-year on its day, and most gaps made good and closed by another."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from onebow.apps.accounts.models import User
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.meetings.services.drafts import Anchors, RecordDraft
from onebow.apps.meetings.services.recording import record_meeting
from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.plans.checking.periods import MONTHS, last_before
from onebow.apps.plans.models import LIVING, Gap, GapStep, Sort
from onebow.apps.plans.queries.checks.mending import mendings_of
from onebow.apps.plans.services.checks import (
    CheckDraft,
    answer_gap,
    close_gaps,
    look_after,
    return_gap,
    run_check,
)
from onebow.apps.plans.services.items import note_progress
from onebow.apps.plans.services.ties import say_untied
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year import words
from onebow.demo.year.meetings import FORGETFUL, OWN, SLACK
from onebow.demo.year.telling import LATER, Year, noon

# On the second of a month what was before it is checked; a week later most of it is made good, then closed.
MADE_GOOD, CLOSED = timedelta(days=8), timedelta(days=11)
# Of the two branches that let things slip, one gap in so many is made good.
ONE_IN = 4
COMERS = 12
ALONE = "面向全体的基础工作,党建要求已写入岗位职责"
CAMPAIGN = "便民措施和重点事项落实专项整治"


def checks(year: Year) -> Iterator[Deed]:
    """All of it, as far as the year has come."""
    for month in range(2, 13):
        on = date(year.number, month, 2)
        if on > year.last:
            break
        yield on, LATER, partial(_check, year, on)
        good, closed = min(on + MADE_GOOD, year.last), min(on + CLOSED, year.last)
        yield good, LATER, partial(_make_good, year, good)
        yield closed, LATER, partial(_close, year, closed)
    yield year.share(0.7), LATER, partial(_campaign, year, year.share(0.7))


def _check(year: Year, on: date) -> None:
    """What was over yesterday: a month, and with it sometimes a quarter or half a year."""
    for kind in MONTHS:
        span = last_before(kind, on)
        if span.ends_on == on.replace(day=1):
            committee = year.organization(frame.COMMITTEE)
            run_check(CheckDraft(committee, kind, span.starts_on, span.ends_on), by=None, at=noon(on))


def _campaign(year: Year, on: date) -> None:
    sorts = (Sort.LATE, Sort.SILENT, Sort.UNBEGUN)
    draft = CheckDraft(
        year.organization(frame.COMMITTEE), "special", date(year.number, 1, 1), on, CAMPAIGN, tuple(map(str, sorts))
    )
    run_check(draft, by=year.user("officer"), at=noon(on))


def _make_good(year: Year, on: date) -> None:
    """Each where it belongs: meetings are held, progress is told, reasons are given."""
    slipping = {year.organization(frame.branch_key(number)) for number in (FORGETFUL, SLACK)}
    rows = Gap.objects.filter(state__in=LIVING, mended_on=None).select_related(
        "occurrence__duty", "item", "organization"
    )
    for gap in rows.order_by("pk"):
        if gap.organization_id not in slipping or gap.pk % ONE_IN == 0:
            _mend(year, gap, on)
    _answers(year, on)
    look_after(at=noon(on))


def _mend(year: Year, gap: Gap, on: date) -> None:
    if gap.occurrence is not None and gap.sort == Sort.DUTY:
        _hold(year, gap, on)
    elif gap.item is not None and gap.sort == Sort.SILENT and gap.pk % 3:
        note_progress(gap.item_id or 0, on=on, text="按计划推进,已补报进展", by=None, at=noon(on))
    elif gap.item is not None and gap.sort == Sort.UNTIED and gap.pk % 2 and gap.item.title != words.DOUBLE:
        say_untied(gap.item_id or 0, ALONE, by=year.user("officer"), at=noon(on))


def _hold(year: Year, gap: Gap, on: date) -> None:
    """What was missed is held now, and counts for the period of which it was missed."""
    occurrence = gap.occurrence
    kind = MeetingKind.objects.filter(key__in=occurrence.duty.proof if occurrence else (), ends_on=None).first()
    if kind is None or occurrence is None or occurrence.duty.measure != "times" or _is_told_elsewhere(year, gap):
        return
    # Who keeps the committee's own affairs closes them, and therefore does not record them.
    by = None if gap.organization_id in _above(year) else year.user("officer")
    draft = RecordDraft(on, Decimal("1.5"), f"{occurrence.duty.name}(补课)", invited=_comers(gap, kind, on))
    anchors = Anchors(occurrence_id=occurrence.pk)
    record_meeting(gap.organization_id, kind.pk, draft, anchors=anchors, by=by, at=noon(on))


def _is_told_elsewhere(year: Year, gap: Gap) -> bool:
    """The theme day of the own branch is made up in a deed of its own."""
    occurrence, own = gap.occurrence, year.organization(frame.branch_key(OWN))
    return occurrence is not None and occurrence.duty.key == "theme-day" and gap.organization_id == own


def _comers(gap: Gap, kind: MeetingKind, on: date) -> tuple[int, ...]:
    """Whom one invites, where nobody is due by the kind."""
    if kind.due_to != MeetingKind.DueTo.INVITED:
        return ()
    here = within(gap.organization.path, "organization__path")
    for rows in (Membership.objects.on(on), Post.objects.on(on)):
        people = rows.filter(here).order_by("person_id").values_list("person_id", flat=True).distinct()[:COMERS]
        if people:
            return tuple(people)
    return ()


def _above(year: Year) -> set[int]:
    return {year.organization(key) for key in (frame.COMMITTEE, frame.GROUP)}


def _answers(year: Year, on: date) -> None:
    """The secretary of the sign-ins says what was done; once too early, so that it comes back."""
    branch, secretary = year.organization(frame.branch_key(OWN)), year.leader(on)
    for gap in Gap.objects.filter(organization=branch, state=Gap.State.OPEN).order_by("pk")[:1]:
        if gap.answer or gap.steps.exists():
            continue
        answered = answer_gap(gap.pk, "已安排补办", version=gap.version, by=secretary, at=noon(on))
        if not GapStep.objects.filter(deed=GapStep.Deed.RETURNED).exists():
            return_gap(
                gap.pk,
                "没有看到补办的记录,补办以后再报",
                version=answered.version,
                by=year.user("committee"),
                at=noon(on),
            )


def _close(year: Year, on: date) -> None:
    """Whoever stands above and had no part in it: the committee's secretary, the head, or the officer."""
    ready = Gap.objects.filter(state__in=LIVING, mended_on__isnull=False).select_related("organization")
    sides: dict[str, list[int]] = {}
    mendings = mendings_of(list(ready), on)
    for gap in ready.order_by("pk"):
        if name := _closer(year, gap, mendings[gap.pk].by):
            sides.setdefault(name, []).append(gap.pk)
    for name, ids in sides.items():
        _close_all(ids, year.user(name), on)


def _closer(year: Year, gap: Gap, recorded: Collection[int | None]) -> str:
    usual = "committee" if gap.organization.tree == Organization.Tree.PARTY else "head"
    # What they answer for themselves, or recorded, somebody else closes.
    own = Person.objects.filter(user=year.user(usual), pk=gap.person_id or 0).exists()
    chosen = "officer" if own or gap.organization_id in _above(year) else usual
    # Where both recorded something it stays open.
    return next((name for name in (chosen, "officer") if year.user(name).pk not in recorded), "")


def _close_all(ids: Sequence[int], by: User, on: date) -> None:
    close_gaps(ids, note="已核对", by=by, at=noon(on))
