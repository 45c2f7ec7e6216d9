"""Builders of a small town with two trees."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Place, Placement
from onebow.apps.organizations.models.organizations import segment_of

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def make_node(kind: str, name: str, under: Organization | None = None, **values: object) -> Organization:
    """An organization with its placement, open on both sides unless dates are given."""
    tree = "party" if kind in Organization.PARTY_KINDS else "administrative"
    node = Organization.objects.create(
        kind=kind, name=name, tree=tree, parent=under, created_at=NOW, updated_at=NOW, **values
    )
    node.path = (under.path if under else "") + segment_of(node.pk)
    node.depth = under.depth + 1 if under else 0
    node.save(update_fields=["path", "depth"])
    Placement.objects.create(child=node, parent=under, starts_on=node.starts_on)
    return node


def make_people(
    root: Organization,
    section: Organization,
    count: int,
    *,
    branch: Organization | None = None,
    place: Place | None = None,
    **dates: date,
) -> list[Person]:
    """People of a section, of a branch too if one is given."""
    people = [
        Person.objects.create(root=root, name=f"甲{section.pk}-{number}", created_at=NOW, updated_at=NOW)
        for number in range(count)
    ]
    for person in people:
        for organization, side in ((section, "staff"), (branch, "party")):
            if organization:
                Membership.objects.create(
                    person=person,
                    organization=organization,
                    side=side,
                    place=place if side == "staff" else None,
                    created_at=NOW,
                    updated_at=NOW,
                    **dates,
                )
    return people


def make_link(kind: str, source: Organization, target: Organization, **values: object) -> Link:
    """A link, open on both sides unless dates are given."""
    return Link.objects.create(kind=kind, source=source, target=target, **values)


@dataclass
class Town:
    """A bureau of two units and three sections; a Party committee of two branches."""

    bureau: Organization
    office: Organization
    centre: Organization
    jobs: Organization
    letters: Organization
    data: Organization
    committee: Organization
    first: Organization
    second: Organization
    north: Place
    south: Place


@laid_down
def make_town() -> Town:
    """办公区 north and south; 第一党支部 covers jobs and letters, nobody covers data."""
    bureau = make_node("unit", "某局")
    office, centre = (make_node("unit", name, bureau) for name in ("局机关", "信息中心"))
    jobs, letters = (make_node("section", name, office) for name in ("就业促进科", "信访科"))
    data = make_node("section", "数据科", centre)
    committee = make_node("organ_committee", "机关党委")
    first, second = (make_node("branch", f"第{number}党支部", committee) for number in "一二")
    stamps = {"created_at": NOW, "updated_at": NOW, "unit": bureau}
    north, south = (Place.objects.create(name=name, **stamps) for name in ("丽泽", "南院"))
    make_link("set_in", committee, bureau)
    make_link("covers", first, jobs)
    make_link("covers", first, letters)
    make_people(bureau, jobs, 3, branch=first, place=north)
    make_people(bureau, letters, 2, branch=first, place=south)
    make_people(bureau, data, 2, place=north)
    return Town(bureau, office, centre, jobs, letters, data, committee, first, second, north, south)
