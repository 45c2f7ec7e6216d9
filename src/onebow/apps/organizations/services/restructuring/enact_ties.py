"""Posts of what ends, of who leaves, and of the designated heads; and the ties."""

from collections import defaultdict

from django.db.models import F

from onebow.apps.accounts.models import User
from onebow.apps.base.bulk import insert_rows
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event
from onebow.apps.organizations.models import Organization, PlannedOrganization, Post
from onebow.apps.organizations.services.restructuring.enact_links import cover, pair
from onebow.apps.organizations.services.restructuring.enactment import Enactment


def tie(deed: Enactment) -> None:
    """Cover the sections, hand pairings on, end and begin posts."""
    cover(deed)
    pair(deed)
    _lead(deed)


def _lead(deed: Enactment) -> None:
    """Posts of what ends, and of whoever left a branch that goes on, end; each head is designated until an election."""
    groups = _groups(deed)
    gone = {one.pk for one in deed.ending}
    kept = {organization.pk for organization in deed.made.values()}
    # Also those whose end is known already: they hang on what ends until then.
    rows = Post.objects.not_ended(deed.on).filter(organization__in=[*gone, *kept, *groups])
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in rows.select_related("person", "source", "organization").order_by("pk"):
        posts[groups.get(post.organization_id, post.organization_id)].append(post)
    for number in gone:
        for post in posts[number]:
            _end_post(post, deed)
    inside = _inside(deed)
    begun: list[Post] = []
    for planned in deed.plan.organizations:
        organization = deed.made[planned.row.pk]
        if new := _lead_one(planned.row, organization, posts[organization.pk], inside[planned.row.pk], deed):
            begun.append(new)
    insert_rows(begun)
    deed.events += [_post_event("post.started", post, deed) for post in begun]
    people = {event.people[0][0] for event in deed.events if event.kind.startswith("post.")}
    User.objects.filter(person__in=people).update(rights_version=F("rights_version") + 1)


def _groups(deed: Enactment) -> dict[int, int]:
    """Group → the branch whose group it is, of what ends and of what goes on."""
    above = [*(one.pk for one in deed.ending), *(one.pk for one in deed.made.values())]
    rows = Organization.objects.filter(parent__in=above, kind=Organization.Kind.GROUP, ends_on=None)
    return {one.pk: one.parent_id for one in rows if one.parent_id}


def _inside(deed: Enactment) -> dict[int, set[int]]:
    """Who belongs to each planned organization; to a general branch whoever belongs to a branch below it."""
    found: dict[int, set[int]] = defaultdict(set)
    for one in deed.plan.branches:
        people = {seat.person_id for seat in one.seats}
        found[one.row.pk] |= people
        if one.row.above_id:
            found[one.row.above_id] |= people
    return found


def _lead_one(
    row: PlannedOrganization, organization: Organization, posts: list[Post], inside: set[int], deed: Enactment
) -> Post | None:
    """End what must end; the post of the head, unless the head leads already."""
    leads = False
    for post in posts:
        is_head = post.role == Post.Role.SECRETARY and post.organization_id == organization.pk
        if is_head and post.person_id == row.leader_id:
            leads = True
        elif is_head or post.person_id not in inside:
            _end_post(post, deed)
    if leads or not row.leader_id:
        return None
    return Post(
        person_id=row.leader_id,
        organization=organization,
        role=Post.Role.SECRETARY,
        title="负责人",
        appointed=Post.Appointed.DESIGNATED,
        basis=deed.basis[:200],
        starts_on=deed.on,
        created_at=deed.at,
        updated_at=deed.at,
    )


def _end_post(post: Post, deed: Enactment) -> None:
    if (post.starts_on and post.starts_on >= deed.on) or (post.source and post.source.effective_on > deed.on):
        raise Refused(
            f"{post.person.name}的{post.get_role_display()}职务在{day(deed.on)}当天或之后才开始,实施日期须晚于这一天。"
        )
    post.ends_on, post.updated_at = deed.on, deed.at
    post.save(update_fields=["ends_on", "updated_at"])
    deed.events.append(_post_event("post.ended", post, deed))


def _post_event(kind: str, post: Post, deed: Enactment) -> Event:
    people = ((post.person_id, "subject"),)
    return Event(kind, post.organization_id, people, source=post, data={"role": post.role}, happened_on=deed.on)
