"""Who looked at whose data: for the person concerned, and for the audit administrator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.unions import word
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Grant, Membership, Organization, Person, Post, Seat

What = AccessRecord.What
MACHINE = "系统维护人员(命令行)"


@dataclass(frozen=True)
class ReadLine:
    """One look as its page tells it."""

    record: AccessRecord
    who: str
    # The reader's posts and roles on that day, or the office.
    standing: str
    is_own: bool = False


@dataclass(frozen=True)
class AuditedRead:
    """One look without a word of business: accounts and numbers of records."""

    record: AccessRecord
    account: str
    organization: str


class Stay(NamedTuple):
    """A membership of the person or of a record merged into it; all but the person empty where there is none."""

    person_id: int
    side: str | None
    organization: int | None
    organization__parent: int | None
    starts_on: date | None
    ends_on: date | None


def reads_of(person: Person) -> QuerySet[AccessRecord]:
    """Looks at a person's record and exports that held it, newest first; records merged into it included."""
    both = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk))
    told = [Stay(*row) for row in both.values_list("pk", *(f"memberships__{name}" for name in Stay._fields[1:]))]
    people, stays = {stay.person_id for stay in told}, [stay for stay in told if stay.side]
    held = _exports_with(person, {(stay.starts_on, stay.ends_on) for stay in stays})
    held = held & _plans_with(people) | _lists_with(stays)
    # The whole ledger names everybody; null and null again, so that the index of files answers.
    whole = Q(person_id=None, organization_id=None, what=What.EXPORT_LEDGER, at__gte=person.created_at)
    return AccessRecord.objects.filter(Q(person_id__in=people) | held | whole).order_by("-pk")


def access_records() -> QuerySet[AccessRecord]:
    """Every look, newest first, for the audit administrator."""
    return AccessRecord.objects.order_by("-pk")


def read_by(rows: QuerySet[AccessRecord], word: str) -> QuerySet[AccessRecord]:
    """Looks of readers whose name or account holds the word."""
    named = User.objects.filter(Q(display_name__icontains=word) | Q(username__icontains=word))
    return rows.filter(by_id__in=list(named.values_list("pk", flat=True)[:500]))


def read_lines(records: Iterable[AccessRecord], person: Person) -> list[ReadLine]:
    """Names and standings for the readers in these records, in two statements."""
    records = list(records)
    users = User.objects.in_bulk({record.by_id for record in records if record.by_id})
    standings = _Standings(list(users))
    lines = []
    for record in records:
        user = users.get(record.by_id or 0)
        on = timezone.localdate(record.at)
        is_own = user is not None and user.pk == person.user_id
        who = "本人" if is_own else user.display_name if user else MACHINE
        standing = "" if is_own or user is None else standings.of(user, on)
        lines.append(ReadLine(record, who, standing, is_own))
    return lines


def audited_reads(records: Iterable[AccessRecord]) -> list[AuditedRead]:
    """Accounts and units for the ids in these records, in two queries."""
    records = list(records)
    users = dict(User.objects.filter(pk__in={row.by_id for row in records}).values_list("pk", "username"))
    ids = {row.organization_id for row in records}
    units = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        AuditedRead(row, users.get(row.by_id or 0, MACHINE), units.get(row.organization_id or 0, "")) for row in records
    ]


class _Standings:
    """What readers were on a day: posts, roles by grant, office."""

    def __init__(self, users: list[int]) -> None:
        posts = Post.objects.filter(person__user__in=users).order_by()
        grants = Grant.objects.filter(user__in=users).order_by()
        rows = posts.values_list(
            word("post"), "pk", "person__user", "organization__name", "role", "title", "starts_on", "ends_on"
        ).union(
            grants.values_list(
                word("right"), "pk", "user", "organization__name", "role", word(), "starts_on", "ends_on"
            ),
            all=True,
        )
        self.held: dict[int, list[tuple[Any, str]]] = {}
        for part, _, user, name, role, title, starts_on, ends_on in sorted(rows, key=itemgetter(0, 1)):
            row = (Post if part == "post" else Grant)(role=role, starts_on=starts_on, ends_on=ends_on)
            self.held.setdefault(user, []).append((row, f"{name} {title or row.get_role_display()}"))

    def of(self, user: User, on: date) -> str:
        """In words."""
        if user.office != User.Office.NONE:
            return user.get_office_display()
        return ";".join(word for row, word in self.held.get(user.pk, ()) if row.holds_on(on))


def _plans_with(people: set[int]) -> Q:
    """Of files of plans those whose lists held these people: plans name members alone, a list those of one branch."""
    seats = Seat.objects.filter(person__in=people)
    named = seats.annotate(listed=Concat(Value("planned:"), Cast("planned_id", CharField())))
    every, one = Q(Exists(seats), fields=""), Q(Exists(named.filter(listed=OuterRef("fields"))))
    return ~Q(what=What.EXPORT_PLAN) | every | one


def _lists_with(stays: Iterable[Stay]) -> Q:
    """Lists and sheets of a branch on a day on which the person was in it, or in one of its groups."""
    held = Q(pk__in=[])
    for stay in stays:
        if stay.side == Membership.Side.PARTY:
            began = Q(as_of__gte=stay.starts_on) if stay.starts_on else Q(as_of__isnull=False)
            until = Q(as_of__lt=stay.ends_on) if stay.ends_on else Q()
            held |= began & until & Q(organization_id__in=[stay.organization, stay.organization__parent or 0])
    return held & Q(person_id=None, what__in=(What.EXPORT_LIST, What.DUES, What.EXPORT_DUES))


def _exports_with(person: Person, stays: set[tuple[date | None, date | None]]) -> Q:
    """Files of the person's unit that speak of a day on which the person belonged to it, made since registration."""
    held = Q(pk__in=[])
    for starts_on, ends_on in stays:
        began = Q(as_of__gte=starts_on) if starts_on else Q(as_of__isnull=False)
        held |= began & Q(as_of__lt=ends_on) if ends_on else began
    return held & Q(person_id=None, organization_id=person.root_id, at__gte=person.created_at)
