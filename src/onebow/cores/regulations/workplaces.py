"""Checks on one administrative organization. Each returns a finding, or None where all is well."""

from collections.abc import Callable
from datetime import date

from onebow.cores.regulations import findings
from onebow.cores.regulations.facts import Workplace
from onebow.cores.regulations.findings import Finding, Remedy
from onebow.cores.regulations.table import Rule

Check = Callable[[Workplace, Rule, date], Finding | None]


def is_covered(place: Workplace, rule: Rule, on: date) -> Finding | None:
    """M5-SECTION-COVERED: a branch covers the section."""
    if not place.is_section or len(place.covered_by) >= rule.number("branches"):
        return None
    remedy = Remedy("在支部页面建立“支部覆盖科室”的联系", findings.LINK)
    return Finding(rule, place.id, "没有支部覆盖本科室", remedy)


def head_is_secretary(place: Workplace, rule: Rule, on: date) -> Finding | None:
    """M5-SECRETARY-HEAD: a head who is a full member is secretary of a branch that covers the section."""
    head = place.head
    if not place.is_section or not place.covered_by or head is None or not head.is_full or place.head_is_secretary:
        return None
    words = f"负责人是党员,不是“{'”“'.join(place.covered_by)}”的书记"
    return Finding(rule, place.id, words, Remedy("换届时按程序选举", findings.POSTS), {"person": head.person_id})


def has_organization(place: Workplace, rule: Rule, on: date) -> Finding | None:
    """BR-FOUND: where enough full members work there is a Party organization."""
    least = rule.number("full_members")
    if not place.is_unit or place.has_organization or place.full < least:
        return None
    told = {"full": place.full}
    if place.full - place.undated < least:
        words = f"有 {place.undated} 名党员转正时间不详,当天正式党员是否满 {least} 人不能确定"
        return Finding(rule, place.id, words, Remedy("补登转正时间", findings.MEMBERS), told, is_unknown=True)
    words = f"有正式党员 {place.full} 人,没有登记设在本单位的党组织"
    remedy = Remedy("申请设立党组织;已设的登记“党组织设在单位”", findings.FOUND)
    return Finding(rule, place.id, words, remedy, told)


def members_have_branch(place: Workplace, rule: Rule, on: date) -> Finding | None:
    """MBR-BRANCH: every member belongs to a branch."""
    if not place.branchless:
        return None
    words = f"{place.branchless} 名党员没有编入支部"
    remedy = Remedy("编入支部;组织关系在外单位的注明", findings.NO_BRANCH)
    return Finding(rule, place.id, words, remedy, {"people": place.branchless})


def chain_has_group(place: Workplace, rule: Rule, on: date) -> Finding | None:
    """M5-CHAIN-GROUP: a Party group serves the chain."""
    if not place.is_chain or place.groups >= rule.number("groups"):
        return None
    return Finding(rule, place.id, "没有对应的党小组", *_on_chain(place, "在支部的“链条党小组”页面设党小组"))


def chain_has_pioneer(place: Workplace, rule: Rule, on: date) -> Finding | None:
    """M5-CHAIN-PIONEER: a Party member holds a pioneer post in the chain."""
    if not place.is_chain or place.pioneers >= rule.number("posts"):
        return None
    return Finding(rule, place.id, "没有设党员先锋岗", *_on_chain(place, "在支部的“链条党小组”页面设先锋岗"))


def _on_chain(place: Workplace, text: str) -> tuple[Remedy, dict[str, int]]:
    """What to do for a chain, at the branch that covers it; without one, that comes first."""
    if place.branch is None:
        return Remedy("先登记覆盖本链条所在科室的支部", findings.LINK), {}
    return Remedy(text, findings.GROUPS), {"branch": place.branch}


CHECKS: tuple[tuple[str, Check], ...] = (
    ("BR-FOUND", has_organization),
    ("MBR-BRANCH", members_have_branch),
    ("M5-SECTION-COVERED", is_covered),
    ("M5-SECRETARY-HEAD", head_is_secretary),
    ("M5-CHAIN-GROUP", chain_has_group),
    ("M5-CHAIN-PIONEER", chain_has_pioneer),
)
