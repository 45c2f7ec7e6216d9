"""Enacting an approved plan: everything in one transaction, on its day."""

from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.queries.restructuring.checks import findings_of
from onebow.apps.organizations.queries.restructuring.facts import Facts
from onebow.apps.organizations.queries.restructuring.lines import changes_of, ending, successors
from onebow.apps.organizations.queries.restructuring.plan import Plan, plan_of
from onebow.apps.organizations.queries.restructuring.stale import StaleLine, stale_lines, stale_organizations
from onebow.apps.organizations.rules import restructuring as plan_rules
from onebow.apps.organizations.services.restructuring import enact_ends, enact_members, enact_organizations, enact_ties
from onebow.apps.organizations.services.restructuring.drafts import facts_of
from onebow.apps.organizations.services.restructuring.enactment import Enactment
from onebow.cores.regulations.table import BLOCK

State = Restructuring.State
BROKEN = "实施时系统出错,没有做任何改动。请系统管理员查看运行日志。"


@write_alone()
def enact_restructuring(plan_id: int, *, by: User | None, at: datetime) -> Restructuring:
    """Make an approved plan the structure of its day and of all days after it.

    Raises:
        Refused: not approved, its day has not come, members changed since (each is named), a rule that must hold does
            not, or something that began on or after the day stands in the way.
    """
    plan = Restructuring.objects.select_for_update(of=("self",)).select_related("root", "committee").get(pk=plan_id)
    today = timezone.localdate(at)
    authority = authority_of(by, today)
    rules.check_can_manage(plan.root, authority)
    rules.check_can_manage(plan.committee, authority)
    plan_rules.check_can_enact(plan, today)
    whole = plan_of(plan, today)
    _, facts = facts_of(plan, today)
    _check_current(whole, facts)
    changes = changes_of(whole, facts)
    deed = Enactment(whole, facts, plan.effective_on, ending(whole, facts), successors(whole, facts), by, at)
    enact_organizations.stand_up(deed)
    enact_members.move(deed)
    enact_ties.tie(deed)
    enact_ends.end(deed)
    enact_ends.keep_papers(deed)
    enact_ends.keep_lines(deed, changes)
    _close(deed, plan)
    record_all(deed.events, by_id=by.pk if by else None, at=at)
    return plan


def enact_due(today: date, *, at: datetime) -> int:
    """Enact what was approved for today or earlier; what cannot be says why, and stays approved. Returns how many.

    A fault of ours in one plan keeps no other from its day; it is raised once all were tried.
    """
    done, fault = 0, None
    due = Restructuring.objects.filter(state=State.APPROVED, effective_on__lte=today).order_by("effective_on", "pk")
    for plan in due:
        try:
            enact_restructuring(plan.pk, by=None, at=at)
            done += 1
        except Refused as refused:
            _hinder(plan.pk, str(refused))
        except Exception as error:
            _hinder(plan.pk, BROKEN)
            fault = fault or error
    if fault is not None:
        raise fault
    return done


def _hinder(plan_id: int, words: str) -> None:
    Restructuring.objects.filter(pk=plan_id, state=State.APPROVED).update(hindrance=words[:500])


def _check_current(plan: Plan, facts: Facts) -> None:
    submitted_at = plan.restructuring.submitted_at
    assert submitted_at is not None  # noqa: S101 (whatever is approved was handed in)
    if others := stale_organizations(plan, facts, submitted_at):
        told = ";".join(f"“{line.name}”{line.words}" for line in others[:3])
        raise Refused(f"{told}{'等' if len(others) > 3 else ''}。请退回草案,核对后重新报批再实施。")
    if lines := stale_lines(plan, facts):
        raise Refused(
            f"方案编制以来有 {len(lines)} 名党员情况变化:{_first(lines)}。请退回草案,更新人员并重新报批后再实施。"
        )
    for one in findings_of(plan):
        if one.finding.strength == BLOCK:
            raise Refused(f"“{one.name}”{one.finding.words}({one.finding.rule.citation}),不能实施。")


def _first(lines: list[StaleLine]) -> str:
    told = ";".join(f"{line.person.name}({line.words})" for line in lines[:3])
    return f"{told}等" if len(lines) > 3 else told


def _close(deed: Enactment, plan: Restructuring) -> None:
    plan.state, plan.enacted_at, plan.enacted_by = State.ENACTED, deed.at, deed.by
    plan.hindrance, plan.updated_at, plan.version = "", deed.at, plan.version + 1
    plan.save(update_fields=["state", "enacted_at", "enacted_by", "hindrance", "updated_at", "version"])
    data = {"founded": deed.founded_count, "dissolved": len(deed.ending), "moved": deed.moved_count}
    deed.events.append(Event("restructuring.enacted", plan.root_id, source=plan, data=data, happened_on=deed.on))
