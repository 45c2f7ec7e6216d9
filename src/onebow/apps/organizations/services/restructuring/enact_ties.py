"""Coverage of sections, posts, and pairings."""

from collections import defaultdict

from django.db.models import F

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event
from onebow.apps.organizations.models import Link, Organization, PlannedOrganization, Post
from onebow.apps.organizations.queries.restructuring.coverage import covered_sections
from onebow.apps.organizations.services.restructuring.enactment import Enactment


def tie(deed: Enactment) -> None:
    """Cover the sections, hand pairings on, end and begin posts."""
    _cover(deed)
    _pair(deed)
    _lead(deed)


def _cover(deed: Enactment) -> None:
    wanted = {
        (deed.made[planned].pk, section)
        for planned, sections in covered_sections(deed.plan).items()
        for section in sections
    }
    ours = [*deed.facts.organizations, *(one.pk for one in deed.made.values())]
    links = Link.objects.filter(kind=Link.Kind.COVERS, source__in=ours, target__in=deed.plan.places.nodes, ends_on=None)
    present = {(link.source_id, link.target_id): link for link in links}
    for pair, link in present.items():
        if pair not in wanted:
            _end(link, deed)
    for source, target in sorted(wanted - present.keys()):
        _make(Link.Kind.COVERS, source, target, deed)


def _pair(deed: Enactment) -> None:
    """A pairing of what ends goes on with its successor."""
    links = Link.objects.filter(kind=Link.Kind.PAIRED, source__in=[one.pk for one in deed.ending], ends_on=None)
    for link in links.select_related("source"):
        _end(link, deed)
        _make(Link.Kind.PAIRED, deed.successor_of(link.source).pk, link.target_id, deed)


def _end(link: Link, deed: Enactment) -> None:
    if link.starts_on and link.starts_on >= deed.on:
        # It would have held on no day.
        link.delete()
        return
    link.ends_on = deed.on
    link.save(update_fields=["ends_on"])
    deed.events.append(Event("link.ended", link.source_id, source=link, happened_on=deed.on))


def _make(kind: str, source: int, target: int, deed: Enactment) -> None:
    link = Link.objects.create(kind=kind, source_id=source, target_id=target, starts_on=deed.on, basis=deed.basis[:200])
    data = {"kind": kind, "target": target}
    deed.events.append(Event("link.made", source, source=link, data=data, happened_on=deed.on))


def _lead(deed: Enactment) -> None:
    """Posts of what ends, and of whoever left a branch that goes on, end; each head is designated until an election."""
    gone = [one.pk for one in deed.ending]
    # Groups end with their branch.
    gone += Organization.objects.filter(parent__in=gone, kind=Organization.Kind.GROUP).values_list("pk", flat=True)
    kept = [one.pk for one in deed.made.values()]
    rows = Post.objects.filter(organization__in=[*gone, *kept], ends_on=None)
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in rows.select_related("person", "source", "organization").order_by("pk"):
        posts[post.organization_id].append(post)
    for number in gone:
        for post in posts[number]:
            _end_post(post, deed)
    inside = _inside(deed)
    for planned in deed.plan.organizations:
        organization = deed.made[planned.row.pk]
        _lead_one(planned.row, organization, posts[organization.pk], inside[planned.row.pk], deed)
    people = {event.people[0][0] for event in deed.events if event.kind.startswith("post.")}
    User.objects.filter(person__in=people).update(rights_version=F("rights_version") + 1)


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
) -> None:
    leads = False
    for post in posts:
        is_head = post.role == Post.Role.SECRETARY
        if is_head and post.person_id == row.leader_id:
            leads = True
        elif is_head or post.person_id not in inside:
            _end_post(post, deed)
    if row.leader_id and not leads:
        post = Post.objects.create(
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
        deed.events.append(_post_event("post.started", post, deed))


def _end_post(post: Post, deed: Enactment) -> None:
    if (post.starts_on and post.starts_on >= deed.on) or (post.source and post.source.effective_on > deed.on):
        raise Refused(
            f"{post.person.name}的{post.get_role_display()}职务在 {deed.on} 当天或之后才开始,实施日期须晚于这一天。"
        )
    post.ends_on, post.updated_at = deed.on, deed.at
    post.save(update_fields=["ends_on", "updated_at"])
    deed.events.append(_post_event("post.ended", post, deed))


def _post_event(kind: str, post: Post, deed: Enactment) -> Event:
    people = ((post.person_id, "subject"),)
    return Event(kind, post.organization_id, people, source=post, data={"role": post.role}, happened_on=deed.on)
