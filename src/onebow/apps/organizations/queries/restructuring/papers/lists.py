"""党员名册: of each planned branch from its seats, of an organization from its memberships of a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.organizations.models import (
    Link,
    Membership,
    Organization,
    Person,
    PlannedOrganization,
    Post,
    Restructuring,
)
from onebow.apps.organizations.queries.former import name_on, named_under
from onebow.apps.organizations.queries.people import belonging_on, posts_in
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.restructuring.people import seats_of
from onebow.apps.organizations.queries.standings import with_standings_on
from onebow.apps.organizations.queries.subtrees import subtree_on
from onebow.apps.organizations.queries.visible import people_for
from onebow.apps.organizations.strokes import stroke_key

FORMATS = {"day": "%Y.%m.%d", "month": "%Y.%m", "year": "%Y"}
MASKED = "＊＊＊"
# What a list tells of a seat; no number is opened.
LISTED = (
    "standing", "planned__name", "place__name",
    *(f"person__{name}" for name in (
        "name", "sex", "born_on", "born_precision", "joined_on", "joined_precision", "full_on", "full_precision",
    )),
)  # fmt: skip
HEAD = "指定负责人"
FULL, PROBATIONARY = Person.Standing.FULL_MEMBER, Person.Standing.PROBATIONARY_MEMBER


@dataclass(frozen=True)
class MemberList:
    """名册: the fields of `member_list`, and whom it names."""

    id: int
    name: str
    data: dict[str, Any]
    people: tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """A member as a list tells it."""

    person: Person
    standing: str
    section: str
    post: str


def planned_lists(plan: Restructuring, reach: Reach, planned_id: int | None = None) -> list[MemberList]:
    """The lists of all planned branches, or of one, in the order of the plan. Three statements."""
    rows = plan.planned.exclude(kind=PlannedOrganization.Kind.GENERAL_BRANCH).select_related("above", "leader")
    rows = rows.filter(pk=planned_id) if planned_id else rows
    seats: dict[int, list[Any]] = defaultdict(list)
    for seat in seats_of(plan).filter(planned__in=rows).only(*LISTED):
        seats[seat.planned_id].append(seat)
    open_ones = records_open_of([seat.person_id for found in seats.values() for seat in found], reach)
    return [_planned_list(plan, row, seats[row.pk], open_ones) for row in rows.order_by("rank", "pk")]


def _planned_list(plan: Restructuring, row: PlannedOrganization, seats: list[Any], open_ones: set[int]) -> MemberList:
    lines = [
        Line(seat.person, seat.standing, seat.section_name or "", HEAD if seat.person_id == row.leader_id else "")
        for seat in sorted(seats, key=lambda seat: (seat.person_id != row.leader_id, stroke_key(seat.person.name)))
    ]
    sections = Counter(seat.section_name for seat in seats if seat.section_name)
    facts = {
        "branch": row.name,
        "superior": row.above.name if row.above else plan.committee.name,
        "sections": "、".join(name for name, _ in sections.most_common()),
        "secretary": f"{row.leader.name}（{HEAD}）" if row.leader else "",
        "as_of": plan.effective_on,
    }
    return _list(row.pk, facts, lines, open_ones)


def list_on(organization: Organization, on: date, today: date, reach: Reach) -> MemberList:
    """The members of a branch and its groups on a day: who holds a post first, then by the strokes of their names."""
    below = subtree_on(organization, on, today)
    held = Membership.objects.on(on).filter(side=Membership.Side.PARTY, organization__in=below.values("pk"))
    people = list(Person.objects.filter(pk__in=held.values("person"), merged_into=None).order_by("pinyin", "pk"))
    held_posts = posts_in(organization, on)
    posts = _words(held_posts)
    members = sorted(
        with_standings_on(people, on, today), key=lambda person: (person.pk not in posts, stroke_key(person.name))
    )
    work = belonging_on([person.pk for person in members], on, today)
    lines = [Line(one, one.standing, "、".join(work[one.pk].work), "、".join(posts.get(one.pk, ()))) for one in members]
    name, above = named_under(organization, on, today)
    facts = {
        "branch": name,
        "superior": above,
        "sections": _covered(organization, on, today),
        "secretary": _secretary(held_posts),
        "as_of": on,
    }
    return _list(organization.pk, facts, lines, records_open_of([one.pk for one in members], reach))


def records_open_of(people: Iterable[int], reach: Reach) -> set[int]:
    """Of these people those whose record the reader may open: of the others a list keeps the dates back."""
    return set(people_for(reach).filter(pk__in=list(people)).values_list("pk", flat=True))


def _words(posts: Iterable[Post]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for post in posts:
        found[post.person_id].append(_word(post))
    return found


def _word(post: Post) -> str:
    return HEAD if post.appointed == Post.Appointed.DESIGNATED else str(post.get_role_display())


def _secretary(posts: Iterable[Post]) -> str:
    post = next((one for one in posts if one.role == Post.Role.SECRETARY), None)
    return f"{post.person.name}（{_word(post)}）" if post else ""


def _covered(organization: Organization, on: date, today: date) -> str:
    links = Link.objects.on(on).filter(source=organization, kind=Link.Kind.COVERS).order_by("target__rank", "pk")
    if on >= today:
        return "、".join(links.values_list("target__name", flat=True))
    named = links.annotate(was_named=name_on(on, "target_id")).values_list("was_named", "target__name")
    return "、".join(was or name for was, name in named)


def _list(number: int, facts: dict[str, Any], lines: list[Line], open_ones: set[int]) -> MemberList:
    as_of = facts["as_of"]
    data = {
        **facts,
        "full_members": sum(line.standing == FULL for line in lines),
        "probationary_members": sum(line.standing == PROBATIONARY for line in lines),
        "masked": any(line.person.pk not in open_ones for line in lines),
        "members": [
            _row(place, line, as_of, is_open=line.person.pk in open_ones) for place, line in enumerate(lines, 1)
        ],
    }
    return MemberList(number, facts["branch"], data, tuple(line.person.pk for line in lines))


def _row(place: int, line: Line, as_of: date, *, is_open: bool) -> dict[str, Any]:
    person = line.person
    full_on = person.full_on if person.full_on and person.full_on <= as_of else None
    dates = {
        "born": _told(person.born_on, "month" if person.born_precision == "day" else person.born_precision),
        "joined": _told(person.joined_on, person.joined_precision),
        "full_since": _told(full_on, person.full_precision),
    }
    sex = str(person.get_sex_display()) if person.sex else ""
    return {
        "no": place,
        "name": person.name,
        "sex": sex,
        **(dates if is_open else dict.fromkeys(dates, MASKED)),
        "section": line.section,
        "post": line.post,
    }


def _told(day: date | None, precision: str) -> str:
    return day.strftime(FORMATS[precision]) if day else ""
