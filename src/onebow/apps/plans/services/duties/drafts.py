"""What is said of a duty: of whom it is asked, how often, and what proves it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Cadence, Duty
from onebow.cores.timekeeping import Terms, check_terms, read_recurrence

KINDS = frozenset(Organization.Kind.values)
CENT = Decimal("0.01")
# What the column holds.
MOST = Decimal("9999.99")
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True)
class CadenceDraft:
    """The terms of a duty; `basis` tells why they were changed."""

    recurrence: str
    count: Decimal = Decimal(1)
    window_from: str = ""
    window_to: str = ""
    proposed: str = ""
    basis: str = ""


@dataclass(frozen=True)
class DutyDraft:
    """A duty with its terms: `kinds` are words of `Organization.Kind`, `condition` and `measure` those of `Duty`."""

    key: str
    name: str
    kinds: tuple[str, ...]
    recurrence: str
    count: Decimal = Decimal(1)
    window_from: str = ""
    window_to: str = ""
    proposed: str = ""
    condition: str = ""
    measure: str = Duty.Measure.TIMES
    proof: tuple[str, ...] = ()
    basis: str = ""
    order: int = 0

    @property
    def terms(self) -> CadenceDraft:
        """Its terms alone."""
        return CadenceDraft(self.recurrence, self.count, self.window_from, self.window_to, self.proposed)


def check_draft(draft: DutyDraft) -> None:
    """Refuse what nobody could keep."""
    if not draft.kinds or (strange := next((kind for kind in draft.kinds if kind not in KINDS), None)):
        raise Refused(
            f"制度任务“{draft.name}”没有写明适用哪些组织。" if not draft.kinds else f"没有“{strange}”这类组织。"
        )
    if draft.condition not in Duty.Condition.values or draft.measure not in Duty.Measure.values:
        raise Refused(f"制度任务“{draft.name}”的适用条件或计量写得不对。")
    check_cadence(draft.terms, f"制度任务“{draft.name}”:")


def check_cadence(draft: CadenceDraft, whose: str = "") -> None:
    """Refuse terms that the calendar cannot keep, such as a rule that never fires."""
    terms = Terms(draft.recurrence, draft.count, draft.window_from, draft.window_to, draft.proposed)
    try:
        check_terms(terms)
    except ValueError as error:
        raise Refused(f"{whose}{error}") from error
    if draft.count > MOST or draft.count != draft.count.quantize(CENT):
        raise Refused(f"{whose}每期要求最多两位小数,不超过 {MOST}。")


def said_by(duty: Duty) -> DutyDraft:
    """What is said of a duty, with the terms in force at last."""
    cadence = duty.cadences.order_by("-starts_on").first()
    terms = terms_said(cadence) if cadence else CadenceDraft("")
    return DutyDraft(
        duty.key, duty.name, tuple(duty.kinds), terms.recurrence, terms.count, terms.window_from, terms.window_to,
        terms.proposed, duty.condition, duty.measure, tuple(duty.proof), duty.basis, duty.order,
    )  # fmt: skip


def version_of(duty: Duty) -> int:
    """A number of the terms that were said last: the moment of it, since a cadence that has not begun gives way."""
    last = duty.cadences.order_by("-starts_on").first()
    return (last.made_at - EPOCH) // MICROSECOND if last else 0


def check_version(duty: Duty, version: int | None) -> None:
    """Refuse terms from a form that did not see what was said last."""
    last = duty.cadences.select_related("made_by").order_by("-starts_on").first()
    if version is None or last is None or version == version_of(duty):
        return
    who, when = last.made_by.display_name if last.made_by else "其他人", timezone.localtime(last.made_at)
    raise Refused(
        f"“{duty.name}”的频次在您打开页面之后已被{who}于 {when:%H:%M} 调整,您的调整没有保存。"
        "您填写的内容仍在下面;核对后再提交一次,将以您填写的为准。",
        fresh={"version": version_of(duty)},
    )


def terms_said(cadence: Cadence) -> CadenceDraft:
    """The terms of a cadence without why it came."""
    return CadenceDraft(cadence.recurrence, cadence.count, cadence.window_from, cadence.window_to, cadence.proposed)


def begun(duty: Duty, draft: CadenceDraft, starts_on: date, *, by: User | None, at: datetime) -> Cadence:
    """A cadence from a day on."""
    return Cadence.objects.create(duty=duty, starts_on=starts_on, **_columns(draft, by, at))


def followed(duty: Duty, draft: CadenceDraft, after: date, *, by: User | None, at: datetime) -> date:
    """Let new terms follow with the first period that begins on a day or later; returns that day.

    Terms that were to follow and of which no period has begun give way.
    """
    starts_on = first_day(draft, after)
    open_one = duty.cadences.select_for_update().filter(ends_on=None).first()
    if open_one is None:
        begun(duty, draft, starts_on, by=by, at=at)
    elif open_one.starts_on is not None and open_one.starts_on >= after:
        duty.cadences.filter(ends_on=open_one.starts_on).update(ends_on=starts_on)
        Cadence.objects.filter(pk=open_one.pk).update(starts_on=starts_on, **_columns(draft, by, at))
    else:
        Cadence.objects.filter(pk=open_one.pk).update(ends_on=starts_on)
        begun(duty, draft, starts_on, by=by, at=at)
    return starts_on


def first_day(draft: CadenceDraft, after: date) -> date:
    """Where the first period on a day or later begins."""
    period = read_recurrence(draft.recurrence).first_from(after)
    if period is None:
        raise Refused("日期超出了可以安排的年份。")
    return period.starts_on


def _columns(draft: CadenceDraft, by: User | None, at: datetime) -> dict[str, object]:
    return {
        "recurrence": read_recurrence(draft.recurrence).text,
        "count": draft.count,
        "window_from": draft.window_from,
        "window_to": draft.window_to,
        "proposed": draft.proposed,
        "basis": draft.basis,
        "made_by": by,
        "made_at": at,
    }
