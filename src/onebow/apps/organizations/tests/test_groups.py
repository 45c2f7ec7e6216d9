"""Party groups on service chains: founded at once, manned and led, checked, on any day."""

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Link, Membership, Organization, Post
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.elections.electorate import full_members_on
from onebow.apps.organizations.queries.findings import findings_in
from onebow.apps.organizations.queries.groups import chains_in, chains_of_branch
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.services.groups import GroupDraft, found_groups
from onebow.apps.organizations.services.links import found_chains
from onebow.apps.organizations.services.memberships import PostDraft, start_post
from onebow.apps.organizations.tests.make import NOON, TODAY, K, make_organization, make_person, make_user
from onebow.apps.organizations.tests.make_elections import FOUNDED, begin, make_cast

YESTERDAY = TODAY - timedelta(days=1)
CHAIN_RULES = {"M5-CHAIN-GROUP", "M5-CHAIN-PIONEER"}


@pytest.fixture
def cast(db):
    return make_cast(6)


@pytest.fixture
def chains(cast):
    made = found_chains(cast.section.pk, ["就业帮扶链条", "一窗受理链条"], starts_on=FOUNDED, by=cast.officer, at=NOON)
    return [one.pk for one in made]


def found(cast, chain_id, **facts):
    facts.setdefault("name", "帮扶党小组")
    draft = GroupDraft(chain_id, **facts)
    groups = found_groups(cast.branch.pk, [draft], on=TODAY, by=cast.officer, at=NOON)
    return groups[0] if groups else None


def rules_of(cast, chain_id, on=TODAY):
    rows = findings_in(Scope((cast.unit.path, cast.committee.path), on, TODAY))
    return {row.rule for row in rows if row.node.id == chain_id}


def test_a_group_is_founded_manned_and_led_and_a_pioneer_put_on_the_chain(cast, chains):
    one, two, three = (person.pk for person in cast.people[1:4])
    group = found(cast, chains[0], members=(one, two), leader_id=three, pioneer_id=one)
    assert (group.kind, group.parent) == (K.GROUP, cast.branch)
    assert Link.objects.get(kind="serves").target_id == chains[0]
    inside = Membership.objects.filter(organization=group).values_list("person_id", "starts_on")
    assert set(inside) == {(one, TODAY), (two, TODAY), (three, TODAY)}
    assert Post.objects.get(organization=group).role == "group_leader"
    assert Post.objects.get(role="pioneer").organization_id == chains[0]
    kinds = list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:11])
    assert kinds.count("membership.started") == 3
    assert {"organization.founded", "link.made", "post.started"} <= set(kinds)


def test_members_of_a_group_go_on_counting_and_voting_with_the_branch(cast, chains):
    before = set(full_members_on(cast.branch, TODAY, TODAY))
    found(cast, chains[0], members=(cast.people[1].pk,), leader_id=cast.people[2].pk)
    assert set(full_members_on(cast.branch, TODAY, TODAY)) == before
    nodes = {node.id: node for node in trees_on(cast.unit.pk, TODAY).nodes}
    assert nodes[cast.branch.pk].members == len(before)
    assert begin(cast).candidates.count() == 1


def test_chains_are_found_wanting_until_they_have_both_and_yesterday_stays(cast, chains):
    assert rules_of(cast, chains[0]) == CHAIN_RULES
    found(cast, chains[0])
    assert rules_of(cast, chains[0]) == {"M5-CHAIN-PIONEER"}
    found(cast, chains[0], name="", pioneer_id=cast.head.pk)
    assert rules_of(cast, chains[0]) == set()
    assert rules_of(cast, chains[0], YESTERDAY) == CHAIN_RULES
    assert rules_of(cast, chains[1]) == CHAIN_RULES


def test_a_second_visit_keeps_the_group_and_replaces_leader_and_pioneer(cast, chains):
    first, second = cast.people[1].pk, cast.people[2].pk
    group = found_groups(
        cast.branch.pk,
        [GroupDraft(chains[0], "帮扶党小组", (), first, first)],
        on=YESTERDAY,
        by=cast.officer,
        at=NOON,
    )[0]
    assert found(cast, chains[0], leader_id=second, pioneer_id=second) == group
    for role in ("group_leader", "pioneer"):
        held = Post.objects.filter(role=role).order_by("pk").values_list("person_id", "ends_on")
        assert list(held) == [(first, TODAY), (second, None)]
    assert Organization.objects.filter(kind=K.GROUP).count() == 1


def test_what_does_not_change_writes_nothing(cast, chains):
    found(cast, chains[0], leader_id=cast.head.pk, pioneer_id=cast.head.pk)
    before = Entry.objects.count()
    found(cast, chains[0], leader_id=cast.head.pk, pioneer_id=cast.head.pk)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"name": "", "leader_id": 0}, "还没有党小组"),
        ({"leader_id": -1}, "组织关系不在"),
        ({"pioneer_id": -1}, "组织关系不在"),
    ],
)
def test_what_does_not_fit_is_refused(cast, chains, facts, words):
    outsider = make_person(cast.unit, "外人").pk
    known = {0: cast.head.pk, -1: outsider}
    with pytest.raises(Refused, match=words):
        found(cast, chains[0], **{key: known.get(value, value) for key, value in facts.items()})
    assert not Organization.objects.filter(kind=K.GROUP).exists()


def test_chains_of_others_and_days_ahead_are_refused(cast, chains):
    other = make_organization(K.SECTION, "办公室", cast.unit)
    [strange] = found_chains(other.pk, ["公文链条"], starts_on=None, by=cast.officer, at=NOON)
    with pytest.raises(Refused, match="没有覆盖"):
        found(cast, strange.pk)
    with pytest.raises(Refused, match="不能晚于今天"):
        found_groups(
            cast.branch.pk, [GroupDraft(chains[0], "组")], on=TODAY + timedelta(days=1), by=cast.officer, at=NOON
        )
    with pytest.raises(Refused, match="没有管理"):
        found_groups(cast.branch.pk, [GroupDraft(chains[0], "组")], on=TODAY, by=make_user("nobody"), at=NOON)


def test_a_pioneer_is_a_member_and_stands_on_a_chain(cast, chains):
    layman = make_person(cast.unit, "群众", standing="masses")
    for person, organization, words in (
        (layman, chains[0], "不是党员"),
        (cast.head, cast.section.pk, "设在服务链条上"),
    ):
        with pytest.raises(Refused, match=words):
            start_post(PostDraft(person.pk, organization, "pioneer"), by=cast.officer, at=NOON)


def test_the_rows_tell_of_any_day_by_the_names_of_that_day(cast, chains):
    found(cast, chains[0], leader_id=cast.head.pk, pioneer_id=cast.head.pk)
    rows = {row.id: row for row in chains_of_branch(cast.branch, TODAY)}
    assert [rows[pk].state for pk in chains] == ["done", "none"]
    assert (rows[chains[0]].branch, rows[chains[0]].section) == (cast.branch.name, cast.section.name)
    assert rows[chains[0]].members == 1
    assert [row.state for row in chains_in(Organization.objects.all(), YESTERDAY)] == ["none", "none"]
    assert chains_in(Organization.objects.all(), FOUNDED - timedelta(days=1)) == []


def test_the_page_of_a_branch_sets_all_chains_at_once(cast, chains):
    address = f"/organizations/{cast.branch.pk}/groups/"
    client = client_of(cast.officer)
    page = client.get(address).content.decode()
    assert page.count('data-chain="') == 2
    assert "就业帮扶党小组" in page
    form = {"on": timezone.localdate()}
    for number, chain in enumerate(chains, 1):
        leader, other = cast.people[number].pk, cast.people[number + 2].pk
        form |= {f"name_{chain}": f"第{number}党小组", f"members_{chain}": [other]}
        form |= {f"leader_{chain}": leader, f"pioneer_{chain}": leader}
    assert client.post(address, form).status_code == 302
    assert Organization.objects.filter(kind=K.GROUP).count() == 2
    assert "2/2 条有党小组" in client.get(address).content.decode()
    answer = client.post(address, {"on": ""})
    assert answer.status_code == 422


def test_the_list_counts_filters_and_leaves_as_a_sheet(cast, chains):
    found(cast, chains[0], leader_id=cast.head.pk, pioneer_id=cast.head.pk)
    client = client_of(cast.officer)
    page = client.get("/chains/").content.decode()
    assert "1/2" in page
    assert f'data-chain="{chains[1]}" data-state="none"' in page
    filtered = client.get("/chains/?state=none").content.decode()
    assert f'data-chain="{chains[0]}"' not in filtered
    data = client.get("/chains.xlsx").content
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert lines[1][:6] == ["就业帮扶链条", "就业促进科", "就业促进科党支部", "帮扶党小组", "丁一", "1"]
    assert "officer导出于" in lines[-1][0]
    earlier = client.get(f"/chains/?on={date(2024, 1, 1)}").content.decode()
    assert "0/2" in earlier
    assert "去设" not in earlier


def test_who_keeps_nothing_sees_no_chain(cast, chains):
    assert client_of(make_user("nobody")).get("/chains/").status_code == 404
    member = make_user("member", person=cast.people[2])
    assert client_of(member).get("/chains/").status_code == 404
    assert client_of(member).get(f"/organizations/{cast.branch.pk}/groups/").status_code == 404


def test_a_general_branch_says_that_branches_come_first(cast):
    general = make_organization(K.GENERAL_BRANCH, "总支", cast.committee)
    page = client_of(cast.officer).get(f"/organizations/{general.pk}/groups/").content.decode()
    assert "先按科室设支部" in page


def test_the_finding_leads_to_the_page_of_the_branch(cast, chains):
    page = client_of(cast.officer).get("/findings/?by=organization&rule=M5-CHAIN-GROUP").content.decode()
    assert f"/organizations/{cast.branch.pk}/groups/" in page
