"""The doors of plans: pages and their parts, forms that keep what was typed, and what strangers find."""

import re
from html import unescape

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    K,
    give_reasons,
    make_bureau,
    make_draft,
    make_post,
    make_proposal,
    submit,
)
from onebow.apps.organizations.tests.make_rosters import work
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGES = ("", "changes/", "board/", "settings/", "submission/", "closure/", "copy/", "paper/", "decision/", "reversal/")
POSTS = ("generals/", "proposal/", "stop/", "refresh/", "reopening/", "enactment/", "board/moves/")


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    return make_proposal(bureau)


@pytest.fixture
def officer(bureau):
    return client_of(bureau.officer)


@pytest.fixture
def stranger(bureau):
    user = make_user("stranger")
    grant(user, make_node(K.UNIT, "水务局"))
    return client_of(user)


@pytest.fixture
def secretary(bureau):
    """Of a branch, who leads neither the committee nor the unit."""
    return client_of(make_user("secretary", person=bureau.head("人事科")))


def at(plan, rest=""):
    return f"/restructurings/{plan.pk}/{rest}"


def row_of(plan, name):
    return plan.planned.get(name=name)


def cell_of(plan, name):
    seat = row_of(plan, name).seats.first()
    return f"{seat.planned_id}-{seat.section_id}-{seat.place_id}"


def text(answer):
    return unescape(answer.content.decode())


def version(plan):
    return Restructuring.objects.get(pk=plan.pk).version


@pytest.mark.parametrize("rest", PAGES)
def test_officers_open_every_page(plan, officer, rest):
    whole, part = officer.get(at(plan, rest)), officer.get(at(plan, rest), **HTMX)
    assert (whole.status_code, part.status_code) == (200, 200)
    assert "<html" in text(whole)
    assert plan.name in text(whole)


@pytest.mark.parametrize("rest", [*PAGES, "hindrances/", "progress/"])
def test_strangers_and_secretaries_of_branches_find_no_page(plan, bureau, stranger, secretary, rest):
    give_reasons(plan, bureau)
    submit(plan, bureau)
    for client in (stranger, secretary):
        assert client.get(at(plan, rest)).status_code == 404
    one = row_of(plan, "法制科党支部")
    for more in (f"branches/{one.pk}/", f"branches/{one.pk}/reasons/ORG-LEVEL/", f"board/{cell_of(plan, one.name)}/"):
        assert stranger.get(at(plan, more)).status_code == secretary.get(at(plan, more)).status_code == 404


@pytest.mark.parametrize("rest", [*POSTS, "submission/", "closure/", "copy/", "paper/", "decision/", "reversal/"])
def test_strangers_and_secretaries_of_branches_do_nothing(plan, bureau, stranger, secretary, rest):
    for client in (stranger, secretary):
        assert client.post(at(plan, rest), {"version": version(plan)}).status_code == 404
    assert version(plan) == plan.version


def test_leaders_read_what_was_handed_in_and_no_draft(plan, bureau):
    person = bureau.head("人事科")
    make_post(person, bureau.committee, "secretary")
    leader = client_of(make_user("leader", person=person))
    assert leader.get(at(plan)).status_code == 404
    assert f'href="{at(plan)}"' not in text(leader.get("/restructurings/"))
    give_reasons(plan, bureau)
    submit(plan, bureau)
    assert leader.get(at(plan)).status_code == leader.get(at(plan, "changes/")).status_code == 200
    assert leader.get(at(plan, f"branches/{row_of(plan, '法制科党支部').pk}/")).status_code == 200
    assert f'href="{at(plan)}"' in text(leader.get("/restructurings/"))
    assert leader.get(at(plan, "board/")).status_code == 404
    answer = leader.post(at(plan, "decision/"), {"decision": "approved"})
    assert (answer.status_code, answer["Location"]) == (302, at(plan))
    assert Restructuring.objects.get(pk=plan.pk).state == "approved"


def test_a_plan_is_begun_and_computed_by_the_worker(bureau, officer):
    form = {
        "root": bureau.root.pk,
        "committee": bureau.committee.pk,
        "name": "新方案",
        "effective_on": timezone.localdate(),
        "way": "proposed",
    }
    answer = officer.post("/restructurings/new/", form)
    plan = Restructuring.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, at(plan))
    assert "正在" in text(officer.get(at(plan, "progress/")))
    work()
    assert officer.get(at(plan, "progress/"))["HX-Refresh"] == "true"
    assert set(plan.planned.values_list("name", flat=True)) >= {"办公室党支部", "法制科党支部"}


def test_a_plan_without_a_name_is_not_begun_and_keeps_what_was_typed(bureau, officer):
    form = {"root": bureau.root.pk, "committee": bureau.committee.pk, "effective_on": "2027-01-01", "way": "today"}
    for headers in ({}, HTMX):
        answer = officer.post("/restructurings/new/", form, **headers)
        assert answer.status_code == 422
        assert 'value="2027-01-01"' in text(answer)
    assert not Restructuring.objects.exists()


def test_another_unit_s_committee_is_no_choice(bureau, officer):
    other = make_node(K.ORGAN_COMMITTEE, "水务局机关党委")
    form = {
        "root": bureau.root.pk,
        "committee": other.pk,
        "name": "甲",
        "effective_on": "2027-01-01",
        "way": "today",
    }
    assert officer.post("/restructurings/new/", form).status_code == 422


def test_a_section_is_dragged_to_another_branch(plan, officer):
    one, other = row_of(plan, "法制科党支部"), row_of(plan, "办公室党支部")
    form = {"cell": cell_of(plan, one.name), "to": other.pk, "version": version(plan)}
    answer = officer.post(at(plan, "board/moves/"), form, **HTMX)
    assert answer.status_code == 200
    assert "<html" not in text(answer)
    assert other.seats.count() == 13
    assert officer.post(at(plan, "board/moves/"), form, **HTMX).status_code == 200, "nobody is left to be moved"


def test_a_section_is_dragged_without_htmx_too(plan, officer):
    form = {"cell": cell_of(plan, "法制科党支部"), "to": "new", "version": version(plan)}
    answer = officer.post(at(plan, "board/moves/"), form)
    assert (answer.status_code, answer["Location"]) == (302, at(plan, "board/"))


@pytest.mark.parametrize("form", [{}, {"cell": "1-2", "to": "new"}, {"cell": "1-2-3", "to": "x"}])
def test_a_drag_that_says_nothing_is_refused(plan, officer, form):
    answer = officer.post(at(plan, "board/moves/"), {**form, "version": version(plan)}, **HTMX)
    assert answer.status_code == 422
    assert "没有移动" in text(answer)


def test_a_drag_on_an_old_page_is_refused(plan, officer):
    form = {"cell": cell_of(plan, "法制科党支部"), "to": "new", "version": version(plan) - 1}
    answer = officer.post(at(plan, "board/moves/"), form, **HTMX)
    assert (answer.status_code, "已被修改" in text(answer)) == (422, True)


def test_some_of_a_cell_are_moved_without_a_mouse(plan, officer):
    one, other = row_of(plan, "法制科党支部"), row_of(plan, "办公室党支部")
    address = at(plan, f"board/{cell_of(plan, one.name)}/")
    assert officer.get(address).status_code == 200
    seats = list(one.seats.exclude(person=one.leader).values_list("pk", flat=True)[:2])
    form = {"seats": seats, "version": version(plan)}
    wrong = officer.post(address, form)
    assert wrong.status_code == 422
    ticked = re.findall(r'<input[^>]*name="seats"[^>]*checked', text(wrong))
    assert len(ticked) == 2, "what was ticked stays ticked"
    assert officer.post(address, {**form, "to": other.pk}).status_code == 302
    assert other.seats.count() == 9


@pytest.mark.parametrize("key", ["1-1-1", "0-0-0", "abc", "99999999999999999999-1-1", "-"])
def test_a_cell_that_is_not_there_is_not_found(plan, officer, key):
    assert officer.get(at(plan, f"board/{key}/")).status_code == 404


def test_a_planned_branch_is_changed(plan, officer):
    one = row_of(plan, "法制科党支部")
    address = at(plan, f"branches/{one.pk}/")
    form = {"name": "法治党支部", "leader": one.leader_id, "version": version(plan)}
    for headers in ({}, HTMX):
        wrong = officer.post(address, {**form, "name": "", "leader": 999999}, **headers)
        assert wrong.status_code == 422
    assert officer.post(address, form).status_code == 302
    one.refresh_from_db()
    assert (one.name, one.above, one.continues) == ("法治党支部", None, None)


def test_a_name_that_stands_already_is_refused_in_place(plan, officer):
    one = row_of(plan, "法制科党支部")
    form = {"name": "办公室党支部", "leader": one.leader_id, "version": version(plan)}
    answer = officer.post(at(plan, f"branches/{one.pk}/"), form)
    assert answer.status_code == 422
    assert "已有名为“办公室党支部”的组织" in text(answer)


def test_a_planned_branch_of_another_plan_is_not_found(plan, bureau, officer):
    other = make_draft(bureau).planned.first()
    assert officer.get(at(plan, f"branches/{other.pk}/")).status_code == 404
    assert officer.post(at(plan, f"generals/{other.pk}/closure/"), {"version": 1}).status_code == 404
    assert officer.get(at(plan, f"branches/{other.pk}/reasons/ORG-LEVEL/")).status_code == 404


def test_a_reason_is_given_on_its_page(plan, officer):
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    address = at(plan, f"branches/{general.pk}/reasons/ORG-LEVEL/")
    assert officer.get(address).status_code == 200
    short = officer.post(address, {"reason": "无"})
    assert (short.status_code, "至少 4 个字" in text(short)) == (422, True)
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "党员分散在三个科室。"}).status_code == 302
    assert "党员分散在三个科室。" in text(officer.get(address))
    # Of which nothing is found.
    nothing = officer.get(at(plan, f"branches/{general.pk}/reasons/BR-SIZE-MAX/"))
    assert (nothing.status_code, "没有这一条检查结果" in text(nothing)) == (422, True)


def test_a_general_branch_is_dropped_and_opened(plan, bureau, officer):
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    answer = officer.post(at(plan, f"generals/{general.pk}/closure/"), {"version": version(plan)})
    assert answer.status_code == 302
    form = {"unit": bureau.nodes["社保中心"].pk, "version": version(plan)}
    assert officer.post(at(plan, "generals/"), form).status_code == 302
    assert plan.planned.filter(kind=K.GENERAL_BRANCH).count() == 1
    for unit in ("", "x", bureau.nodes["办公室"].pk, "99999999999999999999"):
        assert officer.post(at(plan, "generals/"), {**form, "unit": unit}).status_code == 422
