"""One person's two duties on a day: posts, items led and taken part in, and what comes to them by their posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.organizations.models import Organization, Person, Post
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, ItemPerson, Side
from onebow.apps.plans.queries.charges import charged, count_of
from onebow.apps.plans.queries.dual_posts import HELD, REMARKS, SIDES, items_of_year, side_of, state_of, with_sides
from onebow.apps.plans.queries.item_lines import ItemLine, lines_of
from onebow.apps.plans.queries.risks.answered import LEADING, Answered, RiskLine, answered_of, printed_of
from onebow.apps.plans.queries.risks.listing import printed
from onebow.apps.plans.queries.visible import items_for


@dataclass(frozen=True)
class Charge:
    """What a post answers for in an organization and below: how many in all, and how many wait."""

    organization: Organization
    matter: str
    whole: int
    open: int
    # What `open` counts.
    word: str


@dataclass(frozen=True)
class Half:
    """The duty on one side."""

    side: str
    posts: list[Post]
    led: list[ItemLine]
    parts: list[ItemLine]
    charges: list[Charge]


@dataclass(frozen=True)
class Sheet:
    """Both halves, the risk points, what the comparison finds, and how many items led lie out of the reader's reach."""

    party: Half
    business: Half
    risks: Answered
    remarks: list[str]
    hidden: int

    @property
    def halves(self) -> tuple[Half, Half]:
        """Party first."""
        return self.party, self.business


def people_with_duty(people: QuerySet[Person], on: date, today: date) -> QuerySet[Any]:
    """People with what `sheet_of` reads of them besides: their sides, and `led_in_all`, the items that they lead."""
    led = items_of_year(on).filter(person=OuterRef("pk"))
    return with_sides(people, on, today).annotate(led_in_all=count_of(led))


def sheet_of(person: Any, reach: Reach, on: date, today: date) -> Sheet:
    """The sheet of a row of `people_with_duty` on a day, with as much of the items as the reader may see."""
    held = Post.objects.on(on).filter(person=person, role__in=HELD).select_related("organization")
    posts = list(charged(held, on).order_by("organization__depth", "pk"))
    part = ItemPerson.objects.filter(item=OuterRef("pk"), person=person)
    mine = items_for(reach).filter(Q(person=person) | Q(Exists(part)), plan__year=on.year)
    lines = [line for line in lines_of(mine, on, today) if line.state != Item.State.CANCELLED]
    led = [line for line in lines if line.item.person_id == person.pk]
    charges, duty = _charges(posts), state_of(*(getattr(person, name) for name in SIDES))
    halves = [_half(side, posts, lines, led, charges) for side in (Side.PARTY, Side.BUSINESS)]
    risks = answered_of(person.pk, _led(posts), reach, on)
    return Sheet(halves[0], halves[1], risks, _remarks(duty, led, risks), max(person.led_in_all - len(led), 0))


def paper_of(person: Person, sheet: Sheet, on: date) -> dict[str, Any]:
    """The data of the paper."""
    posts = [(half, post) for half in sheet.halves for post in half.posts]
    lines = [(half, line) for half in sheet.halves for line in half.led]
    charges = [one for half in sheet.halves for one in half.charges]
    return {
        "unit": person.root.name,
        "name": person.name,
        "as_of": on,
        "remarks": [f"{remark}。" for remark in sheet.remarks],
        "posts": [
            {"no": no, "side": _word(half), "organization": post.organization.name, "since": post.starts_on,
             "post": post.title or post.get_role_display()}
            for no, (half, post) in enumerate(posts, 1)
        ],
        "items": [
            {"no": no, "side": _word(half), "title": line.item.title, "unit": line.item.organization.name,
             "due": line.item.due_on, "state": line.word}
            for no, (half, line) in enumerate(lines, 1)
        ],
        "answers": [
            {"no": no, "organization": one.organization.name, "matter": one.matter, "whole": one.whole,
             "open": one.open}
            for no, one in enumerate(charges, 1)
        ],
        "risk_count": sheet.risks.whole,
        "risks_told": printed_of(person, sheet.risks),
        "risks": [_risk_row(no, line) for no, line in enumerate(sheet.risks.lines, 1)],
    }  # fmt: skip


def _risk_row(number: int, line: RiskLine) -> dict[str, Any]:
    point = line.point
    return {
        "no": number,
        "matter": point.matter,
        "organization": point.organization.name,
        "owner": point.owner.name,
        "way": line.words,
        "level": printed(line.level),
        "measure": point.measure,
        "next_on": point.next_on,
        "state": line.standing.note.replace(" ", "") or line.standing.word,
    }


def _half(
    side: Side, posts: Sequence[Post], lines: Sequence[ItemLine], led: Sequence[ItemLine], charges: Sequence[Charge]
) -> Half:
    own = [line for line in lines if line.item.side == side]
    return Half(
        side,
        [post for post in posts if side_of(post) == side],
        [line for line in own if line in led],
        [line for line in own if line not in led],
        [one for one in charges if one.organization.is_party == (side == Side.PARTY)],
    )


def _remarks(duty: str, led: Sequence[ItemLine], risks: Answered) -> list[str]:
    late = sum(line.is_late for line in led)
    found = [REMARKS[duty]] if duty in REMARKS else []
    found += [f"牵头的事项有 {late} 项逾期"] if late else []
    return [*found, f"负责的廉政风险点有 {risks.late_own} 个逾期未复查"] if risks.late_own else found


def _led(posts: Sequence[Post]) -> list[str]:
    return [post.organization.path for post in posts if post.role in LEADING]


def _charges(posts: Sequence[Any]) -> list[Charge]:
    """What comes by each leading post, from rows of `charged`."""
    found = []
    for post in posts:
        rows = [
            Charge(post.organization, "事项", post.items, post.items_open, "未完成"),
            Charge(post.organization, "未明确责任人的事项", post.unnamed, post.unnamed, "待明确"),
            Charge(post.organization, "制度任务", post.duties, post.duties_open, "未完成"),
        ]
        if post.role == Post.Role.SECRETARY:
            rows.append(Charge(post.organization, "由书记落实的检查点", post.checks, post.checks_open, "待落实"))
        found += [row for row in rows if row.whole and post.role in LEADING]
    return found


def _word(half: Half) -> str:
    return Side(half.side).label
