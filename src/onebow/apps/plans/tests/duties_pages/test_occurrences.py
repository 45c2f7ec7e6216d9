"""The page of an occurrence: what proves it, what is said of it, its day and topic."""

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.tests.duties_pages.reading import HTMX, text
from onebow.apps.plans.tests.make_duties import (
    do,
)


def test_an_occurrence_tells_what_proves_it_and_what_may_be_said(town, past, secretary):
    do(town.first, "theme_day", on=TODAY)
    march = Occurrence.objects.get(duty=past[0].duty_id, organization=town.first, starts_on=TODAY.replace(day=1))
    html = text(secretary, f"/occurrences/{march.pk}/")
    assert "data-proof=" in html
    assert "/miss/" not in html
    html = text(secretary, f"/occurrences/{past[3].pk}/")
    assert "没有登记过完成" in html
    assert f"/occurrences/{past[3].pk}/miss/" in html


def test_members_read_an_occurrence_and_say_nothing(town, past):
    second = Occurrence.objects.filter(organization=town.second, duty=past[0].duty_id).first()
    client = client_of(town.member)
    assert "登记未落实" not in text(client, f"/occurrences/{second.pk}/")
    text(client, f"/occurrences/{second.pk}/miss/", status=404)
    text(client, f"/duties/organizations/{town.second.pk}/")
    assert client.post(f"/duties/organizations/{town.second.pk}/").status_code == 404


def test_on_another_day_nothing_is_offered(past, secretary, year):
    html = text(secretary, f"/occurrences/{past[3].pk}/", on=f"{year - 1}-12-31")
    assert "/miss/" not in html
    assert "安排日期" not in html


def test_missed_excused_and_taken_back(past, secretary):
    one, other = past[3], past[4]
    assert secretary.post(f"/occurrences/{one.pk}/miss/", {"version": 1, "reason": "抗洪"}).status_code == 302
    html = text(secretary, f"/occurrences/{one.pk}/")
    assert "抗洪" in html
    # What was missed may be made up, from here.
    assert f"/meetings/new/?occurrence={one.pk}" in html
    sent = {"version": 1, "basis": "上级通知暂停"}
    assert secretary.post(f"/occurrences/{other.pk}/excusal/", sent, headers=HTMX).status_code == 200
    assert "上级通知暂停" in text(secretary, f"/occurrences/{other.pk}/")
    assert secretary.post(f"/occurrences/{other.pk}/restoration/", {"version": 2}).status_code == 302
    assert Occurrence.objects.get(pk=other.pk).excuse == ""
    # What was said already is refused when the form is opened.
    text(secretary, f"/occurrences/{one.pk}/miss/", status=422)


def test_a_reason_that_is_missing_is_asked_for_and_a_stale_form_is_told(past, secretary):
    address = f"/occurrences/{past[3].pk}/miss/"
    assert secretary.post(address, {"version": 1, "reason": ""}).status_code == 422
    answer = secretary.post(address, {"version": 7, "reason": "抗洪"}, headers=HTMX)
    assert "其他人修改" in answer.content.decode()
    assert not Occurrence.objects.exclude(missed_on=None).exists()


def test_day_and_topic_are_planned_and_a_day_outside_is_told_beside_the_field(coming, secretary, year):
    address = f"/occurrences/{coming[3].pk}/plan/"
    assert f"建议 {year + 1}年4月" in text(secretary, address)
    sent = {"version": 1, "planned_on": f"{year + 1}-05-01", "topic": "清明祭扫"}
    answer = secretary.post(address, sent)
    assert answer.status_code == 422
    assert "计划日期应在" in answer.content.decode()
    assert "清明祭扫" in answer.content.decode()
    assert secretary.post(address, sent | {"planned_on": f"{year + 1}-04-09"}).status_code == 302
    assert Occurrence.objects.get(pk=coming[3].pk).topic == "清明祭扫"
