"""The pages of talks: who sees which, and the form for several at once."""

import re

from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.tests.make_talks import talk
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.tests.make import hold
from onebow.apps.organizations.tests.make import TODAY, make_user


def page(user, address, status=200, **headers):
    response = client_of(user).get(address, headers=headers)
    assert response.status_code == status, response.content.decode()[:1500]
    return response.content.decode()


def test_the_pages_show_branches_and_what_is_missing(branch, django_assert_max_num_queries):
    talk(branch, branch.members[:2])
    client, year = client_of(branch.town.secretary), TODAY.year
    for address, mark in (
        (f"/talks/?year={year}", f'data-branch="{branch.here.pk}"'),
        (f"/talks/{branch.here.pk}/?year={year}", f'data-person="{branch.members[0].pk}"'),
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert mark in client.get(address).content.decode()
        assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_member_sees_the_own_talks_alone(branch):
    me, other = branch.members[0], branch.members[1]
    make_user("me", person=me)
    [mine], [theirs] = talk(branch, (me, other)), talk(branch, (other, branch.members[2]))
    shown = page(me.user, "/talks/")
    assert f'data-talk="{mine.pk}"' in shown
    assert f'data-talk="{theirs.pk}"' not in shown
    page(me.user, f"/talks/{branch.here.pk}/", 404)


def test_another_branch_is_not_found(branch):
    page(branch.town.secretary, f"/talks/{branch.town.second.pk}/", 404)
    page(branch.town.secretary, f"/talks/{branch.town.second.pk}/new/", 404)


def test_three_talks_are_recorded_by_one_form(branch):
    one, other, third = branch.members[:3]
    today = timezone.localdate()
    typed = {"on": today.isoformat()}
    for place, (left, right) in enumerate([(one, other), (other, third), (third, one)]):
        typed |= {f"one_{place}": left.pk, f"other_{place}": right.pk}
    response = client_of(branch.town.secretary).post(f"/talks/{branch.here.pk}/new/", typed)
    assert response.status_code == 302
    assert Meeting.objects.filter(kind__key="talk", held_on=today).count() == 3


def test_half_a_pair_and_no_pair_are_told_beside_the_field(branch):
    client, address = client_of(branch.town.secretary), f"/talks/{branch.here.pk}/new/"
    today, one = timezone.localdate().isoformat(), branch.members[0]
    half = client.post(address, {"on": today, "one_0": one.pk})
    assert half.status_code == 422
    assert 'id="id_other_0_error"' in half.content.decode()
    assert f'value="{one.pk}" selected' in half.content.decode()
    nobody = client.post(address, {"on": today})
    assert 'id="id_one_0_error"' in nobody.content.decode()


def listed(branch, query=""):
    """The tabs of the list as (words, chosen), and the kinds of its rows."""
    html = client_of(branch.town.secretary).get(f"/meetings/{query}").content.decode()
    tabs = re.findall(r'<a href="[^"]*kind=[^"]*"( aria-current="page")?>([^<]+)</a>', html)
    return [(words, bool(chosen)) for chosen, words in tabs], re.findall(r'data-label="类别"><span>([^<]+)<', html)


def test_talks_stand_beside_the_list_of_meetings_unless_asked_for(branch):
    talk(branch, branch.members[:2], branch.members[1:3])
    # Nothing to choose among.
    assert listed(branch) == ([], ["谈心谈话"] * 2)
    hold(branch, "theme_day")
    both, talks, all_of = "会议和学习(1)", "谈心谈话(2)", "全部(3)"
    assert listed(branch) == ([(both, True), (talks, False), (all_of, False)], ["主题党日"])
    assert listed(branch, "?kind=talk") == ([(both, False), (talks, True), (all_of, False)], ["谈心谈话"] * 2)
    assert listed(branch, "?sort=title&kind=nothing")[1] == ["主题党日"]
    # Kept while the list is narrowed further, by the address alone.
    assert listed(branch, "?kind=meetings&state=held&q=")[1] == ["主题党日"]
    assert sorted(listed(branch, "?kind=all")[1]) == ["主题党日", *["谈心谈话"] * 2]


def test_a_link_that_asks_for_some_meetings_has_talks_among_them(branch):
    talk(branch, branch.members[:2])
    hold(branch, "theme_day")
    tabs, rows = listed(branch, "?state=counted")
    assert tabs[-1] == ("全部(2)", True)
    assert sorted(rows) == ["主题党日", "谈心谈话"]
