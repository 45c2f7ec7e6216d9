"""Under which root unit a roster goes."""

from datetime import datetime

from onebow.apps.base.models import Installation
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.services.tree_deeds import OrganizationDraft, founded

K = Organization.Kind


def find_root(name: str) -> Organization | None:
    """The root unit of that name, or the only one if no name is given; None in an empty database.

    Raises:
        Refused: no such unit, several and none named, or one whose people are kept by a unit above it.
    """
    units = Organization.objects.filter(kind=K.UNIT, ends_on=None)
    tops = list(units.filter(parent=None).order_by("pk")[:20])
    if name:
        found = units.filter(name=name).order_by("depth", "pk").first()
        if found is None and tops:
            names = "、".join(top.name for top in tops)
            raise Refused(f"没有名为“{name}”的单位。已有的单位:{names}。")
        if found is not None:
            _check_keeps_people(found)
        return found
    if len(tops) > 1:
        raise Refused(f"有多个单位:{'、'.join(top.name for top in tops)}。请用 --under 指明导入到哪一个。")
    return tops[0] if tops else None


def _check_keeps_people(unit: Organization) -> None:
    """Below a root its people would be entered a second time: nobody is matched across roots."""
    above = unit.parent
    while above is not None and not Person.objects.filter(root=unit).exists():
        if Person.objects.filter(root=above).exists():
            raise Refused(f"“{unit.name}”的人员由上级单位“{above.name}”登记,请用 --under {above.name} 导入。")
        above = above.parent


@write_alone()
def make_root(name: str, *, at: datetime) -> Organization:
    """The root unit of an empty database, with the Party organization set in it."""
    root, events = rooted(name, at=at)
    record_all(events, by_id=None, at=at)
    return root


def rooted(name: str, *, at: datetime) -> tuple[Organization, list[Event]]:
    """The root, and what is to be recorded of it once all else is written. Runs in a lone transaction."""
    Installation.objects.get_or_create(pk=1, defaults={"use": Installation.Use.OWN})
    root, first = founded(OrganizationDraft(K.UNIT, name), by=None, at=at)
    committee = OrganizationDraft(K.ORGAN_COMMITTEE, f"{name}机关党委", set_in_id=root.pk)
    _, second = founded(committee, by=None, at=at)
    return root, [first, second]


def unsaved_root(name: str) -> Organization:
    """A root that is only tried out."""
    return Organization(tree=Organization.Tree.ADMINISTRATIVE, kind=K.UNIT, name=name)
