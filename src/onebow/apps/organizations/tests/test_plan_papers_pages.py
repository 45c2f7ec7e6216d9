"""The pages of papers: who may, what is asked, what is shown and handed out."""

import re
from urllib.parse import unquote

import pytest
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Person, Post, Restructuring
from onebow.apps.organizations.queries.restructuring.papers.catalog import KINDS
from onebow.apps.organizations.tests.make import NOON, appoint, make_organization, make_person, make_user
from onebow.apps.organizations.tests.make_papers import make_bureau, submit
from onebow.apps.organizations.tests.make_restructurings import make_plan
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def client(bureau):
    return client_of(bureau.officer)


def index_of(plan):
    return reverse("organizations:restructuring_papers", args=[plan.pk])


def page_of(plan, key="founding_request"):
    return reverse("organizations:restructuring_document", args=[plan.pk, key])


def file_of(plan, key="founding_request", kind="docx"):
    return reverse("organizations:restructuring_document_file", args=[plan.pk, key, kind])


def states(text):
    return dict(re.findall(r'data-paper="(\w+)" data-state="(\w+)"', text))


def test_the_list_tells_the_state_of_each_paper(bureau, client):
    drafted = client.get(index_of(bureau.plan)).content.decode()
    expected = {
        "founding_request": "draft",
        "founding_reply": "none",
        "founding_notice": "none",
        "before_after": "draft",
    }
    assert states(drafted) == expected
    assert file_of(bureau.plan, "founding_reply") not in drafted
    submit(bureau)
    handed_in = client.get(index_of(bureau.plan)).content.decode()
    assert states(handed_in)["founding_request"] == "ready"
    assert file_of(bureau.plan, "founding_reply") in handed_in


@pytest.mark.parametrize("key", list(KINDS))
def test_every_paper_is_read_as_text_and_fetched_in_both_forms(bureau, client, key):
    submit(bureau)
    text = client.get(page_of(bureau.plan, key)).content.decode()
    assert "工资科党支部" in text
    assert client.get(file_of(bureau.plan, key, "docx")).content.startswith(b"PK")
    answer = client.get(file_of(bureau.plan, key, "pdf"))
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"


def test_what_is_asked_goes_into_the_paper_and_stays_in_the_address(bureau, client):
    submit(bureau)
    asked = {"head": "中共人社局党组文件", "number": "人社党〔2026〕3号", "contact": "周某，010-00000000"}
    text = client.get(page_of(bureau.plan), asked).content.decode()
    assert "人社党〔2026〕3号" in re.search(r"<pre.*?</pre>", text, re.DOTALL)[0]
    [address] = re.findall(r'href="([^"]+founding_request\.docx[^"]*)"', text)
    assert "number=人社党〔2026〕3号" in unquote(address)
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_draft_is_named_as_one(bureau, client):
    assert "草稿" in unquote(client.get(file_of(bureau.plan))["Content-Disposition"])
    assert 'data-notice="warn"' in client.get(page_of(bureau.plan)).content.decode()
    submit(bureau)
    assert "草稿" not in unquote(client.get(file_of(bureau.plan))["Content-Disposition"])
    assert "草稿" in unquote(client.get(file_of(bureau.plan, "founding_reply"))["Content-Disposition"])


def test_what_cannot_be_read_is_said_and_no_file_comes(bureau, client):
    submit(bureau)
    for asked in ({"elect_by": "改天"}, {"printer": "长" * 61}):
        answer = client.get(page_of(bureau.plan, "founding_reply"), asked)
        assert answer.status_code == 422
        assert 'data-field="' in answer.content.decode()
        assert file_of(bureau.plan, "founding_reply") not in answer.content.decode()
        assert client.get(file_of(bureau.plan, "founding_reply"), asked).status_code == 422


def test_a_paper_that_there_is_not_yet_is_refused_as_a_file_and_explained_on_its_page(bureau, client):
    answer = client.get(page_of(bureau.plan, "founding_reply"))
    assert answer.status_code == 200
    assert "<pre" not in answer.content.decode()
    assert client.get(file_of(bureau.plan, "founding_reply")).status_code == 422


@pytest.mark.parametrize(("key", "kind"), [("member_list", "docx"), ("ballot", "pdf"), ("founding_request", "text")])
def test_there_are_no_other_papers_and_forms(bureau, client, key, kind):
    assert client.get(file_of(bureau.plan, key, kind)).status_code == 404


def test_a_plan_of_another_unit_has_no_papers(bureau, client):
    abroad = make_plan(make_node("unit", "水务局"), make_node("organ_committee", "水务局机关党委"))
    for address in (index_of(abroad), page_of(abroad), file_of(abroad)):
        assert client.get(address).status_code == 404


def test_who_leads_the_unit_reads_the_papers_of_what_was_handed_in(bureau):
    elsewhere = make_organization("unit", "区政府")
    person = make_person(elsewhere, "区长")
    appoint(person, bureau.unit, Post.Role.UNIT_HEAD)
    leader = client_of(make_user("leader", person=Person.objects.get(pk=person.pk)))
    assert leader.get(index_of(bureau.plan)).status_code == 404
    submit(bureau)
    text = leader.get(index_of(bureau.plan)).content.decode()
    assert states(text)["founding_request"] == "ready"
    assert 'data-paper="lists"' not in text
    assert leader.get(file_of(bureau.plan)).status_code == 200


def test_hostile_names_are_escaped_on_the_page(bureau, client):
    bureau.plan.planned.filter(continues=None).update(name="<script>alert(1)</script>{{ 7*7 }}")
    Restructuring.objects.filter(pk=bureau.plan.pk).update(name="<b>方案</b>", submitted_at=NOON, state="submitted")
    text = client.get(page_of(bureau.plan), {"contact": "</pre><script>x</script>"}).content.decode()
    assert "<script>alert" not in text
    assert "<script>x" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text


def test_pages_cost_a_few_queries(bureau, client, django_assert_max_num_queries):
    submit(bureau)
    client.get(index_of(bureau.plan))
    with django_assert_max_num_queries(8):
        client.get(index_of(bureau.plan))
    for key, most in (("founding_request", 25), ("founding_reply", 25), ("before_after", 20)):
        with django_assert_max_num_queries(most):
            client.get(page_of(bureau.plan, key))
