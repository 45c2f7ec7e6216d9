"""Checks on one Party organization. Each returns a finding, or None where all is well."""

from collections.abc import Callable
from datetime import date

from onebow.cores.regulations import facts, findings
from onebow.cores.regulations.facts import PartyBody, months_after
from onebow.cores.regulations.findings import Finding, Remedy, as_number, in_words
from onebow.cores.regulations.table import Rule

Check = Callable[[PartyBody, Rule, date], Finding | None]
REGISTER_CONVERSION = Remedy("补登转正时间", findings.CONVERSION)


def founded_with_enough(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-FOUND-MIN: a branch has enough full members."""
    least = rule.number("full_members")
    if body.full >= least:
        return _undated(body, rule, least)
    joint = body.kind == facts.JOINT
    remedy = Remedy("并入相邻的联合党支部" if joint else "与相邻单位组建联合党支部,或并入其他支部", findings.FOUND)
    words = f"正式党员 {body.full} 人,不足 {least} 人"
    return Finding(rule, body.id, words, remedy, {"full": body.full})


def not_too_large(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-SIZE-MAX: a branch is not too large."""
    most, members = rule.number("members"), body.full + body.probationary
    if members <= most:
        return None
    words = f"党员 {members} 人,超过 {most} 人"
    return Finding(rule, body.id, words, Remedy("按科室或办公区分设支部", findings.FOUND), {"members": members})


def covers_few_units(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-JOINT-UNITS: a joint branch covers few units."""
    most, link = rule.number("units"), findings.LINK
    if body.units is None:
        return Finding(rule, body.id, "没有登记覆盖哪些单位", Remedy("登记覆盖的单位", link), is_unknown=True)
    if body.units <= most:
        return None
    words = f"覆盖 {body.units} 个单位,超过 {most} 个"
    return Finding(rule, body.id, words, Remedy("减少覆盖的单位,或分设支部", link), {"units": body.units})


def temporary_has_no_members(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-TEMP-LIMITS: Party relations stay where they were."""
    if not (members := body.full + body.probationary):
        return None
    words = f"登记了 {members} 名党员的组织关系"
    return Finding(rule, body.id, words, Remedy("把组织关系转回原支部", findings.MEMBERS), {"members": members})


def has_committee(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-COMMITTEE: a branch that is large enough has a committee."""
    large, least = rule.number("full_members"), rule.number("people_at_least")
    if body.full < large or body.committee >= least:
        return None
    if body.full - body.undated < large:
        return _undated(body, rule, large)
    known = f"登记的支委 {body.committee} 人,不足 {least} 人" if body.committee else "没有登记支部委员会"
    waits = "(负责人待选举)" if body.secretary is not None and body.secretary.is_provisional else ""
    words = f"正式党员 {body.full} 人,{known}{waits}"
    remedy = Remedy("选举支部委员会;已选出的登记任职", findings.POSTS)
    return Finding(rule, body.id, words, remedy, {"full": body.full, "committee": body.committee})


def committee_not_too_large(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-COMMITTEE-SIZE: a committee is not too large."""
    usual, most = rule.number("people_generally"), rule.number("people_at_most")
    if body.committee <= usual:
        return None
    over = f"一般不超过 {most} 人,须有上级同意的批复" if body.committee > most else f"多于 {usual} 人"
    words = f"支委 {body.committee} 人,{over}"
    remedy = Remedy("核对任职;确需设置的说明理由", findings.POSTS)
    return Finding(rule, body.id, words, remedy, {"committee": body.committee})


def has_secretary(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-SECRETARY, ORG-SECRETARY: there is a secretary."""
    if body.secretary is not None:
        return None
    deed = findings.POSTS if body.kind == facts.TEMPORARY else findings.ELECTION
    return Finding(rule, body.id, "没有登记书记", Remedy("选举或任命书记;已产生的登记任职", deed))


def secretary_long_enough(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-SEC-STANDING: the secretary has been a full member long enough."""
    who, months = body.secretary, rule.number("months")
    if who is None or not who.is_full:  # see ELEC-VOTER
        return None
    if who.full_between is None:
        told = {"person": who.person_id}
        return Finding(rule, body.id, "书记的转正时间没有登记", REGISTER_CONVERSION, told, is_unknown=True)
    earliest, latest = who.full_between
    if months_after(latest, months) <= on:
        return None
    told = {"person": who.person_id, "full_on": as_number(latest)}
    if months_after(earliest, months) <= on:
        words = "书记的转正时间只知道大概,党龄是否满 1 年不能确定"
        return Finding(rule, body.id, words, REGISTER_CONVERSION, told, is_unknown=True)
    words = f"书记 {in_words(latest)}转正,党龄不满 {months} 个月"
    return Finding(rule, body.id, words, Remedy("核对转正时间,或改选", findings.POSTS), told)


def elected_are_full(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """ELEC-VOTER: only full members hold a post that is elected."""
    others = {post.person_id for post in body.posts if not post.is_full}
    if not others:
        return None
    words = f"书记、委员中有 {len(others)} 人当天不是正式党员"
    return Finding(rule, body.id, words, Remedy("核对转正时间,或改选", findings.POSTS), {"people": len(others)})


def term_not_over(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-TERM: the term is not over, or a paper extends it."""
    if body.term_ends_on is None:
        remedy = Remedy("登记届满日期", findings.TERM)
        return Finding(rule, body.id, "没有登记届满日期", remedy, is_unknown=True)
    if body.term_ends_on > on or _is_extended(body):
        return None
    words = f"{in_words(body.term_ends_on)}任期届满,没有换届,也没有延期批复"
    remedy = Remedy("换届选举;延期的登记批复", findings.ELECTION)
    return Finding(rule, body.id, words, remedy, {"term_ends_on": as_number(body.term_ends_on)})


def extension_not_too_long(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-TERM-EXTENSION: an extended term ends in time."""
    months, ends = rule.number("months"), body.term_ends_on
    if ends is None or not _is_extended(body) or on < months_after(ends, months):
        return None
    words = f"{in_words(ends)}任期届满,经批准延期,已超过 {months} 个月"
    return Finding(rule, body.id, words, Remedy("换届选举", findings.ELECTION), {"term_ends_on": as_number(ends)})


def term_not_near(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """BR-TERM-NEAR: half a year ahead somebody thinks of the election."""
    months, ends = rule.number("months"), body.term_ends_on
    # Counted back from the end: half a year before 31 August is the last day of February.
    if ends is None or months_after(ends, -months) > on:
        return None
    told = {"term_ends_on": as_number(ends)}
    if ends > on:
        remedy = Remedy("准备换届;延期的登记批复", findings.ELECTION)
        return Finding(rule, body.id, f"{in_words(ends)}任期届满", remedy, told)
    if not _is_extended(body):  # see BR-TERM
        return None
    words = f"{in_words(ends)}任期届满,已批准延期"
    return Finding(rule, body.id, words, Remedy("准备换届", findings.ELECTION), told)


def level_fits(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """ORG-LEVEL: as many members as the level asks for, or a paper that allows fewer."""
    middle, high = rule.number("general_branch"), rule.number("committee")
    least = {facts.GENERAL: middle}.get(body.kind, high if body.kind in facts.COMMITTEES else 0)
    told = {"members": body.members}
    if body.members < least and not body.has_level_paper:
        name = "党总支" if body.kind == facts.GENERAL else "党委"
        words = f"党员 {body.members} 人,设{name}不足 {least} 人,没有登记批复"
        return Finding(rule, body.id, words, Remedy("登记“同意设置层级”的批复,或调整层级", findings.PAPER), told)
    # Above branches that stand in a committee of their unit nothing is asked for.
    wanted = high if body.kind == facts.GENERAL else middle
    if not body.is_of_unit or body.kind in facts.COMMITTEES or body.members < wanted:
        return None
    name = "党委" if body.members >= high else "党总支"
    words = f"本单位党员 {body.members} 人,已达到设{name}的人数"
    return Finding(rule, body.id, words, Remedy(f"报上级党组织设立{name}", findings.FOUND), told)


def no_direct_members(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """MBR-BRANCH, seen from above: members belong to a branch, not directly to what stands over branches."""
    if not (members := body.full + body.probationary):
        return None
    words = f"{members} 名党员直接编在这里,没有编入下属支部"
    return Finding(rule, body.id, words, Remedy("设立支部,把党员编入", findings.FOUND), {"members": members})


def one_section(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """M5-ONE-SECTION: a branch covers one section."""
    if body.sections <= rule.number("sections"):
        return None
    words = f"支部跨科室:覆盖 {body.sections} 个科室"
    return Finding(rule, body.id, words, Remedy("按科室分设支部", findings.FOUND), {"sections": body.sections})


def one_office(body: PartyBody, rule: Rule, on: date) -> Finding | None:
    """M5-ONE-OFFICE: the members of a branch sit in one office area."""
    if body.offices <= rule.number("offices"):
        return None
    unknown = f",另有 {body.seatless} 名党员办公地点不详" if body.seatless else ""
    words = f"支部跨办公区:党员在 {body.offices} 处办公{unknown}"
    return Finding(rule, body.id, words, Remedy("按办公区分设支部", findings.FOUND), {"offices": body.offices})


def _undated(body: PartyBody, rule: Rule, least: int) -> Finding | None:
    """Enough full members, but perhaps not yet on a day gone by."""
    if body.full - body.undated >= least:
        return None
    words = f"正式党员 {body.full} 人中有 {body.undated} 人转正时间不详,当天是否满 {least} 人不能确定"
    return Finding(rule, body.id, words, REGISTER_CONVERSION, {"undated": body.undated}, is_unknown=True)


def _is_extended(body: PartyBody) -> bool:
    """Whether the paper speaks of this term: extensions are asked for in the last year of a term, or after it."""
    ends, paper = body.term_ends_on, body.extended_on
    return ends is not None and paper is not None and paper >= months_after(ends, -12)


_TERMS = facts.LASTING_BRANCHES | facts.UPPER
# Rule, kinds of organization, check.
CHECKS: tuple[tuple[str, frozenset[str], Check], ...] = (
    ("BR-FOUND-MIN", facts.LASTING_BRANCHES, founded_with_enough),
    ("BR-SIZE-MAX", facts.LASTING_BRANCHES, not_too_large),
    ("BR-JOINT-UNITS", frozenset({facts.JOINT}), covers_few_units),
    ("BR-TEMP-LIMITS", frozenset({facts.TEMPORARY}), temporary_has_no_members),
    ("BR-COMMITTEE", facts.LASTING_BRANCHES, has_committee),
    ("BR-COMMITTEE-SIZE", facts.LASTING_BRANCHES, committee_not_too_large),
    ("BR-SECRETARY", facts.BRANCHES, has_secretary),
    ("ORG-SECRETARY", facts.UPPER, has_secretary),
    ("BR-SEC-STANDING", facts.LASTING_BRANCHES, secretary_long_enough),
    ("ELEC-VOTER", _TERMS, elected_are_full),
    ("BR-TERM", _TERMS, term_not_over),
    ("BR-TERM-EXTENSION", _TERMS, extension_not_too_long),
    ("BR-TERM-NEAR", _TERMS, term_not_near),
    ("ORG-LEVEL", facts.LASTING_BRANCHES | facts.UPPER, level_fits),
    ("MBR-BRANCH", facts.UPPER, no_direct_members),
    ("M5-ONE-SECTION", facts.LASTING_BRANCHES, one_section),
    ("M5-ONE-OFFICE", facts.LASTING_BRANCHES, one_office),
)
