"""Where people belong and what posts they hold."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.queries.reach import authority_of


@dataclass(frozen=True)
class MembershipDraft:
    """A person in an organization, as staff or as Party member, from a day on."""

    person_id: int
    organization_id: int
    side: str
    starts_on: date | None = None
    engagement: str = Membership.Engagement.REGULAR
    title: str = ""
    place_id: int | None = None
    relation_elsewhere: str = ""
    basis: str = ""
    # End what the person belongs to on this side, on the day this begins: a transfer in one step.
    transfer: bool = False


@write()
def start_membership(draft: MembershipDraft, *, by: User | None, at: datetime) -> Membership:
    """Place a person in an organization.

    Raises:
        Refused: a dissolved organization, a second branch on one day, a person who is no member, kinds that do not fit.
    """
    # The person's row is the lock: two officers who place the same person wait for each other.
    person = Person.objects.select_for_update().get(pk=draft.person_id)
    organization = Organization.objects.get(pk=draft.organization_id)
    rules.check_can_manage(organization, authority_of(by, timezone.localdate(at)))
    membership, events = membership_started(draft, person, organization, at)
    _record(events, by, at)
    return membership


def membership_started(
    draft: MembershipDraft, person: Person, organization: Organization, at: datetime
) -> tuple[Membership, list[Event]]:
    """The membership, and what is to be recorded once all else is written. Runs in a transaction, for who may."""
    rules.check_still_stands(organization, draft.starts_on)
    rules.check_can_belong(person, organization, draft.side)
    events = _leave(person, draft, at) if draft.transfer else []
    if draft.side == Membership.Side.PARTY:
        rules.check_no_second_branch(person, draft.starts_on, None, but=None)
    if person.memberships.filter(organization=organization, side=draft.side, ends_on=None).exists():
        raise Refused(f"{person.name}已在“{organization.name}”。")
    membership = Membership.objects.create(
        person=person,
        organization=organization,
        side=draft.side,
        engagement=draft.engagement,
        title=draft.title,
        place_id=draft.place_id,
        relation_elsewhere=draft.relation_elsewhere,
        basis=draft.basis,
        starts_on=draft.starts_on,
        created_at=at,
        updated_at=at,
    )
    bump_user(person)
    events.append(_event("membership.started", membership, {"side": draft.side}, draft.starts_on))
    return membership, events


@write()
def end_membership(membership_id: int, *, on: date, by: User | None, at: datetime) -> Membership:
    """End a membership on a day.

    Raises:
        Refused: it ended already, or the day does not lie after its start.
    """
    membership = _manageable(Membership, membership_id, by, at)
    _record([membership_ended(membership, on, at)], by, at)
    return membership


def membership_ended(membership: Membership, on: date, at: datetime) -> Event:
    """What is to be recorded once all else is written. Runs in a transaction, for who may."""
    _end(membership, on, at)
    bump_user(membership.person)
    return _event("membership.ended", membership, {"side": membership.side}, on)


@dataclass(frozen=True)
class PostDraft:
    """A post in an organization, from a day on."""

    person_id: int
    organization_id: int
    role: str
    title: str = ""
    starts_on: date | None = None
    appointed: str = Post.Appointed.APPOINTED
    backed_by_id: int | None = None
    basis: str = ""


@write()
def start_post(draft: PostDraft, *, by: User | None, at: datetime) -> Post:
    """Put a person into a post.

    Raises:
        Refused: a dissolved organization, no Party member for a Party post, a secretary in office, the same post twice.
    """
    # The person before the organization, as a membership takes them: else two services wait for each other.
    person = Person.objects.select_for_update().get(pk=draft.person_id)
    organization = Organization.objects.select_for_update().get(pk=draft.organization_id)
    rules.check_can_manage(organization, authority_of(by, timezone.localdate(at)))
    post, event = post_started(draft, person, organization, at)
    _record([event], by, at)
    return post


def post_started(draft: PostDraft, person: Person, organization: Organization, at: datetime) -> tuple[Post, Event]:
    """The post, and what is to be recorded of it once all else is written. Runs in a transaction, for who may."""
    rules.check_still_stands(organization, draft.starts_on)
    rules.check_can_hold(person, organization, draft.role)
    _check_post_free(person, organization, draft)
    post = Post.objects.create(
        person=person,
        organization=organization,
        role=draft.role,
        title=draft.title,
        appointed=draft.appointed,
        backed_by_id=draft.backed_by_id,
        basis=draft.basis,
        starts_on=draft.starts_on,
        created_at=at,
        updated_at=at,
    )
    bump_user(person)
    return post, _event("post.started", post, {"role": draft.role}, draft.starts_on)


@write()
def end_post(post_id: int, *, on: date, by: User | None, at: datetime) -> Post:
    """End a post on a day.

    Raises:
        Refused: it ended already, or the day does not lie after its start.
    """
    post = _manageable(Post, post_id, by, at)
    _record([post_ended(post, on, at)], by, at)
    return post


def post_ended(post: Post, on: date, at: datetime) -> Event:
    """What is to be recorded once all else is written. Runs in a transaction, for who may."""
    _end(post, on, at)
    bump_user(post.person)
    return _event("post.ended", post, {"role": post.role}, on)


def bump_user(person: Person) -> None:
    """Rights changed: sessions of the person's account end."""
    if person.user_id:
        User.objects.filter(pk=person.user_id).update(rights_version=F("rights_version") + 1)


def _leave(person: Person, draft: MembershipDraft, at: datetime) -> list[Event]:
    on, events = draft.starts_on or timezone.localdate(at), []
    for old in person.memberships.filter(side=draft.side, ends_on=None).select_related("organization"):
        _end(old, on, at)
        events.append(_event("membership.ended", old, {"side": old.side}, on))
    return events


def _end(row: Membership | Post, on: date, at: datetime) -> None:
    if row.ends_on is not None:
        raise Refused(f"已于{day(row.ends_on)}结束,不需要再次登记。")
    rules.check_dates(row.starts_on, on)
    rules.check_can_end(row, on)
    row.ends_on, row.updated_at = on, at
    row.save(update_fields=["ends_on", "updated_at"])


def _check_post_free(person: Person, organization: Organization, draft: PostDraft) -> None:
    held = organization.posts.filter(role=draft.role).select_related("person")
    for other in held:
        if not rules.overlap(other, draft.starts_on, None):
            continue
        if other.person_id == person.pk:
            raise Refused(f"{person.name}已担任“{organization.name}”的{other.get_role_display()}。")
        if draft.role == Post.Role.SECRETARY:
            raise Refused(f"“{organization.name}”现任书记是{other.person.name},请先办理免职,再任新书记。")


def _manageable(model: Any, pk: int, by: User | None, at: datetime) -> Any:
    row = model.objects.select_for_update().get(pk=pk)
    rules.check_can_manage(row.organization, authority_of(by, timezone.localdate(at)))
    return row


def _event(kind: str, row: Membership | Post, data: dict[str, Any], on: date | None = None) -> Event:
    return Event(kind, row.organization_id, ((row.person_id, "subject"),), source=row, data=data, happened_on=on)


def _record(events: list[Event], by: User | None, at: datetime) -> None:
    record_all(events, by_id=by.pk if by else None, at=at)
