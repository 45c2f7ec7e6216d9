"""The actors and things of the matrix: one of each role, and things near and far."""

from dataclasses import dataclass

from axes.models import AccessAttempt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import make_factor
from onebow.apps.base.models import File
from onebow.apps.ledger.services import sign_head
from onebow.apps.organizations.models import (
    Approval,
    Link,
    ListBatch,
    Organization,
    Person,
    Place,
    PlannedOrganization,
    Post,
    RosterImport,
    Seat,
)
from onebow.apps.organizations.services.approvals import PaperDraft, decided, record_paper
from onebow.apps.organizations.services.notes import NoteDraft, note_work
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    appoint,
    grant,
    join,
    make_organization,
    make_person,
    make_user,
    tie,
)
from onebow.apps.organizations.tests.make_restructurings import make_plan
from onebow.config.policy import Near
from tests.targets import Target
from tests.world_affairs import affairs_targets
from tests.world_checks import check_targets
from tests.world_duties import duty_targets
from tests.world_elections import make_elections
from tests.world_help import help_targets
from tests.world_items import absence_targets, item_targets
from tests.world_load import load_targets
from tests.world_meetings import meeting_targets
from tests.world_methods import method_targets
from tests.world_notices import notice_targets
from tests.world_plans import annual_targets, tied
from tests.world_registers import register_targets
from tests.world_risks import risk_targets
from tests.world_workbook import workbook_targets

K = Organization.Kind
GUESTS = ("handler", "reviewer", "dispatched", "liaison")
OFFICES = ("system", "security", "audit")
# Pages for something new ask where it shall stand.
QUERIES = {"organizations:new": "?under={unit}", "organizations:place_new": "?unit={unit}"}
# Of which nothing is found: who may ask is told so, which is no 404.
RULE = "BR-SIZE-MAX"
# What is found of a planned general branch of one member.
LEVEL = "ORG-LEVEL"
ROLES = ("officer", "secretary", "unit_head", "member", "staff", *GUESTS, *OFFICES, "nobody")


@dataclass(frozen=True)
class World:
    """The actors by role, and the things by the first word of their addresses."""

    unit_id: int
    actors: dict[str, User]
    targets: dict[str, list[Target]]


def make_world() -> World:
    unit = make_organization(K.UNIT, "人社局")
    committee = make_organization(K.ORGAN_COMMITTEE, "人社局机关党委", set_in_id=unit.pk)
    section = make_organization(K.SECTION, "办公室", unit)
    branch = make_organization(K.BRANCH, "第1党支部", committee)
    other = make_organization(K.UNIT, "水务局")
    abroad = make_organization(K.SECTION, "河道科", other)
    people = {name: make_person(unit, name) for name in ("secretary", "unit_head", "member", "staff")}
    stranger = make_person(other, "stranger")
    join(stranger, abroad)
    actors = {name: make_user(name, person=person) for name, person in people.items()}
    appoint(people["secretary"], committee, Post.Role.SECRETARY)
    appoint(people["unit_head"], unit, Post.Role.UNIT_HEAD)
    actors["officer"] = make_user("officer")
    grant(actors["officer"], unit)
    for role in GUESTS:
        actors[role] = make_user(role)
        grant(actors[role], unit, role=role)
    for office in OFFICES:
        actors[office] = make_user(office, office=office)
        make_factor(actors[office])
    actors["nobody"] = make_user("nobody")
    sign_head(at=NOON)
    targets = make_targets(unit, section, branch, abroad, people, stranger, actors["officer"])
    return World(unit.pk, actors, targets)


def make_targets(unit, section, branch, abroad, people, stranger, officer) -> dict[str, list[Target]]:
    keeper = {"officer": Near.SUBTREE}
    link = tie(Link.Kind.COVERS, branch, section)
    organizations = [
        Target(
            "section",
            {"pk": section.pk, "approval_id": make_paper(section, officer), "rule": RULE},
            keeper | {"unit_head": Near.SUBTREE, "staff": Near.OWN},
        ),
        Target(
            "branch",
            {"pk": branch.pk, "link_id": link.pk, "approval_id": make_paper(branch, officer), "rule": RULE},
            keeper | {"secretary": Near.SUBTREE, "member": Near.OWN},
        ),
        Target("abroad", {"pk": abroad.pk, "link_id": link.pk, "approval_id": 0, "rule": RULE}),
    ]
    records = [
        person_target(people["member"], branch, Post.Role.COMMITTEE_MEMBER, {"secretary": Near.SUBTREE}),
        person_target(people["staff"], section, Post.Role.DEPUTY_HEAD, {"unit_head": Near.SUBTREE}),
        # Nobody's members: what they may open of themselves, they may by their posts.
        *(
            Target(leader, {"pk": people[leader].pk}, keeper | {leader: Near.SELF})
            for leader in ("secretary", "unit_head")
        ),
        Target("abroad", {"pk": stranger.pk, "membership_id": stranger.memberships.get().pk, "post_id": 0}),
    ]
    return {
        "organizations": organizations,
        "trees": organizations,
        "people": records,
        **register_targets(*organizations, records),
        **load_targets(*organizations, records),
        **risk_targets(*organizations),
        **workbook_targets(branch, abroad, officer, people["secretary"].user),
        "ledger": [
            Target(
                "note",
                {"pk": make_note(branch, people["member"])},
                {"officer": Near.SUBTREE, "secretary": Near.SUBTREE, "member": Near.SELF},
            ),
            Target(
                "work",
                {"pk": make_note(section, people["staff"])},
                {"officer": Near.SUBTREE, "unit_head": Near.SUBTREE, "staff": Near.SELF},
            ),
            Target("abroad", {"pk": make_note(abroad, stranger)}),
        ],
        "elections": make_elections(branch, abroad, officer),
        **duty_targets(unit, section, branch, abroad),
        **check_targets(section, branch, abroad),
        **method_targets(unit, abroad.parent),
        **notice_targets(),
        **help_targets(),
        "items": tied(item_targets(unit, section, branch, abroad)),
        "plans": annual_targets(section, branch, abroad, officer),
        "absences": absence_targets(people["member"], people["staff"], stranger),
        "places": [
            Target("place", {"pk": make_place(unit).pk}, keeper),
            Target("abroad", {"pk": make_place(abroad.parent).pk}),
        ],
        "imports": [
            Target("import", {"pk": make_import(unit).pk}, keeper),
            Target("abroad", {"pk": make_import(abroad.parent).pk}),
        ],
        "restructurings": plan_targets(unit, branch.parent, abroad.parent, (people["member"], stranger), officer),
        "meetings": meeting_targets(branch, section, abroad, officer),
        **affairs_targets(branch, unit, abroad.parent, officer),
        "accounts": [Target("account", {"user_id": make_user("spare").pk})],
        "locks": [Target("account", {"user_id": make_locked().pk})],
        "offices": [Target("account", {"user_id": make_user("deputy").pk})],
        "grants": [Target("grant", {"grant_id": grant(make_user("holder"), unit).pk})],
    }


def plan_targets(
    unit: Organization, committee: Organization, other: Organization, people: tuple[Person, Person], keeper: User
) -> list[Target]:
    """Plans: one handed in, which leaders of the whole read too, a draft, and a neighbour's."""
    other_committee = make_organization(K.ORGAN_COMMITTEE, f"{other.name}机关党委", set_in_id=other.pk)
    member, stranger = people
    officer = {"officer": Near.SUBTREE}
    leaders = {"secretary": Near.SUBTREE, "unit_head": Near.SUBTREE}
    return [
        Target("plan", with_lists(make_handed_in(unit, committee, member), keeper), officer | leaders),
        Target("draft", with_lists({"pk": make_plan(unit, committee).pk}, keeper), officer),
        Target("abroad", with_lists(make_handed_in(other, other_committee, stranger), keeper)),
    ]


def with_lists(ids: dict[str, int | str], keeper: User) -> dict[str, int | str]:
    """Also what the addresses of its papers take, and of a batch of lists that the officer asked for."""
    batch = ListBatch.objects.create(
        restructuring_id=ids["pk"], reason="核对名单", made_by=keeper, made_at=NOON, state=ListBatch.State.FAILED
    )
    return ids | {"paper": "founding_request", "kind": "pdf", "batch_id": batch.pk}


def person_target(person: Person, organization: Organization, role: str, leaders: dict[str, Near]) -> Target:
    membership, post = join(person, organization), appoint(person, organization, role)
    near = {"officer": Near.SUBTREE, person.name: Near.SELF} | leaders
    return Target(person.name, {"pk": person.pk, "membership_id": membership.pk, "post_id": post.pk}, near)


def make_paper(organization: Organization, officer: User) -> int:
    now = NOON
    draft = PaperDraft("other", "1号", timezone.localdate(now))
    return record_paper(organization.pk, draft, scan=SimpleUploadedFile("a.pdf", b"%PDF-1.4"), by=officer, at=now).pk


def make_note(organization: Organization, person: Person) -> int:
    user = person.user or make_user("abroad", person=person)
    draft = NoteDraft("party.noted", organization.pk, TODAY, "支部学习", (person.pk,))
    return note_work(draft, upload=SimpleUploadedFile("a.pdf", b"%PDF-1.4"), by=user, at=NOON).pk


def make_place(unit: Organization) -> Place:
    now = timezone.now()
    return Place.objects.create(unit=unit, name="1号楼", created_at=now, updated_at=now)


def make_handed_in(unit: Organization, committee: Organization, person: Person) -> dict[str, int | str]:
    """A plan that was handed in, with a general branch and a branch in it, a member, and a reply with its scan."""
    # What one had handed in oneself, one would not decide on.
    asker = make_user(f"asker{unit.pk}")
    plan = make_plan(unit, committee, state="submitted", submitted_by=asker, submitted_at=NOON)
    general = PlannedOrganization.objects.create(restructuring=plan, kind=K.GENERAL_BRANCH, name="党总支", unit=unit)
    branch = PlannedOrganization.objects.create(restructuring=plan, kind=K.BRANCH, name="党支部", above=general)
    Seat.objects.create(restructuring=plan, planned=branch, person=person, standing=person.standing)
    draft = PaperDraft(Approval.Step.RESTRUCTURING, "1号", TODAY)
    scan = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    paper, _ = decided(committee.pk, draft, subject=plan, scan=scan, by=make_officer(unit), at=NOON)
    return {"pk": plan.pk, "planned_id": general.pk, "key": f"{branch.pk}-0-0", "rule": LEVEL, "approval_id": paper.pk}


def make_officer(unit: Organization) -> User:
    officer = make_user(f"officer{unit.pk}")
    grant(officer, unit)
    return officer


def make_import(unit: Organization) -> RosterImport:
    now = timezone.now()
    file = File.objects.create(sha256="0" * 64, name="roster.xlsx", bytes=1, made_at=now)
    return RosterImport.objects.create(root=unit, file=file, effective_on=now.date(), made_at=now, state="discarded")


def make_locked() -> User:
    user = make_user("locked")
    AccessAttempt.objects.create(username="locked", failures_since_start=9, user_agent="", get_data="", post_data="")
    return user
