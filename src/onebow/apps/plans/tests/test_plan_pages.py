"""The pages of plans: who finds them, what they show, and how many statements they ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.tests.make import NOON, K, make_organization, tie
from onebow.apps.plans.models import Item, KeyPoint, Plan
from onebow.apps.plans.services import changes
from onebow.apps.plans.tests.make import make_item, make_key_point, make_plan
from onebow.apps.plans.tests.make_plans import DUE, TEXTS, in_force

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def office(town):
    return client_of(town.officer)


def html(answer) -> str:
    assert answer.status_code in (200, 422), answer.status_code
    return answer.content.decode()


def test_a_new_user_is_told_what_to_do_first(town, office):
    assert "data-empty" in html(office.get(reverse("plans:index")))
    assert "data-empty" in html(office.get(reverse("plans:items")))
    assert "data-empty" in html(office.get(reverse("plans:taskbook")))


def test_a_plan_is_begun_once_for_an_organization_and_a_year(town, office):
    sent = {"organization": town.bureau.pk, "year": timezone.localdate().year}
    assert office.post(reverse("plans:new"), sent).status_code == 302
    plan = Plan.objects.get(organization=town.bureau)
    assert "计划还是空的" in html(office.get(reverse("plans:show", args=[plan.pk])))
    again = office.post(reverse("plans:new"), sent)
    assert (again.status_code, Plan.objects.count()) == (422, 1)


def test_a_plan_is_proposed_for_the_year_asked_for_and_the_first_organization_without_one(town, office):
    year = timezone.localdate().year
    page = html(office.get(reverse("plans:new"), {"year": year}))
    assert f'<option value="{year}" selected>' in page
    assert f'<option value="{town.bureau.pk}" selected>' in page
    make_plan(town.bureau, year)
    page = html(office.get(reverse("plans:new"), {"year": year}))
    assert f'<option value="{town.bureau.pk}" selected>' not in page


def test_every_page_answers_those_who_may_and_is_not_found_by_a_stranger(town, year, office):
    change = in_force(year)
    request = changes.draft_change(year.plan.pk, changes.ChangeDraft("增加", "上级要求"), by=town.officer, at=NOON)
    pk, stranger = year.plan.pk, client_of(town.stranger)
    names = [(name, [pk]) for name in ("show", "key_point_new", "item_new", "import_list", "copy", "versions")]
    names += [("change", [pk, change.pk]), ("change_edit", [pk, request.pk]), ("change_lines", [pk, request.pk])]
    names += [("change_alteration", [pk, request.pk, year.work.pk]), ("version", [pk, 1]), ("difference", [pk, 0, 1])]
    names += [("item_people", [year.work.pk]), ("item_ties", [year.talk.pk]), ("change_new", [pk]), ("plan_xlsx", [pk])]
    for name, ids in names:
        address = reverse(f"plans:{name}", args=ids)
        assert (name, office.get(address).status_code) == (name, 200)
        assert (name, stranger.get(address).status_code) == (name, 404)


def test_a_draft_has_pages_to_change_it(town, year, office):
    for name in ("item_edit", "item_cancellation", "item_requirements", "item_people", "item_ties"):
        address = reverse(f"plans:{name}", args=[year.work.pk])
        assert (name, office.get(address).status_code) == (name, 200)
        assert (name, client_of(town.stranger).get(address).status_code) == (name, 404)
    assert office.get(reverse("plans:key_point", args=[year.plan.pk, year.point.pk])).status_code == 200
    assert office.get(reverse("plans:submission", args=[year.plan.pk])).status_code == 200


def test_the_plan_is_one_list_with_three_views(year, office):
    address = reverse("plans:show", args=[year.plan.pk])
    both, business, meetings = (html(office.get(address + query)) for query in ("", "?list=business", "?list=meetings"))
    work, talk = (f'data-item="{item.pk}"' for item in (year.work, year.talk))
    assert work in both
    assert talk in both
    assert work in business
    assert talk not in business
    assert talk in meetings
    assert work not in meetings


def test_what_is_missing_is_named_and_linked(year, office):
    bare = make_key_point(year.plan, "改作风")
    item = make_item(year.plan, year.routine, year.town.office, "窗口服务", key_point=bare)
    page = html(office.get(reverse("plans:show", args=[year.plan.pk])))
    assert page.count('data-missing="') == 3
    assert reverse("plans:item_requirements", args=[item.pk]) in page
    assert reverse("plans:key_point", args=[year.plan.pk, bare.pk]) in page
    assert 'data-hindrance="person"' in page


def test_a_key_point_is_added_with_what_it_requires(year, office):
    sent = {"title": "优化服务", "text": "", **TEXTS}
    assert office.post(reverse("plans:key_point_new", args=[year.plan.pk]), sent).status_code == 302
    assert KeyPoint.objects.get(title="优化服务").requirements.count() == 3


def test_an_item_is_added_in_five_fields_and_its_head_answers_for_it(year, office):
    sent = {"title": "职业培训", "kind": year.routine.pk, "organization": year.town.office.pk}
    address = f"{reverse('plans:item_new', args=[year.plan.pk])}?point={year.point.pk}"
    assert office.post(address, sent | {"key_point": year.point.pk, "due_on": DUE.isoformat()}).status_code == 302
    item = Item.objects.get(title="职业培训")
    assert (item.key_point, item.person.name, item.state) == (year.point, "赵立", "draft")


def test_the_owner_of_a_new_item_is_proposed_by_its_side(year):
    town, writer = year.town, client_of(year.town.secretary)
    tie("covers", town.first, town.wages)
    plan = make_plan(town.first, year.plan.year)
    address = reverse("plans:item_new", args=[plan.pk])
    # Of the two sections that the branch covers the secretary works in the office.
    assert "不填则党建事项由第1党支部主责,业务事项由办公室主责。" in html(writer.get(address))
    for kind, owner in ((year.routine, town.office), (year.lecture, town.first)):
        assert writer.post(address, {"title": kind.name, "kind": kind.pk}).status_code == 302
        assert Item.objects.get(plan=plan, kind=kind).organization == owner


def test_of_a_units_plan_the_party_organization_set_in_it_is_proposed_and_else_one_is_asked_for(year, office):
    told = html(office.get(reverse("plans:item_new", args=[year.plan.pk])))
    assert "不填则党建事项由人社局机关党委主责,业务事项由人社局主责。" in told
    plan = make_plan(make_organization(K.UNIT, "服务中心", year.town.bureau), year.plan.year)
    sent = {"title": "专题党课", "kind": year.lecture.pk}
    answer = office.post(reverse("plans:item_new", args=[plan.pk]), sent, **HTMX)
    assert (answer.status_code, "请选择主责单位。" in html(answer)) == (422, True)


def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong_beside_the_field(year, office):
    sent = {"title": "职业培训", "kind": year.routine.pk, "organization": year.town.first.pk}
    answer = office.post(reverse("plans:item_new", args=[year.plan.pk]), sent, **HTMX)
    assert answer.status_code == 422
    assert "请选行政单位或科室" in html(answer)
    assert "职业培训" in html(answer)
    assert "<html" not in html(answer)


def test_what_one_types_finds_owners_and_people(year, office):
    owners = office.get(reverse("plans:owners", args=[year.plan.pk]), {"q": "办公"}).json()["options"]
    assert [one["value"] for one in owners] == [year.town.office.pk]
    people = office.get(reverse("plans:people", args=[year.plan.pk]), {"q": "赵立"}).json()["options"]
    assert len(people) == 1


def test_members_read_their_organizations_plan_and_find_no_form(town, year):
    reader = client_of(town.member)
    assert reader.get(reverse("plans:show", args=[year.plan.pk])).status_code == 404
    assert reader.get(reverse("plans:item_new", args=[year.plan.pk])).status_code == 404


def test_a_plan_of_many_items_asks_no_more_statements_than_one_of_two(year, office, django_assert_max_num_queries):
    for number in range(40):
        facts = {"key_point": year.point, "due_on": DUE, "person": year.work.person}
        make_item(year.plan, year.routine, year.town.office, f"事项{number}", **facts)
    in_force(year)
    # The first request of a session also writes down when it was.
    office.get(reverse("plans:index"))
    for query in ("", "?list=meetings"):
        with django_assert_max_num_queries(12):
            office.get(reverse("plans:show", args=[year.plan.pk]) + query)
    for name in ("items", "taskbook", "index"):
        with django_assert_max_num_queries(12):
            office.get(reverse(f"plans:{name}"))


def test_the_list_of_items_is_filtered_by_side_state_and_list(year, office):
    Item.objects.filter(pk=year.work.pk).update(state="planned", due_on=timezone.localdate() - timedelta(days=1))
    late = html(office.get(reverse("plans:items"), {"state": "late"}))
    assert f'data-item="{year.work.pk}"' in late
    assert f'data-item="{year.talk.pk}"' not in late
    party = html(office.get(reverse("plans:items"), {"side": "party", "list": "meetings"}))
    assert f'data-item="{year.talk.pk}"' in party
    assert f'data-item="{year.work.pk}"' not in party


def test_lists_leave_as_sheets(year, office):
    in_force(year)
    for name, ids in (("items_xlsx", []), ("taskbook_xlsx", []), ("plan_xlsx", [year.plan.pk])):
        answer = office.get(reverse(f"plans:{name}", args=ids))
        assert (name, answer.status_code, answer.content[:2]) == (name, 200, b"PK")


def test_the_taskbook_holds_what_was_approved_with_the_last_word_on_it(year, office):
    address = reverse("plans:taskbook")
    assert f'data-item="{year.work.pk}"' not in html(office.get(address))
    in_force(year)
    year.work.progress.create(on=timezone.localdate(), text="已发放三批", made_by=year.town.officer, made_at=NOON)
    assert "已发放三批" in html(office.get(address))


def test_the_taskbook_tells_of_the_day_that_is_asked_for(year, office):
    began, done = NOON + timedelta(days=5), NOON + timedelta(days=10)
    Item.objects.filter(pk=year.work.pk).update(
        state="done", created_at=NOON, approved_at=NOON, began_at=began, done_at=done, due_on=began.date()
    )
    year.work.progress.create(on=began.date(), text="已发放三批", made_by=year.town.officer, made_at=began)
    # Written down afterwards, of a day before: nobody could read it then.
    year.work.progress.create(on=began.date(), text="补写一句", made_by=year.town.officer, made_at=done)
    told = []
    for at in (NOON - timedelta(days=1), NOON, done - timedelta(days=1), done):
        text = html(office.get(reverse("plans:taskbook"), {"on": at.date().isoformat(), "sort": "state"}))
        words = ("未开始", "进行中", "逾期", "已完成", "还没有登记", "已发放三批", "补写一句")
        told.append([word for word in words if f">{word}<span" in text or f">{word}</span>" in text])
    assert told == [[], ["未开始", "还没有登记"], ["进行中", "逾期", "已发放三批"], ["已完成", "补写一句"]]
    day = {"on": began.date().isoformat(), "state": "open"}
    assert f'data-item="{year.work.pk}"' in html(office.get(reverse("plans:taskbook"), day))
    assert office.get(reverse("plans:taskbook_xlsx"), day).status_code == 200


def test_the_list_of_items_tells_of_the_day_that_is_asked_for(year, office):
    began, done = NOON + timedelta(days=5), NOON + timedelta(days=10)
    Item.objects.filter(pk=year.work.pk).update(state="done", approved_at=NOON, began_at=began, done_at=done)
    Item.objects.filter(pk=year.talk.pk).update(state="cancelled", approved_at=NOON, cancelled_at=began)
    told = []
    for at in (NOON, began, done):
        text = html(office.get(reverse("plans:items"), {"on": at.date().isoformat(), "sort": "state"}))
        told.append([word for word in ("未开始", "进行中", "已完成", "已取消") if f">{word}</span>" in text])
    assert told == [["未开始"], ["进行中", "已取消"], ["已完成", "已取消"]]
    day = {"on": began.date().isoformat(), "state": "open"}
    assert f'data-item="{year.work.pk}"' in html(office.get(reverse("plans:items"), day))
    assert f'data-item="{year.work.pk}"' not in html(office.get(reverse("plans:items"), {"on": "2026-03-01"}))
    assert office.get(reverse("plans:items_xlsx"), day).status_code == 200
