"""The pages of integrity-risk points."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import RiskPoint
from onebow.apps.plans.services.risks import lift_risk, review_risk
from onebow.apps.plans.tests.make import ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_risks import make_risk, review_of

HTMX = {"HX-Request": "true"}


def page_of(user, address, status=200, **headers):
    response = client_of(user).get(address, headers=headers)
    assert response.status_code == status
    return response.content.decode()


def typed(town, **facts):
    told = {
        "organization": town.wages.pk, "matter": "提前退休审批", "measure": "双人审核", "owner": town.member.person.pk,
        "held": ["1", "3"], "review_on": (timezone.localdate() + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    return told | facts


def test_an_officer_registers_corrects_reviews_and_lifts_one(town):
    client = client_of(town.officer)
    made = client.post("/risks/new/", typed(town, roles=["unit_head"]))
    point = RiskPoint.objects.get()
    assert (made.status_code, made["Location"]) == (302, f"/risks/{point.pk}/")
    assert f'data-risk="{point.pk}" data-level="medium" data-due="ahead"' in page_of(town.officer, "/risks/")
    told = typed(town, version=1, measure="公示")
    assert client.post(f"/risks/{point.pk}/edit/", told).status_code == 302
    today = timezone.localdate()
    review = {"version": 2, "on": today, "held": ["2"], "next_on": today + timedelta(days=300), "remark": "措施有效"}
    assert client.post(f"/risks/{point.pk}/review/", review).status_code == 302
    text = page_of(town.officer, f"/risks/{point.pk}/")
    assert 'data-history="low"' in text
    assert "措施有效" in text
    assert client.post(f"/risks/{point.pk}/lifting/", {"version": 3, "reason": "上收"}).status_code == 302
    assert f'data-risk="{point.pk}"' not in page_of(town.officer, "/risks/")
    assert f'data-risk="{point.pk}"' in page_of(town.officer, "/risks/?due=lifted")
    page_of(town.officer, f"/risks/{point.pk}/edit/", 422)


def test_the_second_who_saves_is_told_and_loses_nothing(town):
    point, client = make_risk(town), client_of(town.officer)
    assert client.post(f"/risks/{point.pk}/edit/", typed(town, version=1)).status_code == 302
    again = client.post(f"/risks/{point.pk}/edit/", typed(town, version=1, measure="另一种措施"))
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"held": []}, "held"), ({"held": ["9"]}, "held"), ({"matter": "机密★5年"}, "matter"), ({"owner": "0"}, "owner"),
     ({"review_on": "明年"}, "review_on"), ({"items": ["x"]}, "items")],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field_and_keeps_what_was_typed(town, facts, field):
    answer = client_of(town.officer).post("/risks/new/", typed(town, measure="保留这个") | facts, headers=HTMX)
    text = answer.content.decode()
    assert (answer.status_code, f'id="id_{field}_error"' in text, "保留这个" in text) == (422, True, True)
    assert text.lstrip().startswith("<section")


def test_a_member_reads_matter_level_and_measure_and_no_remark(town):
    point = make_risk(town)
    review_risk(point.pk, review_of(remark="与某企业走得近"), version=1, by=None, at=NOON)
    text = page_of(town.staff, f"/risks/{point.pk}/")
    assert all(word in text for word in ("提前退休审批", "三级(低)", "双人审核"))
    assert "与某企业走得近" not in text
    assert "与某企业走得近" in page_of(town.officer, f"/risks/{point.pk}/")


def test_a_stranger_finds_nothing_and_who_reads_does_not_write(town):
    point = make_risk(town)
    for user, doors in ((town.stranger, ("", "edit/", "review/")), (town.staff, ("edit/", "review/", "lifting/")),
                        (town.secretary, ("", "edit/"))):  # fmt: skip
        for door in doors:
            page_of(user, f"/risks/{point.pk}/{door}", 404)


def test_an_empty_list_says_what_to_do_first(town):
    assert "/risks/new/" in page_of(town.officer, "/risks/")
    assert "/risks/new/" not in page_of(town.staff, "/risks/")


def test_an_earlier_day_shows_what_stood_then_and_writes_nothing(town):
    point = make_risk(town)
    lift_risk(point.pk, "上收", version=1, by=None, at=NOON + timedelta(days=5))
    text = page_of(town.officer, f"/risks/{point.pk}/?on={TODAY}")
    assert f"/risks/{point.pk}/review/" not in text
    assert "上收" not in text
    assert f'data-risk="{point.pk}" data-level="high"' in page_of(town.officer, f"/risks/?on={TODAY}")
    page_of(town.officer, f"/risks/{point.pk}/?on={TODAY - timedelta(days=1)}", 404)


def test_the_list_leaves_as_a_sheet_and_as_a_paper(town):
    make_risk(town)
    client = client_of(town.officer)
    for address, sign in (("/risks.xlsx", b"PK"), ("/risks.docx", b"PK"), ("/risks.pdf", b"%PDF")):
        assert client.get(address).content.startswith(sign)


def test_an_item_shows_its_risk_points_beside_its_integrity_requirement(town):
    kind, plan = make_kind(town.bureau, ROUTINE), make_plan(town.wages)
    item, other = make_item(plan, kind, town.wages), make_item(make_plan(town.office), kind, town.office, "别的")
    itself, whole = make_risk(town, item_ids=(item.pk,)), make_risk(town, matter="留痕", kind_ids=(kind.pk,))
    text = page_of(town.officer, f"/items/{item.pk}/")
    assert all(f'data-risk="{one.pk}"' in text for one in (itself, whole))
    assert "data-risk=" not in page_of(town.officer, f"/items/{other.pk}/")
    new = page_of(town.officer, f"/risks/new/?item={item.pk}")
    assert f'<option value="{item.pk}" selected>' in new


def test_what_is_due_stands_on_the_front_page(town):
    today = timezone.localdate()
    point = make_risk(town)
    RiskPoint.objects.update(review_on=today + timedelta(days=3))
    assert f'href="/risks/{point.pk}/"' in page_of(town.officer, "/")
    assert 'data-waits="risk"' not in page_of(town.staff, "/")


def test_pickers_answer_with_what_may_be_picked(town):
    kind = make_kind(town.bureau, ROUTINE)
    item = make_item(make_plan(town.wages, timezone.localdate().year), kind, town.wages)
    client = client_of(town.officer)
    told = {name: client.get(f"/risks/{name}/?q={word}").json()["options"]
            for name, word in (("people", "qj"), ("kinds", "日常"), ("items", "用工"))}  # fmt: skip
    ids = {name: [one["value"] for one in options] for name, options in told.items()}
    assert ids == {"people": [town.member.person.pk], "kinds": [kind.pk], "items": [item.pk]}


@pytest.mark.parametrize(
    "address",
    ["/risks/", "/risks/{pk}/", "/risks/new/", "/risks/{pk}/edit/", "/risks/{pk}/review/", "/risks.xlsx"],
)
def test_a_page_asks_little_however_many_there_are(town, address, django_assert_max_num_queries):
    kind = make_kind(town.bureau, ROUTINE)
    points = [make_risk(town, matter=f"事项{no}", roles=("unit_head",), kind_ids=(kind.pk,)) for no in range(5)]
    client, address = client_of(town.officer), address.format(pk=points[0].pk)
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
