"""Writes many bureaus at once, for tests of size: rows instead of services, a bureau's worth of memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from onebow.apps.base.fields import blind_index
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.models import FormerName, Link, Membership, Organization, Person, Place, Placement, Post
from onebow.apps.organizations.models.organizations import segment_of
from onebow.apps.organizations.naming import pinyin_of, pinyin_of_person
from onebow.apps.organizations.rules import tree_of
from onebow.demo import frame
from onebow.demo.bureau import build
from onebow.demo.facts import Bureau, Node

BUREAUS_PER_DISTRICT, DISTRICTS_PER_CITY = 5, 8
OFFICES = ("人力资源和社会保障局", "民政局", "司法局", "财政局", "水务局")
# SQLite takes 32,766 values in a statement; our widest row has 25.
BATCH = 1000


@dataclass
class _Ids:
    """Ids are given out here, so that a path is known before its row is written."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


@dataclass
class Writer:
    """Writes bureaus below the tops of both trees."""

    at: datetime
    ids: _Ids = field(default_factory=_Ids)

    def organization(self, node: Node, parent: Organization | None) -> Organization:
        """The row of a node, with its place in the tree."""
        pk = self.ids.next()
        pinyin, initials = pinyin_of(node.name)
        return Organization(
            pk=pk,
            tree=tree_of(node.kind),
            kind=node.kind,
            name=node.name,
            pinyin=pinyin,
            initials=initials,
            parent=parent,
            path=(parent.path if parent else "") + segment_of(pk),
            depth=parent.depth + 1 if parent else 0,
            rank=node.rank,
            supervisor=node.supervisor,
            duties=node.duties,
            starts_on=node.starts_on,
            ends_on=node.ends_on,
            term_ends_on=node.term_ends_on,
            **self.stamps(),
        )

    def stamps(self) -> dict[str, datetime]:
        """When the rows were made."""
        return {"created_at": self.at, "updated_at": self.at}

    def top(self, kind: str, name: str, parent: Organization | None) -> Organization:
        """Write a region, or a work committee over bureaus."""
        row = self.organization(Node("", kind, name), parent)
        row.save(force_insert=True)
        Placement.objects.create(child=row, parent=parent)
        return row


def load(
    bureaus: int, seed: int, today: date, *, at: datetime, tell: Callable[[str], Any]
) -> tuple[int, dict[str, int]]:
    """Write bureaus under districts under cities, with a work committee and a union for each city.

    Returns the top region's id and the ids of the cast, who stand in the first bureau.
    """
    writer = Writer(at)
    province = _level(writer, "云杉省", None)
    persons: dict[str, int] = {}
    city, district = province, province.region
    for index in range(bureaus):
        if index % (BUREAUS_PER_DISTRICT * DISTRICTS_PER_CITY) == 0:
            number = index // (BUREAUS_PER_DISTRICT * DISTRICTS_PER_CITY) + 1
            city = _level(writer, f"云杉第{number}市", province)
        if index % BUREAUS_PER_DISTRICT == 0:
            number = index // BUREAUS_PER_DISTRICT % DISTRICTS_PER_CITY + 1
            district = writer.top("region", f"{city.region.name}{number}区", city.region)
        title = district.name + OFFICES[index % len(OFFICES)]
        found = write_bureau(writer, build(seed + index, today, title), Level(district, city.committee, city.union))
        persons = persons or found
        if (index + 1) % 100 == 0:
            tell(f"  {index + 1} / {bureaus} 个局")
    reset_sequences()
    return province.region.pk, persons


@dataclass(frozen=True)
class Level:
    """What bureaus stand under: a region, its work committee and its union."""

    region: Organization
    committee: Organization
    union: Organization


def _level(writer: Writer, name: str, above: Level | None) -> Level:
    region = writer.top("region", name, above.region if above else None)
    committee = writer.top("work_committee", f"中共{name}直属机关工作委员会", above.committee if above else None)
    union = writer.top("union", f"{name}总工会", above.union if above else None)
    for party in (committee, union):
        Link.objects.create(kind=Link.Kind.SET_IN, source=party, target=region)
    return Level(region, committee, union)


@transaction.atomic
def write_bureau(writer: Writer, bureau: Bureau, level: Level) -> dict[str, int]:
    """Write one bureau; returns the ids of its cast."""
    tops = {frame.ROOT: level.region, frame.COMMITTEE: level.committee, frame.UNION: level.union}
    rows: dict[str, Organization] = {}
    for node in bureau.nodes:
        rows[node.key] = writer.organization(node, tops.get(node.key) or rows.get(node.parent))
    Organization.objects.bulk_create(rows.values(), batch_size=BATCH)
    root = rows[bureau.root]
    places = _write_places(writer, bureau, root)
    for node in bureau.nodes:
        rows[node.key].place = places.get(node.place)
    Organization.objects.bulk_update(rows.values(), ["place"], batch_size=BATCH)
    Placement.objects.bulk_create(_placements(bureau, rows), batch_size=BATCH)
    FormerName.objects.bulk_create(
        [
            FormerName(organization=rows[node.key], name=name, ends_on=on)
            for node in bureau.nodes
            for name, on in node.former_names
        ]
    )
    Link.objects.bulk_create(_links(bureau, rows), batch_size=BATCH)
    people = _write_people(writer, bureau, root)
    _write_lives(writer, bureau, rows, people, places)
    record_all([Event("organization.founded", row.pk, source=row) for row in rows.values()], by_id=None, at=writer.at)
    return {word: people[key].pk for word, key in bureau.cast.items()}


def _write_places(writer: Writer, bureau: Bureau, root: Organization) -> dict[str, Place]:
    made = Place.objects.bulk_create(
        [
            Place(unit=root, kind=area.kind, name=area.name, address=area.address, use=area.use, **writer.stamps())
            for area in bureau.areas
        ]
    )
    return {place.name: place for place in made}


def _placements(bureau: Bureau, rows: dict[str, Organization]) -> Iterator[Placement]:
    for node in bureau.nodes:
        row, since = rows[node.key], node.starts_on
        for parent, until in node.former_parents:
            yield Placement(child=row, parent=rows[parent], starts_on=since, ends_on=until)
            since = until
        yield Placement(child=row, parent=row.parent, starts_on=since)


def _links(bureau: Bureau, rows: dict[str, Organization]) -> Iterator[Link]:
    for node in bureau.nodes:
        if node.set_in:
            yield Link(kind=Link.Kind.SET_IN, source=rows[node.key], target=rows[node.set_in], starts_on=node.starts_on)
    for tie in bureau.ties:
        yield Link(
            kind=tie.kind,
            source=rows[tie.source],
            target=rows[tie.target],
            starts_on=tie.starts_on,
            ends_on=tie.ends_on,
        )


def _write_people(writer: Writer, bureau: Bureau, root: Organization) -> dict[int, Person]:
    rows = []
    for person in bureau.people:
        pinyin, initials = pinyin_of_person(person.name)
        rows.append(
            Person(
                root=root,
                name=person.name,
                pinyin=pinyin,
                initials=initials,
                sex=person.sex,
                id_number=person.id_number,
                id_index=blind_index(person.id_number),
                phone=person.phone,
                phone_index=blind_index(person.phone),
                born_on=person.born_on,
                standing=person.standing,
                joined_on=person.joined_on,
                full_on=person.full_on,
                **writer.stamps(),
            )
        )
    made = Person.objects.bulk_create(rows, batch_size=BATCH)
    return {person.key: row for person, row in zip(bureau.people, made, strict=True)}


def _write_lives(
    writer: Writer,
    bureau: Bureau,
    rows: dict[str, Organization],
    people: dict[int, Person],
    places: dict[str, Place],
) -> None:
    memberships = (
        Membership(
            person=people[row.person],
            organization=rows[row.node],
            side=row.side,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            engagement=row.engagement,
            title=row.title,
            place=places.get(row.place),
            relation_elsewhere=row.relation_elsewhere,
            **writer.stamps(),
        )
        for row in bureau.belongings
    )
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    posts = (
        Post(
            person=people[duty.person],
            organization=rows[duty.node],
            role=duty.role,
            title=duty.title,
            appointed=duty.appointed,
            starts_on=duty.starts_on,
            ends_on=duty.ends_on,
            **writer.stamps(),
        )
        for duty in bureau.duties
    )
    Post.objects.bulk_create(posts, batch_size=BATCH)


def reset_sequences() -> None:
    """Ids were given out by hand: tell a database that counts for itself where to go on."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Organization]):
            cursor.execute(statement)
