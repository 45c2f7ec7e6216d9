"""A bureau with a past, and a restructuring of today that turns all of it over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import (
    Membership,
    Organization,
    Person,
    Place,
    Post,
    Restructuring,
    RestructuringLine,
)
from onebow.apps.organizations.queries.findings import findings_in, scope_for
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.services.approvals import PaperDraft, record_paper
from onebow.apps.organizations.services.findings import ReasonDraft, reopen, set_aside
from onebow.apps.organizations.services.links import LinkDraft, PlaceDraft, end_link, make_link, save_place
from onebow.apps.organizations.services.memberships import (
    MembershipDraft,
    PostDraft,
    end_membership,
    end_post,
    start_membership,
    start_post,
)
from onebow.apps.organizations.services.organizations import (
    OrganizationDraft,
    change_organization,
    dissolve_organization,
    found_organization,
    move_organization,
    rename_organization,
)
from onebow.apps.organizations.services.paths import roll_paths
from onebow.apps.organizations.services.people import PersonDraft, change_person, register_person
from onebow.apps.organizations.tests.make import grant, make_user

K, Standing, Role = Organization.Kind, Person.Standing, Post.Role
BEGAN, JOINED, FULL = date(2015, 3, 1), date(2012, 7, 1), date(2013, 7, 1)
Organizations = dict[str, Organization]


@dataclass
class Bureau:
    """Organizations, people and places by name; who looks at them."""

    organizations: Organizations
    people: dict[str, Person]
    places: dict[str, Place]
    officer: User
    secretary: User
    approval_id: int


class Builder:
    """Writes through the services, as the machine's operator."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.organizations: Organizations = {}
        self.people: dict[str, Person] = {}
        self.places: dict[str, Place] = {}

    def found(self, kind: str, name: str, under: str = "", since: date | None = BEGAN, **facts: object) -> Organization:
        parent = self.organizations[under].pk if under else None
        draft = OrganizationDraft(kind, name, parent_id=parent, starts_on=since, **facts)
        self.organizations[name] = found_organization(draft, by=None, at=self.at)
        return self.organizations[name]

    def hire(self, name: str, section: str, branch: str = "", place: str = "", **record: object) -> Person:
        record = {"standing": Standing.FULL_MEMBER, "joined_on": JOINED, "full_on": FULL, **record}
        root = self.organizations["人社局"]
        person = register_person(root.pk, PersonDraft(name, **record), by=None, at=self.at)
        self.people[name] = person
        self.place(name, section, "staff", BEGAN, place)
        if branch:
            self.place(name, branch, "party", BEGAN)
        return person

    def place(self, name: str, where: str, side: str, since: date, place: str = "", *, transfer: bool = False) -> None:
        draft = MembershipDraft(
            self.people[name].pk,
            self.organizations[where].pk,
            side,
            starts_on=since,
            place_id=self.places[place].pk if place else None,
            title="科员" if side == "staff" else "",
            transfer=transfer,
        )
        start_membership(draft, by=None, at=self.at)

    def appoint(self, name: str, where: str, role: str, since: date) -> None:
        draft = PostDraft(self.people[name].pk, self.organizations[where].pk, role, starts_on=since)
        start_post(draft, by=None, at=self.at)

    def tie(self, kind: str, source: str, target: str, since: date) -> None:
        ends = self.organizations[source].pk, self.organizations[target].pk
        make_link(LinkDraft(kind, *ends, starts_on=since), by=None, at=self.at)


def make_bureau() -> Bureau:
    """Two units with four sections in two offices; a committee over two branches and a group."""
    builder = Builder(timezone.now() - timedelta(days=800))
    bureau = builder.found(K.UNIT, "人社局")
    for name in ("北楼", "南楼"):
        draft = PlaceDraft(bureau.pk, Place.Kind.OFFICE_AREA, name)
        builder.places[name] = save_place(draft, by=None, at=builder.at)
    north, south = builder.places["北楼"].pk, builder.places["南楼"].pk
    for unit in ("局机关", "人才中心"):
        builder.found(K.UNIT, unit, "人社局")
    builder.found(K.SECTION, "办公室", "局机关", place_id=north, supervisor="副局长1", duties="综合协调", rank=1)
    builder.found(K.SECTION, "法规科", "局机关", place_id=north, rank=2)
    builder.found(K.SECTION, "工资科", "局机关", place_id=south, rank=3)
    builder.found(K.SECTION, "档案科", "人才中心", place_id=south)
    builder.found(K.SERVICE_CHAIN, "档案转递", "档案科")
    builder.found(K.ORGAN_COMMITTEE, "人社局机关党委", set_in_id=bureau.pk, term_ends_on=date(2030, 1, 1))
    for rank, branch in enumerate(("第一党支部", "第二党支部"), 1):
        builder.found(K.BRANCH, branch, "人社局机关党委", rank=rank, term_ends_on=date(2030, 1, 1))
    builder.found(K.GROUP, "档案党小组", "第二党支部")
    for branch, section in (("第一党支部", "办公室"), ("第一党支部", "法规科"), ("第二党支部", "档案科")):
        builder.tie("covers", branch, section, BEGAN)
    builder.tie("serves", "档案党小组", "档案转递", BEGAN)
    _people(builder)
    officer = make_user("officer")
    grant(officer, bureau)
    secretary = make_user("secretary", person=Person.objects.get(pk=builder.people["赵书记"].pk))
    paper = record_paper(
        builder.organizations["第一党支部"].pk,
        PaperDraft("founding", "人社党〔2015〕1号", BEGAN),
        scan=SimpleUploadedFile("a.pdf", b"%PDF-1.4"),
        by=officer,
        at=builder.at,
    )
    return Bureau(builder.organizations, builder.people, builder.places, officer, secretary, paper.pk)


def _people(builder: Builder) -> None:
    builder.hire("赵书记", "办公室", "第一党支部", "北楼")
    builder.hire("钱科长", "法规科", "第一党支部")
    builder.hire("孙科员", "工资科", "第一党支部", "南楼")
    builder.hire("李科长", "档案科", "第二党支部")
    builder.hire("周科员", "档案科", "档案党小组", "南楼")
    builder.hire("吴调离", "办公室")
    builder.hire("郑预备", "工资科", standing=Standing.PROBATIONARY_MEMBER, joined_on=date(2020, 1, 5), full_on=None)
    builder.hire("王积极", "法规科", standing=Standing.ACTIVIST, joined_on=None, full_on=None)
    builder.hire("冯群众", "档案科", standing=Standing.MASSES, joined_on=None, full_on=None)
    builder.appoint("赵书记", "人社局机关党委", Role.SECRETARY, BEGAN)
    builder.appoint("钱科长", "第一党支部", Role.SECRETARY, BEGAN)
    builder.appoint("李科长", "第二党支部", Role.SECRETARY, BEGAN)
    builder.appoint("钱科长", "法规科", Role.UNIT_HEAD, BEGAN)


def turn_over(bureau: Bureau, on: date) -> None:
    """Everything that may happen to a structure happens to this one, on one day, through the services."""
    at = timezone.now()
    builder = Builder(at)
    builder.organizations, builder.people = dict(bureau.organizations), dict(bureau.people)
    builder.places = bureau.places
    _found_and_transfer(builder, on)
    _end_and_dissolve(builder, on)
    _rename_and_move(builder, on)
    _change_people(builder, on)
    _decide(bureau, on, at)
    roll_paths(on)


def _found_and_transfer(builder: Builder, on: date) -> None:
    committee = "人社局机关党委"
    builder.found(K.GENERAL_BRANCH, "人才中心党总支", committee, on)
    builder.found(K.BRANCH, "综合党支部", committee, on)
    builder.found(K.BRANCH, "档案党支部", "人才中心党总支", on)
    for name in ("赵书记", "钱科长", "孙科员"):
        builder.place(name, "综合党支部", "party", on, transfer=True)
    for name in ("李科长", "周科员"):
        builder.place(name, "档案党支部", "party", on, transfer=True)


def _end_and_dissolve(builder: Builder, on: date) -> None:
    old = [builder.organizations[name] for name in ("档案党小组", "第一党支部", "第二党支部")]
    for branch in old:
        for link in [*branch.links_out.filter(ends_on=None)]:
            end_link(link.pk, on=on, by=None, at=builder.at)
        for post in branch.posts.filter(ends_on=None):
            end_post(post.pk, on=on, by=None, at=builder.at)
        for row in branch.memberships.filter(ends_on=None):
            end_membership(row.pk, on=on, by=None, at=builder.at)
        dissolve_organization(branch.pk, on=on, basis="人社党〔2026〕9号", by=None, at=builder.at)
    builder.tie("covers", "综合党支部", "办公室", on)
    builder.tie("covers", "档案党支部", "档案科", on)
    builder.appoint("孙科员", "综合党支部", Role.SECRETARY, on)
    builder.appoint("周科员", "档案党支部", Role.SECRETARY, on)
    plan = Restructuring.objects.create(
        root=builder.organizations["人社局"],
        committee=builder.organizations["人社局机关党委"],
        name="一科一支部",
        origin="today",
        facts_on=on,
        effective_on=on,
        created_at=builder.at,
        updated_at=builder.at,
    )
    for branch, successor in (("第一党支部", "综合党支部"), ("第二党支部", "档案党支部")):
        ends = builder.organizations[branch], builder.organizations[successor]
        RestructuringLine.objects.create(
            restructuring=plan, kind="dissolve", organization=ends[0], successor=ends[1], on=on
        )


def _rename_and_move(builder: Builder, on: date) -> None:
    nodes, at = builder.organizations, builder.at
    for name, later in (("人社局", "人力社保局"), ("法规科", "政策法规处"), ("人才中心", "人才服务中心")):
        rename_organization(nodes[name].pk, later, on=on, basis="", by=None, at=at)
    move_organization(nodes["工资科"].pk, nodes["人才中心"].pk, on=on, basis="", by=None, at=at)
    office = Organization.objects.get(pk=nodes["办公室"].pk)
    changes = {"place_id": builder.places["南楼"].pk, "supervisor": "副局长3", "duties": "综合协调、信访"}
    change_organization(office.pk, changes, version=office.version, since=on, by=None, at=at)
    builder.found(K.SECTION, "数据科", "局机关", on, place_id=builder.places["北楼"].pk)
    draft = LinkDraft("covers", nodes["综合党支部"].pk, nodes["数据科"].pk, starts_on=on)
    make_link(draft, by=None, at=at)


def _change_people(builder: Builder, on: date) -> None:
    # Another office within the section: the old row ends, a new one begins.
    builder.place("周科员", "档案科", "staff", on, "北楼", transfer=True)
    for row in Membership.objects.filter(person=builder.people["吴调离"], ends_on=None):
        end_membership(row.pk, on=on, by=None, at=builder.at)
    register = builder.organizations["人社局"].pk
    builder.people["陈新人"] = register_person(
        register, PersonDraft("陈新人", standing=Standing.MASSES), by=None, at=builder.at
    )
    builder.place("陈新人", "数据科", "staff", on)
    _record(builder, "王积极", on, standing=Standing.PROBATIONARY_MEMBER, joined_on=on)
    _record(builder, "郑预备", on, standing=Standing.FULL_MEMBER, joined_on=date(2020, 1, 5), full_on=on)
    _record(builder, "冯群众", on, since=on, standing=Standing.OTHER_PARTY)
    _record(builder, "吴调离", on, since=on, standing=Standing.MASSES)
    builder.place("王积极", "综合党支部", "party", on)


def _record(builder: Builder, name: str, on: date, *, since: date | None = None, **record: object) -> None:
    person = Person.objects.get(pk=builder.people[name].pk)
    draft = PersonDraft(name, **record)
    change_person(person.pk, draft, version=person.version, since=since, by=None, at=builder.at)


def _decide(bureau: Bureau, on: date, at: datetime) -> None:
    """Reasons and papers of today."""
    rows = findings_in(scope_for(reach_of(bureau.officer, on), on, on))
    row = next(row for row in rows if row.strength == "warn" and row.state == "open")
    for _ in range(2):
        set_aside(row.node.id, ReasonDraft(row.rule, "机构刚刚调整"), by=bureau.officer, at=at)
        reopen(row.node.id, row.rule, by=bureau.officer, at=at)
    draft = PaperDraft("level", "人社党〔2026〕10号", on)
    record_paper(bureau.organizations["人社局机关党委"].pk, draft, scan=None, by=bureau.officer, at=at)
