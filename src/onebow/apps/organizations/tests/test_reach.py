"""Who reaches what: the query from which every page starts."""

from datetime import date

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.reach import NOTHING, Reach, reach_of
from onebow.apps.organizations.queries.visible import organizations_for, people_for
from onebow.apps.organizations.tests.make import TODAY, K, grant, make_organization, make_user


def names(rows) -> set[str]:
    return set(rows.values_list("name", flat=True))


def test_an_officer_of_a_unit_reaches_the_party_organizations_set_in_it(town):
    reach = reach_of(town.officer, TODAY)
    assert names(organizations_for(reach)) == {
        "人社局", "人社局机关党委", "办公室", "工资福利科", "第1党支部", "第2党支部"
    }  # fmt: skip
    assert names(people_for(reach)) == {"赵立", "钱进", "孙群"}


def test_a_section_secretary_sees_only_the_own_branch_and_section(town):
    reach = reach_of(town.secretary, TODAY)
    assert reach.roles == {"secretary", "unit_head", "member", "staff"}
    assert names(organizations_for(reach)) == {"办公室", "第1党支部"}
    assert names(people_for(reach)) == {"赵立"}


def test_a_member_sees_the_own_organizations_and_the_own_record(town):
    reach = reach_of(town.member, TODAY)
    assert names(organizations_for(reach)) == {"工资福利科", "第2党支部"}
    assert names(people_for(reach)) == {"钱进"}


def test_who_has_no_post_and_no_grant_sees_nothing(town):
    reach = reach_of(town.stranger, TODAY)
    assert not organizations_for(reach).exists()
    assert not people_for(reach).exists()


def test_an_administrator_reaches_nothing(town):
    assert reach_of(make_user("sys", office="system"), TODAY) == NOTHING


def test_an_expired_grant_confers_nothing_and_a_coming_one_not_yet(town):
    user = make_user("former")
    grant(user, town.bureau, starts_on=date(2025, 1, 1), ends_on=TODAY)
    grant(user, town.bureau, starts_on=date(2026, 3, 3))
    assert reach_of(user, TODAY).managed == ()
    assert reach_of(user, date(2026, 3, 3)).managed != ()
    assert reach_of(user, date(2026, 3, 1)).managed != ()


def test_an_officer_of_a_party_committee_reaches_the_unit_it_is_set_in(town):
    user = make_user("party-officer")
    grant(user, town.committee)
    assert town.office in organizations_for(reach_of(user, TODAY))
    assert Person.objects.get(name="孙群") in people_for(reach_of(user, TODAY))


def test_a_subtree_is_not_confused_with_its_neighbour_of_a_like_path(town):
    others = [make_organization(K.UNIT, f"单位{number}") for number in range(40)]
    make_organization(K.SECTION, "甲科", others[0])
    user = make_user("one-unit")
    grant(user, others[0])
    assert names(organizations_for(reach_of(user, TODAY))) == {"单位0", "甲科"}
    assert Organization.objects.count() > 40


def test_a_reach_asked_for_subtrees_is_those_alone_where_all_of_them_are_led():
    reach = Reach(user_id=1, person_id=2, managed=("00001",), led=("0000300001",), own=frozenset({7}))
    assert reach.within(None) is reach
    assert reach.within(("0000100004", "00002")) is reach
    narrow = reach.within(("0000100004", "000010000400001", "0000300001"))
    assert (narrow.led, narrow.managed, narrow.own) == (("0000100004", "0000300001"), (), frozenset())
    assert not narrow.leads("0000100005")
