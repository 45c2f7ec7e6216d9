"""Runs of checks: what of a period runs apart, found once and followed from run to run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.bulk import insert_rows, update_rows
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.checking.periods import MONTHS, Span, last_before
from onebow.apps.plans.checking.sorts import family_of
from onebow.apps.plans.models import LIVING, SUBJECTS, CheckRun, Gap, Plan, RunGap
from onebow.apps.plans.queries.checks.finding import Found, found_in, sorts_in
from onebow.apps.plans.queries.duties.telling import period_words
from onebow.apps.plans.queries.scopes import inside
from onebow.apps.plans.rules import checks as rules
from onebow.apps.plans.services.checks.looking import look_over, void_events

Key = tuple[str, str, int]
PART = 5_000


@dataclass(frozen=True)
class CheckDraft:
    """What is checked; `kind` is a word of `CheckRun.Kind`, the rest from `title` on is of a special campaign."""

    organization_id: int
    kind: str
    starts_on: date
    ends_on: date
    title: str = ""
    sorts: tuple[str, ...] = ()
    drive_id: int | None = None


@dataclass(frozen=True)
class Made:
    """A run, how many gaps it found and how many it saw in all. `is_new`: not a refresh."""

    run: CheckRun
    is_new: bool
    found: int
    seen: int
    voided: int = 0


@write_alone()
def run_check(draft: CheckDraft, *, by: User | None, at: datetime) -> Made:
    """Check an organization and all below it over a period; the same again is a refresh, and doubles nothing.

    Raises:
        Refused: `by` neither keeps nor leads the organization or one above it, the period is none of the kind, has not
            begun, or lies outside the life of the organization; a special one without a name or without sorts.
    """
    run, on = _checked(draft, by, at), timezone.localdate(at)
    key = {name: getattr(run, name) for name in ("organization", "kind", "starts_on", "ends_on", "title")}
    known = CheckRun.objects.filter(**key).first()
    if known is None:
        run.save()
        return _carried_out(run, "check.made", by, at)
    known.sorts, known.drive_id, known.cut_on = run.sorts, run.drive_id, on
    return _carried_out(known, "check.refreshed", by, at)


def refresh_check(run_id: int, *, by: User | None, at: datetime) -> Made:
    """Look again, as known today.

    Raises:
        Refused: as for a new run.
    """
    run = CheckRun.objects.get(pk=run_id)
    draft = CheckDraft(
        run.organization_id, run.kind, run.starts_on, run.ends_on, run.title, tuple(run.sorts), run.drive_id
    )
    return run_check(draft, by=by, at=at)


def preview_check(draft: CheckDraft, *, by: User | None, at: datetime) -> list[Found]:
    """What a run would find that is not known yet. Writes nothing.

    Raises:
        Refused: as for a run.
    """
    found = found_in(_checked(draft, by, at), timezone.localdate(at))
    known = _living(found)
    return [one for one in found if _key(one) not in known]


def run_due(*, at: datetime) -> list[Made]:
    """The runs of the last month, quarter and half-year of all organizations with a plan in force; none twice."""
    today = timezone.localdate(at)
    spans = [last_before(kind, today) for kind in MONTHS]
    drafts = [draft for span in spans for draft in _due(span)]
    return [run_check(draft, by=None, at=at) for draft in drafts]


def _due(span: Span) -> Iterator[CheckDraft]:
    done = CheckRun.objects.filter(kind=span.kind, starts_on=span.starts_on).values("organization")
    there = Q(organization__starts_on=None) | Q(organization__starts_on__lt=span.ends_on)
    there &= Q(organization__ends_on=None) | Q(organization__ends_on__gt=span.ends_on)
    plans = Plan.objects.filter(there, year=span.starts_on.year, number__gt=0).exclude(organization__in=done)
    for organization_id in plans.order_by("organization__path").values_list("organization", flat=True):
        yield CheckDraft(organization_id, span.kind, span.starts_on, span.ends_on)


def _checked(draft: CheckDraft, by: User | None, at: datetime) -> CheckRun:
    """The run as a row that is not saved yet."""
    on = timezone.localdate(at)
    run = CheckRun(
        organization=Organization.objects.get(pk=draft.organization_id), kind=draft.kind, title=draft.title.strip(),
        sorts=list(draft.sorts), drive_id=draft.drive_id, starts_on=draft.starts_on, ends_on=draft.ends_on, cut_on=on,
        made_by=by, refreshed_by=by, created_at=at, updated_at=at,
    )  # fmt: skip
    rules.check_can_run(run.organization, authority_of(by, on))
    rules.check_period(run, period_words(run.starts_on, run.ends_on), on)
    if run.kind == CheckRun.Kind.SPECIAL_CAMPAIGN:
        rules.check_campaign(run)
    return run


def _carried_out(run: CheckRun, kind: str, by: User | None, at: datetime) -> Made:
    scope = Gap.objects.filter(inside(run.organization, run.cut_on, "organization__path"))
    voided = look_over(scope, at=at)
    new = _insert(found_in(run, run.cut_on), run.cut_on, at)
    for start in range(0, len(new), PART):
        look_over(Gap.objects.filter(pk__in=[gap.pk for gap in new[start : start + PART]]), at=at)
    seen = _tie(run, scope, {gap.pk for gap in new})
    run.figures, run.refreshed_by, run.updated_at, run.version = _figures(run), by, at, run.version + 1
    run.save()
    data = {"kind": run.kind, "found": len(new), "seen": seen}
    event = Event(kind, run.organization_id, source=run, data=data)
    record_all([*void_events(voided), event], by_id=by.pk if by else None, at=at)
    return Made(run, kind == "check.made", len(new), seen, len(voided))


def _insert(found: Sequence[Found], on: date, at: datetime) -> list[Gap]:
    """Gaps for what is not known yet; one that came back points to the one that was closed."""
    known = _living(found)
    new = {_key(one): one for one in found if _key(one) not in known}
    before = _known(new.values(), Gap.objects.exclude(state__in=LIVING))
    rows = [
        Gap(
            sort=one.sort, organization_id=one.organization_id, side=one.side, since=one.since, found_on=on,
            again_of_id=before.get(key), created_at=at, updated_at=at, **{f"{one.field}_id": one.subject_id},
        )
        for key, one in new.items()
    ]  # fmt: skip
    insert_rows(rows)
    return rows


def _living(found: Iterable[Found]) -> dict[Key, int]:
    return _known(found, Gap.objects.filter(state__in=LIVING))


def _known(found: Iterable[Found], gaps: QuerySet[Gap]) -> dict[Key, int]:
    """The latest of the gaps of these subjects, by what they are known again by."""
    ids: dict[str, set[int]] = {name: set() for name in SUBJECTS}
    for one in found:
        ids[one.field].add(one.subject_id)
    about = Q(pk__in=[])
    for name, subjects in ids.items():
        about |= Q(**{f"{name}__in": subjects}) if subjects else Q(pk__in=[])
    rows = gaps.filter(about).order_by().values_list("sort", *SUBJECTS).annotate(last=Max("pk"))
    known: dict[Key, int] = {}
    for sort, *subjects, last in rows:
        field, subject_id = next((name, pk) for name, pk in zip(SUBJECTS, subjects, strict=True) if pk)
        key = (family_of(sort), field, subject_id)
        known[key] = max(last, known.get(key, 0))
    return known


def _key(found: Found) -> Key:
    return family_of(found.sort), found.field, found.subject_id


def _tie(run: CheckRun, scope: QuerySet[Gap], new: set[int]) -> int:
    """Tie the run to what it saw: what is open from then or before, and what was closed since its period began."""
    open_ones = Q(state__in=LIVING)
    ended = Q(closed_at__date__gte=run.starts_on) | Q(state=Gap.State.VOID, updated_at__date__gte=run.starts_on)
    rows = scope.filter(open_ones | ended, since__lte=run.ends_on, sort__in=sorts_in(run))
    if run.drive_id:
        of_drive = Q(item__drive=run.drive_id) | Q(checkpoint__item__drive=run.drive_id)
        rows = rows.filter(of_drive | Q(directive__drives=run.drive_id)).distinct()
    seen = dict(rows.order_by().values_list("pk", "state"))
    tied = {row.gap_id: row for row in RunGap.objects.filter(run=run)}
    insert_rows([RunGap(run=run, gap_id=pk, is_new=pk in new, state=seen[pk]) for pk in seen if pk not in tied])
    moved = [row for pk, row in tied.items() if pk in seen and row.state != seen[pk]]
    for row in moved:
        row.state = seen[row.gap_id]
    update_rows(moved, ["state"])
    return len({*seen, *tied})


def _figures(run: CheckRun) -> dict[str, dict[str, int]]:
    """By sort: found by this run, seen, closed and void, as of the cut."""
    told: dict[str, Counter[str]] = {}
    for sort, is_new, state in RunGap.objects.filter(run=run).values_list("gap__sort", "is_new", "state"):
        counter = told.setdefault(sort, Counter())
        counter.update({"seen": 1, "found": int(is_new), state: 1})
    return {sort: dict(counter) for sort, counter in sorted(told.items())}
