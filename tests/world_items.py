"""Items, and leave and trips, for the matrix: of a section, of a branch, and a neighbour's."""

from dataclasses import replace
from datetime import timedelta

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Away, PackDocument
from onebow.apps.plans.services.kinds import KindDraft
from onebow.apps.plans.tests.make import RESEARCH, begun, make_item, make_kind, make_plan
from onebow.config.policy import Near
from tests.targets import Target

# A trip of the Party side: its sheet too is asked for by those of a branch.
VISIT = replace(RESEARCH, key="visit", name="主题党日外出", side="party", listed_in="meetings")


KEEPER = {"officer": Near.SUBTREE}


def item_targets(unit: Organization, section: Organization, branch: Organization, abroad: Organization) -> list[Target]:
    """One of a section, which its branch watches over, one of the branch, and a neighbour's; all begun."""
    watched = {"unit_head": Near.SUBTREE, "secretary": Near.SUBTREE, "staff": Near.OWN}
    return [
        Target("business", _begun(unit, RESEARCH, section), KEEPER | watched),
        Target("party", _begun(branch.parent, VISIT, branch), KEEPER | {"secretary": Near.SUBTREE, "member": Near.OWN}),
        Target("abroad", _begun(abroad.parent, RESEARCH, abroad)),
    ]


def absence_targets(member: Person, staff: Person, stranger: Person) -> list[Target]:
    """A member's leave, that of somebody at work, and a neighbour's."""
    return [
        Target("member", {"pk": make_leave(member)}, KEEPER | {"secretary": Near.SUBTREE}),
        Target("staff", {"pk": make_leave(staff)}, KEEPER | {"unit_head": Near.SUBTREE}),
        Target("abroad", {"pk": make_leave(stranger)}),
    ]


def make_leave(person: Person) -> int:
    """A day of leave to come."""
    days = {"starts_on": TODAY + timedelta(days=30), "ends_on": TODAY + timedelta(days=31)}
    facts = {"kind": Away.Kind.LEAVE, "source": Away.Source.HAND, "created_at": NOON, "updated_at": NOON}
    return Away.objects.create(person=person, **days, **facts).pk


def _begun(owner: Organization, draft: KindDraft, organization: Organization) -> dict[str, int | str]:
    item = begun(make_item(make_plan(owner), make_kind(owner, draft), organization))
    paper = PackDocument.objects.create(scope=organization, key="paper", name="提醒单", of="item", text="{{ title }}")
    return {"pk": item.pk, "stage_id": item.stage_id or 0, "kind": "pdf", "document_id": paper.pk}
