"""The page of an item."""

from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, make_person
from onebow.apps.plans.models import ItemPerson, Progress, SiteVisit, Tie
from onebow.apps.plans.queries.items.waiting import waiting_for_person
from onebow.apps.plans.services import items as services
from onebow.apps.plans.tests.make import CASEWORK, LECTURE, make_item, make_key_point, make_kind
from onebow.apps.plans.tests.make_items import finish_stage, make_trip, walk_to

MOST = 12


def page(trip, user, door="item", *ids):
    return client_of(user).get(reverse(f"plans:{door}", args=[trip.item.pk, *ids]))


def post(trip, user, door, *ids, **data):
    return client_of(user).post(reverse(f"plans:{door}", args=[trip.item.pk, *ids]), data)


def test_everybody_near_reads_it_and_a_stranger_finds_nothing(trip):
    for user in (trip.owner, trip.traveller, trip.head, trip.secretary, trip.town.officer):
        assert page(trip, user).status_code == 200
    # Who leads another branch has no part in it.
    assert page(trip, trip.town.secretary).status_code == 404
    assert page(trip, trip.town.stranger).status_code == 404
    for door in ("item_urgency", "item_progress", "item_visit", "item_trip", "item_reopening"):
        ids = (trip.stage("plan"),) if door == "item_urgency" else ()
        assert page(trip, trip.town.stranger, door, *ids).status_code == 404
    for door in ("item_start", "item_checkpoints", "item_confirmations", "item_closure"):
        assert post(trip, trip.town.stranger, door).status_code == 404


def test_the_page_leads_only_where_the_reader_may_go(trip):
    plan, people = reverse("plans:show", args=[trip.item.plan_id]), reverse("plans:item_people", args=[trip.item.pk])
    seen = set()
    for user in (trip.owner, trip.traveller, trip.head, trip.secretary, trip.town.officer):
        shown, client = page(trip, user).content.decode(), client_of(user)
        opens = client.get(plan).status_code == 200, client.get(people).status_code == 200
        assert (f'href="{plan}"' in shown, f'href="{people}"' in shown) == opens
        seen.add(opens)
    assert (True, True) in seen
    assert (False, False) in seen


def test_a_research_trip_goes_through_all_its_stages_by_clicks(trip):
    assert "开始办理" in page(trip, trip.owner).content.decode()
    assert post(trip, trip.owner, "item_start").status_code == 302
    plan = trip.checkpoint("方案").pk
    locked = post(trip, trip.owner, "item_passing", trip.stage("plan"))
    assert (locked.status_code, "没有落实" in locked.content.decode()) == (422, True)
    done = {f"done_{plan}": "on", f"note_{plan}": "第三部分"}
    assert post(trip, trip.owner, "item_checkpoints", **done).status_code == 302
    assert post(trip, trip.owner, "item_passing", trip.stage("plan")).status_code == 302
    meeting, reminder = trip.checkpoint("支委会").pk, trip.checkpoint("行前提醒").pk
    assert post(trip, trip.secretary, "item_checkpoints", **{f"done_{meeting}": "on"}).status_code == 302
    assert post(trip, trip.traveller, "item_confirmations", checkpoint=reminder).status_code == 302
    days = {"first": "2026-03-09", "last": "2026-03-11", "place": "高新区"}
    assert post(trip, trip.owner, "item_trip", **days).status_code == 302
    assert post(trip, trip.owner, "item_passing", trip.stage("pre_trip")).status_code == 302
    today = timezone.localdate().isoformat()
    heard = {"on": today, "method": "separately", "heard": "managed", "count": "3"}
    assert post(trip, trip.traveller, "item_visit", **heard).status_code == 302
    text = page(trip, trip.owner).content.decode()
    assert "还没有听取:管理者、相对人" in text
    assert post(trip, trip.owner, "item_progress", on=today, text="走访 3 户").status_code == 302
    assert post(trip, trip.owner, "item_passing", trip.stage("on_site")).status_code == 302
    urgent = post(trip, trip.head, "item_urgency", trip.stage("drafting"), reason="限时上报")
    assert urgent.status_code == 302
    text = page(trip, trip.owner).content.decode()
    assert "有 1 项待补办" in text
    assert post(trip, trip.owner, "item_closure").status_code == 422
    drafting = trip.checkpoint("数字和事实").pk
    assert post(trip, trip.owner, "item_checkpoints", **{f"done_{drafting}": "on"}).status_code == 302
    assert post(trip, trip.owner, "item_closure").status_code == 302
    assert trip.now().state == "done"
    assert post(trip, trip.owner, "item_reopening", reason="补充材料").status_code == 302


def test_what_is_to_be_made_up_hides_no_way_to_the_next_stage(trip):
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    services.pass_urgently(trip.item.pk, trip.stage("plan"), reason="急", by=trip.owner, at=NOON)
    finish_stage(trip)
    text = page(trip, trip.owner).content.decode()
    assert "待补办" in text
    assert "完成“行前准备”,进入“现场调研”" in text


def test_casework_is_closed_with_a_checkpoint_open(town):
    trip = make_trip(town, CASEWORK)
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    assert "完成“受理”,进入“办结”" in page(trip, trip.owner).content.decode()
    services.pass_stage(trip.item.pk, trip.stage("accepted"), by=trip.owner, at=NOON)
    assert reverse("plans:item_closure", args=[trip.item.pk]) in page(trip, trip.owner).content.decode()
    assert post(trip, trip.owner, "item_closure").status_code == 302


def test_the_four_points_show_both_sides(trip):
    walk_to(trip, "drafting")
    Progress.objects.create(item=trip.item, on=NOON.date(), text="走访 3 户企业", made_by=trip.owner, made_at=NOON)
    text = page(trip, trip.owner).content.decode()
    for point in ("deploy", "implement", "check", "appraise"):
        assert f'data-point="{point}"' in text
    deploy = text.split('data-point="deploy"')[1].split("</section>")[0]
    assert "方案载明政治要求" in deploy
    assert "已落实" in deploy


def test_each_requirement_says_where_it_stands(trip):
    trip.item.key_point = make_key_point(trip.item.plan, party_building="支部研究", political="落实就业优先")
    trip.item.save()
    text = page(trip, trip.owner).content.decode()
    assert "出自工作要点“稳就业”" in text
    assert "没有写明" in text.split('data-category="integrity"')[1].split("</li>")[0]


def test_what_was_typed_wrongly_is_shown_again_with_a_sentence(trip):
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    plan = trip.checkpoint("方案").pk
    answer = post(trip, trip.owner, "item_checkpoints", **{f"note_{plan}": "写了方案"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "填写了落实情况,请同时勾选" in text
    assert "写了方案" in text
    assert "请至少勾选一项" in post(trip, trip.owner, "item_checkpoints").content.decode()
    answer = post(trip, trip.owner, "item_progress", on="2026-02-30", text="走访")
    assert (answer.status_code, "请填写完整日期" in answer.content.decode()) == (422, True)
    answer = post(trip, trip.owner, "item_trip", first="2026-03-09", last="2026-03-01")
    assert "最后一天不能早于第一天" in answer.content.decode()


def test_htmx_gets_the_part_alone(trip):
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    address = reverse("plans:item_checkpoints", args=[trip.item.pk])
    answer = client_of(trip.owner).post(address, {}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "<html" not in answer.content.decode()
    assert 'id="deed"' in answer.content.decode()


def test_who_comes_second_is_told_by_the_page_too(trip):
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    plan = trip.checkpoint("方案").pk
    services.do_checkpoints(trip.item.pk, {plan: "甲"}, by=trip.owner, at=NOON)
    answer = post(trip, trip.head, "item_checkpoints", **{f"done_{plan}": "on"})
    assert answer.status_code == 422
    assert "已由qianjin于" in answer.content.decode()


def test_the_page_asks_few_questions_however_much_hangs_on_the_item(trip, django_assert_max_num_queries):
    walk_to(trip, "drafting")
    client, address = client_of(trip.head), reverse("plans:item", args=[trip.item.pk])
    client.get(address)
    for number in range(5):
        ItemPerson.objects.create(item=trip.item, person=make_person(trip.town.bureau, f"人{number}"))
        Progress.objects.create(item=trip.item, on=NOON.date(), text="走访", made_by=trip.owner, made_at=NOON)
        SiteVisit.objects.create(
            item=trip.item, on=NOON.date(), method="staying", heard="others", made_by=trip.owner, made_at=NOON
        )
    kind = make_kind(trip.town.bureau, LECTURE)
    party = make_item(trip.item.plan, kind, trip.town.second, "支部服务", state="planned")
    Tie.objects.create(source=party, target=trip.item, kind="supports", made_at=NOON)
    with django_assert_max_num_queries(MOST):
        assert client.get(address).status_code == 200
    # Whose branch covers the section is asked besides.
    secretary = client_of(trip.secretary)
    secretary.get(address)
    with django_assert_max_num_queries(MOST):
        assert party.title in secretary.get(address).content.decode()


def test_the_sheet_of_a_trip_is_printed(trip):
    walk_to(trip, "pre_trip")
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = page(trip, trip.traveller, "item_sheet", kind)
        assert answer.status_code == 200
        assert answer.content.startswith(start)
    assert page(trip, trip.traveller, "item_sheet", "odt").status_code == 404
    assert page(trip, trip.town.stranger, "item_sheet", "pdf").status_code == 404


def reach(user):
    return reach_of(user, NOON.date())


def test_what_waits_for_each_is_theirs_alone(trip):
    walk_to(trip, "pre_trip")
    owner, secretary, traveller = (
        waiting_for_person(reach(user), NOON.date()) for user in (trip.owner, trip.secretary, trip.traveller)
    )
    assert ([one.pk for one in owner.items], owner.total) == ([trip.item.pk], 0)
    assert [one.text for one in secretary.to_do] == ["召开支委会研究可能遇到的困难"]
    assert [one.text for one in traveller.to_confirm] == ["行前提醒并逐项核对"]
    assert waiting_for_person(reach(trip.town.secretary), NOON.date()).total == 0
    finish_stage(trip)
    assert waiting_for_person(reach(trip.traveller), NOON.date()).total == 0
    assert waiting_for_person(reach(trip.secretary), NOON.date()).total == 0


def test_make_ups_wait_with_their_day(trip):
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    services.pass_urgently(trip.item.pk, trip.stage("plan"), reason="急", by=trip.owner, at=NOON)
    assert [one.text for one in waiting_for_person(reach(trip.owner), NOON.date()).make_ups] == ["方案载明政治要求"]


def test_two_questions_tell_what_waits_after_one_for_what_the_branch_covers(trip, django_assert_num_queries):
    seen = reach(trip.secretary)
    with django_assert_num_queries(3):
        waiting_for_person(seen, NOON.date())


def test_my_page_shows_what_waits_and_says_so_where_nothing_does(trip, django_assert_max_num_queries):
    address = reverse("plans:items_mine")
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    client = client_of(trip.owner)
    client.get(address)
    with django_assert_max_num_queries(MOST):
        text = client.get(address).content.decode()
    assert f'data-checkpoint="{trip.checkpoint("方案").pk}"' in text
    assert "现在没有等您办的事" in client_of(trip.town.secretary).get(address).content.decode()
    assert "账号没有对应的人员" in client_of(trip.town.officer).get(address).content.decode()
    assert client_of(trip.town.stranger).get(address).status_code == 404


def test_the_person_page_names_who_answers_for_it(trip):
    assert Person.objects.get(name="钱进").name in page(trip, trip.head).content.decode()
