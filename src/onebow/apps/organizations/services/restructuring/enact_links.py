"""Ties of organizations: coverage of sections, pairings, the units in which they are set."""

from collections.abc import Sequence

from django.db.models import Q

from onebow.apps.base.bulk import insert_rows
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
    make_links([(Link.Kind.COVERS, *ends) for ends in sorted(wanted - present.keys())], deed)


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
    make_links([(kind, source, target)], deed)


def make_links(ends: Sequence[tuple[str, int, int]], deed: Enactment) -> None:
    """Tie many organizations from the day on: kind, source and target of each."""
    facts = {"starts_on": deed.on, "basis": deed.basis[:200]}
    links = [Link(kind=kind, source_id=source, target_id=target, **facts) for kind, source, target in ends]
    insert_rows(links)
    deed.events += [_made(link, deed) for link in links]


def _made(link: Link, deed: Enactment) -> Event:
    data = {"kind": link.kind, "target": link.target_id}
    return Event("link.made", link.source_id, source=link, data=data, happened_on=deed.on)
