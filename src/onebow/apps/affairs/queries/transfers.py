"""Transfers that one may see, and how they stand on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from onebow.apps.affairs.models import Transfer
from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import SEGMENT, within
from onebow.apps.organizations.queries.reach import Reach, lying_under, within_any

Kind, State = Organization.Kind, Transfer.State
COMMITTEES = (Kind.WORK_COMMITTEE, Kind.PARTY_COMMITTEE, Kind.ORGAN_COMMITTEE)
COLOURS = {
    State.ISSUED: "warn", State.RECEIVED: "ok", State.WITHDRAWN: "neutral", State.RETURNED: "neutral",
    State.LAPSED: "bad",
}  # fmt: skip


def transfers_for(reach: Reach) -> QuerySet[Transfer]:
    """Transfers of which one side is what the user keeps or leads."""
    led = (*reach.managed, *reach.led)
    return Transfer.objects.filter(lying_under(led, "source") | lying_under(led, "target"))


def transfers_on(reach: Reach, on: date) -> QuerySet[Transfer]:
    """Of these, those known on a day, the latest letter first."""
    rows = transfers_for(reach).filter(issued_on__lte=on)
    return rows.select_related("person", "source", "target").order_by("-issued_on", "-pk")


def state_on(transfer: Transfer, on: date) -> str:
    """How it stood on a day."""
    ended = transfer.received_on or transfer.ended_on
    return transfer.state if ended is None or ended <= on else State.ISSUED


def in_state(on: date) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """Narrows transfers to those in a state on a day."""

    def narrow(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
        later = Q(received_on__gt=on) | Q(ended_on__gt=on)
        return rows.filter(Q(state=state) | later) if state == State.ISSUED else rows.filter(~later, state=state)

    return narrow


def branches_of(rows: QuerySet[Transfer]) -> list[tuple[str, str]]:
    """Branches of ours in these rows, to filter by."""
    sides = Q(pk__in=rows.order_by().values("source")) | Q(pk__in=rows.order_by().values("target"))
    return [
        (str(pk), name) for pk, name in Organization.objects.filter(sides).order_by("path").values_list("pk", "name")
    ]


def of_branch(rows: QuerySet[Any], pk: str) -> QuerySet[Any]:
    """Transfers of which the branch is one side."""
    return rows.filter(Q(source=pk) | Q(target=pk))


def relation_of(person_id: int) -> Membership | None:
    """The open Party relation of a person."""
    rows = Membership.objects.filter(person=person_id, side=Membership.Side.PARTY, ends_on=None)
    return rows.select_related("organization__parent", "person", "source").first()


def branch_of(organization: Organization) -> Organization:
    """The branch of a group; of all else itself."""
    if organization.kind == Kind.GROUP and organization.parent is not None:
        return organization.parent
    return organization


def issuer_of(branch: Organization) -> Organization:
    """Who writes the letter: the nearest committee above, else what lies on top."""
    tops = [branch.path[:end] for end in range(SEGMENT, len(branch.path) + 1, SEGMENT)]
    above = sorted(Organization.objects.filter(path__in=tops), key=lambda row: -row.depth)
    return next((row for row in above if row.kind in COMMITTEES), above[-1])


def next_number(issuer: Organization, year: int) -> str:
    """The number that the next letter of a year would bear."""
    begun = f"{year}-"
    used = Transfer.objects.filter(issuer=issuer, number__startswith=begun).values_list("number", flat=True)
    last = max((int(rest) for one in used if (rest := one.removeprefix(begun)).isdigit() and len(rest) < 8), default=0)
    return f"{begun}{last + 1:03d}"


def posts_left(branch: Organization, person_id: int) -> list[Post]:
    """Party posts of a person in a branch and its groups: they end with the relation."""
    rows = Post.objects.filter(within(branch.path, "organization__path"), person=person_id, ends_on=None)
    return list(rows.filter(role__in=Post.PARTY_ROLES).select_related("organization", "person", "source"))


def namesakes(root_id: int, name: str) -> list[Person]:
    """People of a unit who bear the name."""
    return list(Person.objects.filter(root=root_id, name=name, merged_into=None, erased_on=None)[:3])


def senders(reach: Reach) -> QuerySet[Person]:
    """Members whose relation lies in what an officer keeps, and for whom no letter is open."""
    here = Membership.objects.filter(lying_under(reach.managed), side="party", ends_on=None)
    open_ones = Transfer.objects.filter(state=State.ISSUED).values("person")
    return Person.objects.filter(pk__in=here.values("person"), merged_into=None).exclude(pk__in=open_ones)


def comers(reach: Reach) -> QuerySet[Person]:
    """People whom an officer keeps and whose relation lies in no branch of ours."""
    kept = Person.objects.filter(lying_under(reach.managed, "root"), merged_into=None, erased_on=None)
    placed = Membership.objects.filter(side="party", ends_on=None).values("person")
    open_ones = Transfer.objects.filter(state=State.ISSUED).values("person")
    return kept.exclude(pk__in=placed).exclude(pk__in=open_ones)


def places(paths: tuple[str, ...]) -> QuerySet[Organization]:
    """Branches and their groups that take members in, at or below these paths."""
    kinds = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.GROUP)
    rows = Organization.objects.filter(within_any(paths), kind__in=kinds, ends_on=None)
    return rows.select_related("parent").order_by("path")


def branches_beside(branch: Organization) -> QuerySet[Organization]:
    """Branches of the same tree to which a member may go."""
    return places((branch.path[:SEGMENT],)).exclude(kind=Kind.GROUP).exclude(pk=branch.pk)


def kept_people(reach: Reach) -> QuerySet[Person]:
    """People whom an officer may send or take in: members of what they keep, and those of their units."""
    return Person.objects.filter(Q(pk__in=senders_now(reach)) | Q(pk__in=comers(reach).values("pk")))


def senders_now(reach: Reach) -> QuerySet[Membership, int]:
    """Members whose relation lies in what an officer keeps, with an open letter or without."""
    rows = Membership.objects.filter(lying_under(reach.managed), side="party", ends_on=None)
    return rows.values_list("person", flat=True)


def trees_of(reach: Reach) -> tuple[str, ...]:
    """The tops of the trees in which an officer keeps something."""
    return tuple(sorted({path[:SEGMENT] for path in reach.managed}))
