"""支部基本情况, 党员名册, 选举换届: what the branch is."""

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from onebow.apps.affairs.queries.workbook.chapters import Case, Chapter, Sheet
from onebow.apps.base.filters import day
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.meetings.queries.due import COMMITTEE, due_people
from onebow.apps.organizations.models import Election, Link, Membership, Organization, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.elections.due import term_note
from onebow.apps.organizations.queries.former import with_parents_on
from onebow.apps.organizations.queries.restructuring.papers.lists import MemberList, list_on
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_people

ORGANIZATION, ELECTION = Organization._meta.label_lower, Election._meta.label_lower


def facts(case: Case) -> Chapter:
    """Name, superior, members, term; committee with duties; groups."""
    branch, last = case.branch, case.span.last
    there = due_people(branch, MeetingKind(due_to=MeetingKind.DueTo.MEMBERS), last, case.today)
    full = sum(one.is_full for one in there)
    above = with_parents_on([branch], last, case.today)[0].parent
    told = [
        ("上级党组织", above.name if above else ""),
        ("覆盖科室", _sections(case)),
        ("成立", day(branch.starts_on) if branch.starts_on else ""),
        ("党员", f"{len(there)} 名，其中正式党员 {full} 名、预备党员 {len(there) - full} 名"),
        ("本届届满", _term(case)),
        ("撤销", day(branch.ends_on) if branch.ends_on and branch.ends_on <= last else ""),
    ]  # fmt: skip
    entries = Entry.objects.filter(source=ORGANIZATION, source_id=branch.pk, happened_on__lte=last)
    return Chapter(
        "facts", "支部基本情况", [(label, text) for label, text in told if text],
        [_committee(case), _groups(case)], frozenset(entries.values_list("pk", flat=True)),
    )  # fmt: skip


def members(case: Case) -> Chapter:
    """The register of the last day, with what the reader may open."""
    listed = members_of(case)
    heads = {
        "no": "序号", "name": "姓名", "sex": "性别", "born": "出生年月", "joined": "入党时间",
        "full_since": "转正时间", "section": "所在科室", "post": "党内职务",
    }  # fmt: skip
    sheet = Sheet("members", "", heads, listed.data["members"])
    counted = records_of_people(listed.people, case.span.last, until=timezone.now())
    return Chapter(
        "members", "党员名册", [], [sheet], counted=counted, people=listed.people, is_masked=listed.data["masked"]
    )


def elections(case: Case) -> Chapter:
    """Elections of the year with who was elected."""
    rows = Election.objects.filter(organization=case.branch, held_on__gte=case.span.first, held_on__lte=case.span.last)
    found = list(
        rows.exclude(state=Election.State.CANCELLED).order_by("held_on", "pk").prefetch_related("winners__person")
    )
    lines = [
        {
            "day": one.held_on, "occasion": one.get_occasion_display(), "state": one.get_state_display(),
            "elected": "、".join(f"{won.person.name}（{won.get_role_display()}）" for won in one.winners.all())
            if one.state == Election.State.FINISHED else "",
        }
        for one in found
    ]  # fmt: skip
    heads = {"day": "选举日期", "occasion": "事由", "state": "状态", "elected": "当选人"}
    entries = Entry.objects.filter(
        source=ELECTION, source_id__in=[one.pk for one in found], happened_on__lte=case.span.last
    )
    told = [("本届届满", _term(case))] if _term(case) else []
    sheets = [Sheet("elections", "", heads, lines)]
    return Chapter("election", "选举换届", told, sheets, frozenset(entries.values_list("pk", flat=True)))


def members_of(case: Case) -> MemberList:
    """The register of the last day that the manual tells of."""
    return list_on(case.branch, case.span.last, case.today, case.reach)


def _term(case: Case) -> str:
    ends = case.branch.term_ends_on
    if ends is None:
        return ""
    note = term_note(case.branch, case.span.last)
    return day(ends) + (f"（{note}）" if note else "")


def _sections(case: Case) -> str:
    links = Link.objects.on(case.span.last).filter(source=case.branch, kind=Link.Kind.COVERS)
    return "、".join(links.order_by("target__rank", "pk").values_list("target__name", flat=True))


def _committee(case: Case) -> Sheet:
    rows = Post.objects.on(case.span.last).filter(organization=case.branch, role__in=COMMITTEE).select_related("person")
    order = {role: place for place, role in enumerate(COMMITTEE)}
    posts = sorted(rows, key=lambda post: (order[Post.Role(post.role)], post.pk))
    lines = [
        {
            "name": post.person.name, "post": post.get_role_display(), "how": post.get_appointed_display(),
            "since": post.starts_on,
        }
        for post in posts
    ]  # fmt: skip
    return Sheet(
        "committee", "支部委员会", {"name": "姓名", "post": "职务和分工", "how": "产生方式", "since": "任职"}, lines
    )


def _groups(case: Case) -> Sheet:
    """Groups with leader and size: one statement."""
    on = case.span.last
    inside = Post.objects.on(on).filter(organization=OuterRef("pk"), role=Post.Role.GROUP_LEADER)
    held = Membership.objects.on(on).filter(organization=OuterRef("pk"), side=Membership.Side.PARTY).order_by()
    size = held.values("organization").annotate(size=Count("person", distinct=True)).values("size")
    rows = Organization.objects.on(on).filter(within(case.branch.path), kind=Organization.Kind.GROUP)
    rows = rows.annotate(leader=Subquery(inside.values("person__name")[:1]), size=Subquery(size))
    lines = [
        {"name": name, "leader": leader or "", "size": size or 0}
        for name, leader, size in rows.order_by("path").values_list("name", "leader", "size")
    ]
    return Sheet("groups", "党小组", {"name": "党小组", "leader": "组长", "size": "党员"}, lines)
