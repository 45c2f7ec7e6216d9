"""Lists taken in by two steps, sent twice, by two, or with something odd at their head: nothing typed is lost."""

import re

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.models import Submission
from onebow.apps.plans.models import Away, RiskPoint

HEAD = "科室\t权力事项或环节\t符合的标准\t防控措施\t责任人"
AWAY = "姓名\t科室\t类别\t开始日期\t结束日期"
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def texts(town):
    name = town.member.person.name
    return {
        "/risks/import/": f"{HEAD}\n工资福利科\t退休审批\t1、3\t双人审核\t{name}\n工资福利科\t退费\t\t复核\t{name}",
        "/absences/import/": f"{AWAY}\n{name}\t工资福利科\t病假\t2026-03-10\t2026-03-11",
    }


@pytest.mark.parametrize("address", ["/risks/import/", "/absences/import/"])
def test_a_list_looked_at_twice_is_shown_twice(town, texts, address):
    client = client_of(town.officer)
    form = client.get(address).content.decode()
    assert 'name="_once"' not in form.split("<main")[1].split("</main>")[0]
    for _ in range(2):
        answer = client.post(address, {"text": texts[address], "_once": "k1"}, **HTMX)
        assert 'data-fate="new"' in answer.content.decode()
    assert not Submission.objects.filter(key="k1").exists()


def test_a_list_that_was_taken_in_leads_again_to_where_it_led(town, texts):
    client, typed = client_of(town.officer), {"text": texts["/absences/import/"], "sure": "on", "_once": "k1"}
    first, second = (client.post("/absences/import/", typed, **HTMX) for _ in range(2))
    assert first["HX-Redirect"] == second["HX-Redirect"] == "/absences/"
    assert Away.objects.count() == 1


def test_what_is_left_of_a_list_is_not_lost_when_its_answer_was(town, texts):
    client, typed = client_of(town.officer), {"text": texts["/risks/import/"], "sure": "on", "_once": "k1"}
    left = client.post("/risks/import/", typed, **HTMX).content.decode()
    assert "已登记 1 个风险点" in left
    again = client.post("/risks/import/", typed, **HTMX)
    assert (again.status_code, again["HX-Retarget"]) == (422, "#notices")
    assert "每一行都已登记过、还没有勾选标准,或有问题不能登记" in again.content.decode()
    assert RiskPoint.objects.count() == 1


def test_of_two_who_bring_the_same_list_the_second_is_told(town, texts):
    typed = {"text": texts["/risks/import/"], "sure": "on"}
    client_of(town.officer).post("/risks/import/", typed | {"_once": "k1"}, **HTMX)
    answer = client_of(town.officer).post("/risks/import/", typed | {"_once": "k2", "held-3": ["2"]}, **HTMX)
    assert answer["HX-Redirect"] == "/risks/"
    assert sorted(RiskPoint.objects.values_list("matter", flat=True)) == ["退休审批", "退费"]
    assert RiskPoint.objects.get(matter="退费").levels.get().held == [2]


def test_ticks_stay_at_their_rows_when_a_list_begins_with_an_empty_one(town, texts):
    client, text = client_of(town.officer), "\n" + texts["/risks/import/"]
    looked = client.post("/risks/import/", {"text": text}, **HTMX).content.decode()
    assert 'name="held-4"' in looked
    # As a browser reads it: the first line break after the tag is none of the text.
    [kept] = re.findall(r'<textarea name="text" hidden>\n(.*?)</textarea>', looked, re.DOTALL)
    client.post("/risks/import/", {"text": kept, "sure": "on", "held-4": ["2", "5"]}, **HTMX)
    assert RiskPoint.objects.get(matter="退费").levels.get().held == [2, 5]


def test_a_list_too_long_to_be_sent_again_is_told_at_once(town):
    measure = "双人审核" * 250
    text = "\n".join([HEAD, *(f"工资福利科\t事项{n}\t1\t{measure}\t{town.member.person.name}" for n in range(410))])
    answer = client_of(town.officer).post("/risks/import/", {"text": text}, **HTMX)
    assert answer.status_code == 422
    assert "清单超过 40 万字" in answer.content.decode()
