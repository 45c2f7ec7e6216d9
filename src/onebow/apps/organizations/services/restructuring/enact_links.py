"""Ties of organizations: coverage of sections, pairings, the units in which they are set."""

from django.db.models import Q

from onebow.apps.ledger.services import Event
from onebow.apps.organizations.models import Link
from onebow.apps.organizations.queries.restructuring.coverage import covered_sections
from onebow.apps.organizations.services.restructuring.enactment import Enactment

ENDS = ("source_id", "target_id")


def cover(deed: Enactment) -> None:
    """Each section is covered by the branches of its members."""
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
            end_link(link, deed)
    for source, target in sorted(wanted - present.keys()):
        make_link(Link.Kind.COVERS, source, target, deed)


def pair(deed: Enactment) -> None:
    """A pairing of what ends goes on with its successor, whichever side of it ends."""
    after = {one.pk: deed.successor_of(one).pk for one in deed.ending}
    links = Link.objects.filter(kind=Link.Kind.PAIRED, ends_on=None)
    known = set(links.filter(Q(source__in=after.values()) | Q(target__in=after.values())).values_list(*ENDS))
    for link in links.filter(Q(source__in=after) | Q(target__in=after)).order_by("pk"):
        end_link(link, deed)
        source, target = after.get(link.source_id, link.source_id), after.get(link.target_id, link.target_id)
        # Two that were paired may have come together, or have come to the same partner.
        if source != target and (source, target) not in known:
            known.add((source, target))
            make_link(Link.Kind.PAIRED, source, target, deed)


def end_link(link: Link, deed: Enactment) -> None:
    """End a tie on the day."""
    if link.starts_on and link.starts_on >= deed.on:
        # It would have held on no day.
        link.delete()
        return
    link.ends_on = deed.on
    link.save(update_fields=["ends_on"])
    deed.events.append(Event("link.ended", link.source_id, source=link, happened_on=deed.on))


def make_link(kind: str, source: int, target: int, deed: Enactment) -> None:
    """Tie two organizations from the day on."""
    link = Link.objects.create(kind=kind, source_id=source, target_id=target, starts_on=deed.on, basis=deed.basis[:200])
    data = {"kind": kind, "target": target}
    deed.events.append(Event("link.made", source, source=link, data=data, happened_on=deed.on))
