"""The pages of the register of what came from above."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Directive
from onebow.apps.plans.services.directives import register_directive
from onebow.apps.plans.tests.make import ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_registers import draft_of, make_directive

HTMX = {"HX-Request": "true"}


def page_of(user, address, status=200, **headers):
    response = client_of(user).get(address, headers=headers)
    assert response.status_code == status
    return response.content.decode()


def typed(town, **facts):
    told = {
        "organization": town.first.pk, "kind": "document", "source": "市委组织部", "title": "关于稳就业的通知",
        "number": "1号", "received_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    return told | facts


def test_a_secretary_registers_replies_and_sees_it_in_the_list(town):
    client = client_of(town.secretary)
    file = SimpleUploadedFile("通知.pdf", b"%PDF-1.4")
    made = client.post("/directives/new/", typed(town, file=file))
    directive = Directive.objects.get()
    assert (made.status_code, made["Location"]) == (302, f"/directives/{directive.pk}/")
    assert client.post(f"/directives/{directive.pk}/reply/", {"on": timezone.localdate()}).status_code == 302
    assert f'data-directive="{directive.pk}" data-state="replied"' in page_of(town.secretary, "/directives/")
    fetched = client.get(f"/directives/{directive.pk}/file/")
    assert fetched.content == b"%PDF-1.4"
    assert fetched["Content-Disposition"].startswith("attachment")


def test_it_is_corrected_and_the_second_who_saves_is_told(town):
    directive = make_directive(town.first)
    client, address = client_of(town.secretary), f"/directives/{directive.pk}/edit/"
    assert 'name="organization"' not in page_of(town.secretary, address)
    assert client.post(address, typed(town, version=1)).status_code == 302
    assert client.post(address, typed(town, version=1, title="另一个")).status_code == 422


def test_bad_input_is_told_beside_its_field_and_keeps_what_was_typed(town):
    answer = client_of(town.secretary).post("/directives/new/", typed(town, title="机密★5年", source="保留这个"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_title_error"' in text
    assert "标题标有密级" in text
    assert "保留这个" in text
    part = client_of(town.secretary).post("/directives/new/", typed(town, title=""), headers=HTMX)
    assert part.status_code == 422
    assert part.content.decode().lstrip().startswith("<section")


def test_an_empty_list_says_what_to_do_first(town):
    assert "/directives/new/" in page_of(town.secretary, "/directives/")
    assert "/directives/new/" not in page_of(town.member, "/directives/")


def test_a_member_reads_those_of_the_own_branch_and_writes_none(town):
    own, other = make_directive(town.second), make_directive(town.first)
    assert f'data-directive="{own.pk}"' in page_of(town.member, "/directives/")
    assert f'data-directive="{other.pk}"' not in page_of(town.member, "/directives/")
    page_of(town.member, f"/directives/{own.pk}/")
    page_of(town.member, f"/directives/{other.pk}/", 404)
    for rest in ("edit/", "reply/"):
        page_of(town.member, f"/directives/{own.pk}/{rest}", 404)
    page_of(town.stranger, f"/directives/{own.pk}/", 404)


def test_the_page_shows_its_items_and_the_report_names_them(town):
    directive = make_directive(town.first)
    item = make_item(
        make_plan(town.office), make_kind(town.bureau, ROUTINE), town.office, directive=directive, due_on=TODAY
    )
    assert f'data-item="{item.pk}" data-state="draft"' in page_of(town.secretary, f"/directives/{directive.pk}/")
    for kind, head in (("docx", b"PK"), ("pdf", b"%PDF")):
        made = client_of(town.secretary).get(f"/directives/{directive.pk}/report.{kind}")
        assert made.content.startswith(head)
    page_of(town.secretary, f"/directives/{directive.pk}/report.exe", 404)
    assert client_of(town.secretary).get("/directives.xlsx").content.startswith(b"PK")


def test_another_day_shows_what_was_there_then_and_offers_nothing_to_write(town):
    directive = make_directive(town.first)
    before = page_of(town.secretary, "/directives/?on=2026-02-01")
    assert f'data-directive="{directive.pk}"' not in before
    page = page_of(town.secretary, f"/directives/{directive.pk}/?on=2026-03-01")
    assert f"/directives/{directive.pk}/reply/" not in page


def test_the_options_are_what_one_may_write_for(town):
    told = client_of(town.secretary).get("/registers/options/", {"q": "党支部"}).json()["options"]
    assert [one["value"] for one in told] == [town.first.pk]


@pytest.mark.parametrize("address", ["/directives/", "/directives/{pk}/"])
def test_a_page_asks_few_questions_however_long_it_is(town, address, django_assert_max_num_queries):
    directive = make_directive(town.first)
    plan, kind = make_plan(town.office), make_kind(town.bureau, ROUTINE)
    for number in range(12):
        register_directive(draft_of(town.first, number=f"{number}"), by=None, at=NOON)
        make_item(plan, kind, town.office, directive=directive)
    client = client_of(town.secretary)
    client.get("/directives/")
    with django_assert_max_num_queries(12):
        client.get(address.format(pk=directive.pk))
