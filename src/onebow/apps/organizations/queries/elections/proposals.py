"""What the product proposes: the manner, the seats, and who might stand, each with its reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onebow.apps.organizations.models import Election, Link, Membership, Office, Organization, Person, Post
from onebow.apps.organizations.models.people import standing_of
from onebow.apps.organizations.queries.elections.electorate import full_members_on
from onebow.cores.regulations.facts import months_after
from onebow.cores.regulations.table import Rule, rules_on
from onebow.cores.regulations.votes import candidates_needed

K = Organization.Kind
LASTING = (K.BRANCH, K.JOINT_BRANCH)
MONTHS = 12


@dataclass(frozen=True)
class Proposal:
    """How to elect: manner and seats, and why."""

    manner: str
    seats: int
    why: str


@dataclass(frozen=True)
class Fit:
    """Somebody who might stand, and why; `rank` is the order, the lowest first."""

    person: Person
    rank: int
    reason: str
    is_head: bool = False
    # Whether the standing suffices for a secretary; None where the date is not registered.
    long_enough: bool | None = None


@dataclass(frozen=True)
class Field:
    """Who might stand, the best first, and what is to be known of the heads who cannot."""

    fits: tuple[Fit, ...]
    notes: tuple[str, ...] = ()


def proposal_for(organization: Organization, on: date, today: date) -> Proposal:
    """Manner and seats by the count of full members."""
    return proposals_for([organization], on, today)[organization.pk]


def proposals_for(organizations: Sequence[Organization], on: date, today: date) -> dict[int, Proposal]:
    """Manner and seats of many, by organization, in two statements."""
    ids = [one.pk for one in organizations]
    full, sitting = _full_counts(ids, min(on, today)), _sitting_counts(ids, min(on, today))
    return {one.pk: _proposal(one, full[one.pk], sitting[one.pk], on) for one in organizations}


def field_for(organization: Organization, on: date, today: date) -> Field:
    """Who might stand: heads of the covered sections first, then who is in office, then all others by standing."""
    full = full_members_on(organization, min(on, today), today)
    heads, posts = _in_office(organization, min(on, today))
    standing = rules_on(on).get("BR-SEC-STANDING")
    fits = [_fit(person, heads.get(pk), posts.get(pk), standing, on) for pk, person in full.items()]
    lay = [post for pk, post in heads.items() if pk not in full]
    notes = tuple(f"{_place(post)}{post.person.name}{_why_not(post.person, on)},建议由其他正式党员担任" for post in lay)
    return Field(tuple(sorted(fits, key=lambda fit: (fit.rank, fit.person.full_on or date.max, fit.person.pk))), notes)


def chosen_from(field: Field, election: Election) -> list[tuple[str, Fit]]:
    """The candidates that the product would name: as many as the seats need, the best first."""
    chosen: list[tuple[str, Fit]] = []
    fits = list(field.fits)
    leaders = [fit for fit in fits if fit.long_enough] or fits
    wanted = [Office.SECRETARY] * election.secretaries + [Office.DEPUTY] * election.deputies
    chosen += [(office.value, fit) for office, fit in zip(wanted, leaders, strict=False)]
    if election.has_committee and election.seats:
        needed = candidates_needed(election.seats, on=election.held_on)
        first = [fit for _, fit in chosen]
        rest = [fit for fit in fits if fit not in first]
        chosen += [(Office.MEMBER.value, fit) for fit in [*first, *rest][:needed]]
    return chosen


def years_since(day: date, on: date) -> int:
    """Whole years from a day on.

    >>> years_since(date(2014, 3, 3), date(2026, 3, 2))
    11
    """
    years = on.year - day.year
    return years - (months_after(day, MONTHS * years) > on)


def standing_words(person: Person, on: date) -> str:
    """党龄 in words."""
    if person.full_on is None:
        return "转正时间没有登记"
    years = years_since(person.full_on, on)
    return f"党龄 {years} 年" if years else "党龄不满 1 年"


def is_long_enough(person: Person, rule: Rule | None, on: date) -> bool | None:
    """Whether the standing suffices for a secretary (BR-SEC-STANDING); None where nobody knows."""
    if rule is None:
        return True
    return None if person.full_on is None else months_after(person.full_on, rule.number("months")) <= on


def _proposal(organization: Organization, full: int, sitting: int, on: date) -> Proposal:
    rules = rules_on(on)
    needed, size = rules.get("BR-COMMITTEE"), rules.get("BR-COMMITTEE-SIZE")
    if organization.kind not in LASTING or needed is None or size is None:
        # Who heads it until the first election is no committee yet.
        usual = size.number("people_generally") if size else 1
        seats = sitting if size and sitting >= size.number("people_at_least") else usual
        return Proposal(Election.Manner.COMMITTEE, seats, "由委员会选举书记、副书记")
    if full < needed.number("full_members"):
        why = f"正式党员 {full} 人,不足 {needed.number('full_members')} 人,不设支部委员会"
        return Proposal(Election.Manner.DIRECT, 0, f"{why}({needed.citation})")
    least, usual = size.number("people_at_least"), size.number("people_generally")
    seats = sitting if least <= sitting <= usual else least
    why = f"正式党员 {full} 人,设支部委员会,委员 {least}—{usual} 人({needed.citation})"
    return Proposal(Election.Manner.COMMITTEE, seats, why)


def _full_counts(ids: list[int], on: date) -> Counter[int]:
    """Full members of branches, those in their groups included."""
    here = Q(organization__in=ids) | Q(organization__kind=K.GROUP, organization__parent__in=ids)
    rows = Membership.objects.on(on).filter(here, side=Membership.Side.PARTY)
    columns = ("organization_id", "organization__parent_id", "person__standing", "person__full_on")
    counts: Counter[int] = Counter()
    for organization_id, parent_id, standing, full_on in rows.values_list(*columns):
        if standing_of(standing, full_on, on) == Person.Standing.FULL_MEMBER:
            counts[organization_id if organization_id in ids else parent_id] += 1
    return counts


def _sitting_counts(ids: list[int], on: date) -> Counter[int]:
    rows = Post.objects.on(on).filter(organization__in=ids, role__in=COMMITTEE)
    return Counter(pk for pk, _ in rows.values_list("organization_id", "person_id").distinct())


def _fit(person: Person, head: Post | None, post: Post | None, standing: Rule | None, on: date) -> Fit:
    long_enough = is_long_enough(person, standing, on)
    words = [_place(head)] if head else []
    if post:
        designated = post.appointed == Post.Appointed.DESIGNATED
        words.append("现指定负责人" if designated else f"现任{post.title or post.get_role_display()}")
    words += ["正式党员", standing_words(person, on)]
    rank = 0 if head and long_enough else 1 if post and post.role == Post.Role.SECRETARY else 2 if post or head else 3
    return Fit(person, rank, ",".join(words), head is not None, long_enough)


def _place(post: Post) -> str:
    return f"{post.organization.name}{post.title or '负责人'}"


def _why_not(person: Person, on: date) -> str:
    if person.standing_on(on) == Person.Standing.PROBATIONARY_MEMBER:
        return "是预备党员"
    return "的组织关系不在这里" if person.is_member else "不是党员"


def _in_office(organization: Organization, on: date) -> tuple[dict[int, Post], dict[int, Post]]:
    """By person: heads of what the organization covers, or of the unit in which it is set; those in office in it.

    The secretary's post goes before others of the same person.
    """
    kinds = (Link.Kind.COVERS, Link.Kind.SET_IN)
    targets = Link.objects.on(on).filter(source=organization, kind__in=kinds).values("target")
    theirs = Q(organization__in=targets, role=Post.Role.UNIT_HEAD)
    rows = Post.objects.on(on).filter(theirs | Q(organization=organization, role__in=COMMITTEE))
    posts = list(rows.select_related("person", "organization").order_by("-pk"))
    order = list(COMMITTEE)
    own = sorted((one for one in posts if one.organization_id == organization.pk), key=lambda one: one.pk)
    own.sort(key=lambda one: -order.index(Post.Role(one.role)))
    heads = {one.person_id: one for one in posts if one.organization_id != organization.pk}
    return heads, {one.person_id: one for one in own}


# Posts that an election fills.
COMMITTEE = tuple(Post.Role(role) for role in Post.PARTY_ROLES if role != Post.Role.GROUP_LEADER)
