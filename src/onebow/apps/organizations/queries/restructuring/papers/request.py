"""请示: what the unit asks its Party committee for."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.restructuring.papers.dossier import Dossier, cited, clause, dissolved_by, told
from onebow.apps.organizations.queries.restructuring.papers.tables import (
    branch_rows,
    continued_by,
    names_of,
    requested_generals,
)
from onebow.apps.organizations.queries.restructuring.structures import Branch
from onebow.cores.regulations.table import rules_on

TITLE = "关于设立和调整党支部的请示"
NO_BASIS = "为优化党支部设置"


def rules_of_request(dossier: Dossier) -> tuple[str, ...]:
    """The rules that a request cites."""
    return ("BR-FOUND-MIN", "ORG-LEVEL") if dossier.generals else ("BR-FOUND-MIN",)


def request_data(dossier: Dossier, asked: Mapping[str, object]) -> dict[str, Any]:
    """The fields of `founding_request`."""
    before = dossier.comparison.before.figures
    return {
        **{key: told(asked, key) for key in ("head", "number", "signer", "contact")},
        "issuer": dossier.issuer,
        "to": dossier.committee,
        "unit": dossier.unit,
        "occasion": occasion(dossier.plan.basis),
        "basis": cited(rules_of_request(dossier), dossier.on),
        "present": present(dossier),
        "old_branches": before.branches,
        "old_general_branches": before.generals,
        "dissolved": dissolved_by(dossier),
        "members": before.members,
        "full_members": before.full,
        "principles": list(principles(dossier)),
        "date": asked_on(dossier),
        "branches": branch_rows(dossier, "no", "name", "sections", "members", "full_members", "head"),
        "general_branches": requested_generals(dossier),
    }


def occasion(basis: str) -> str:
    """Why, in front of the words 根据 and the regulations: it does not begin with them.

    >>> occasion("根据机关党委工作安排。"), occasion("")
    ('按照机关党委工作安排', '为优化党支部设置')
    """
    words = clause(basis) or NO_BASIS
    return f"按照{words.removeprefix('根据')}" if words.startswith("根据") else words


def asked_on(dossier: Dossier) -> date:
    """The day of the request: when the plan was handed in, else today."""
    at = dossier.plan.submitted_at
    return timezone.localdate(at) if at and not dossier.plan.is_draft else dossier.today


def present(dossier: Dossier) -> str:
    """How things stand, in sentences with numbers from the comparison."""
    return "".join(_present(dossier)) or "还没有登记党员。"


def _present(dossier: Dossier) -> Iterator[str]:
    side = dossier.comparison.before
    branches = [branch for branch in side.branches if branch.is_branch]
    if branches:
        which, average = ("每个", f"，平均{side.figures.average}名") if len(branches) > 1 else ("现有的", "")
        yield f"{which}党支部有党员{_range([one.members for one in branches])}名{average}"
        yield from _spread("，来自{}个科室", [one.section_count for one in branches])
        yield from _spread("，分布在{}处办公区", [one.office_count for one in branches])
        yield "。"
        yield from _scattered(side.figures.over_sections, side.figures.over_offices)
    for one in side.branches:
        if not one.is_branch:
            yield ("另" if branches else "") + _outside(one)
    if dossier.on > dossier.plan.facts_on:
        yield f"正式党员人数按{day(dossier.on)}的情况计算。"


def _scattered(over_sections: int, over_offices: int) -> Iterator[str]:
    if over_sections or over_offices:
        yield f"其中跨科室的党支部{over_sections}个，跨办公区的党支部{over_offices}个。"


def _outside(one: Branch) -> str:
    """Members in what is no branch: directly in a general branch or committee, or nowhere."""
    where = f"直接隶属{one.name}" if one.id else "没有编入党组织"
    return f"有{one.members}名党员{where}{'，没有编入党支部' if one.id else ''}。"


def _spread(words: str, numbers: list[int]) -> Iterator[str]:
    """Nothing where nobody knows it of any branch."""
    if any(numbers):
        yield words.format(_range(numbers))


def _range(numbers: list[int]) -> str:
    """The least and the most.

    >>> _range([3, 1, 2]), _range([2, 2])
    ('1至3', '2')
    """
    least, most = min(numbers), max(numbers)
    return str(least) if least == most else f"{least}至{most}"


def principles(dossier: Dossier) -> Iterator[str]:
    """What the plan does, one sentence each."""
    after, continued = dossier.comparison.after.figures, continued_by(dossier)
    alone = sum(branch.section_count == 1 for branch in dossier.branches)
    several = f"，{after.over_sections}个党支部由两个以上科室的党员组成" if after.over_sections else ""
    yield f"{alone}个党支部设在一个科室{several}。"
    if joint := [branch for branch in dossier.branches if branch.kind_label == Organization.Kind.JOINT_BRANCH.label]:
        yield f"不同单位的科室合设联合党支部{len(joint)}个：{'、'.join(map(_with_sections, joint))}。"
    yield from joined_units(dossier)
    if continued:
        yield f"沿用原有党组织{len(continued)}个：{'、'.join(continued)}；其余新设。"
    if after.outside:
        yield f"尚有{after.outside}名党员没有编入拟设立的党支部。"
    yield f"{dossier.comparison.moving}名党员调整所在党支部，{dossier.comparison.staying}名党员随原党支部延续。"
    yield from exceptions(dossier)


def _with_sections(branch: Branch) -> str:
    sections = names_of(branch.sections)
    return f"{branch.name}（{sections}）" if sections else branch.name


def joined_units(dossier: Dossier) -> Iterator[str]:
    """Units whose members are considered together with those of another unit."""
    nodes = dossier.places.nodes
    for unit, other in dossier.places.attached.items():
        if unit in nodes and other in nodes:
            yield f"{nodes[unit].name}的党员与{nodes[other].name}的党员一并编入党支部。"


def exceptions(dossier: Dossier) -> Iterator[str]:
    """What stands out against a rule that says 一般, with its reason; general branches are told by themselves."""
    rules = rules_on(dossier.on)
    for reason in dossier.reasons:
        if reason.rule in rules and reason.rule != "ORG-LEVEL":
            yield f"{reason.name}与“{rules[reason.rule].title}”的一般要求不一致，理由是：{reason.words}"
