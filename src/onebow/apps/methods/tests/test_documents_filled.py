"""Templates of packs on the pages of items, meetings and directives: who finds them, and what they are filled with."""

import io
from dataclasses import replace
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.methods.reading import Document
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.methods.tests.make import BOTH, NEW_YEAR, REMINDER, applied, document, packed
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_person, make_user
from onebow.apps.plans.models import Item, ItemKind, ItemPerson
from onebow.apps.plans.tests.make import make_item, make_plan
from onebow.apps.plans.tests.make_registers import make_directive


@pytest.fixture
def visit(town) -> Item:
    """An item of the pack's kind, with a traveller."""
    applied(town.bureau, packed(**BOTH))
    item = make_item(make_plan(town.bureau), ItemKind.objects.get(key="visit"), town.wages, state=Item.State.PLANNED)
    ItemPerson.objects.create(item=item, person=Person.objects.get(name="钱进"), is_traveller=True)
    return item


@pytest.fixture
def night(town) -> Meeting:
    """A meeting of the pack's kind that was held."""
    applied(town.bureau, packed(**BOTH))
    return held(town, MeetingKind.objects.get(key="study-night"))


def held(town, kind, on=TODAY) -> Meeting:
    facts = {"state": "held", "held_on": on, "hours": 2, "entry_id": 1, "recorded_by": town.officer}
    times = {"recorded_at": NOON, "created_at": NOON, "updated_at": NOON}
    return Meeting.objects.create(organization=town.first, kind=kind, title="学条例", **facts, **times)


def paper(user, door, thing, row, kind="docx"):
    return client_of(user).get(reverse(door, args=[thing.pk, row.pk, kind]))


def words(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def test_the_page_of_a_pack_shows_its_templates(town):
    page = client_of(town.officer).get("/methods/m2-three-grasps/").content.decode()
    assert 'data-document="pre-trip-reminder"' in page
    assert "〔外出地点〕" in page


def test_the_page_of_an_item_offers_the_paper_and_fills_it(town, visit):
    page = client_of(town.officer).get(reverse("plans:item", args=[visit.pk])).content.decode()
    assert page.count('data-document="reminder"') == 2
    assert 'data-document="notes"' not in page
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        response = paper(town.member, "plans:item_document", visit, document(), kind)
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        assert response.content.startswith(start)
    assert "事项：企业用工调研" in words(paper(town.member, "plans:item_document", visit, document()).content)


def test_an_item_that_is_done_keeps_the_paper_of_its_day(town, visit):
    done = {"state": Item.State.DONE, "began_at": NOON, "done_at": NOON - timedelta(days=1)}
    Item.objects.filter(pk=visit.pk).update(**done)
    former = document()
    applied(town.bureau, packed(version="2", documents=(replace(REMINDER, text="@标题 新\n"),)), on=TODAY)
    assert paper(town.officer, "plans:item_document", visit, former).status_code == 200
    assert paper(town.officer, "plans:item_document", visit, document(ends_on=None)).status_code == 404


def test_the_page_of_a_meeting_offers_the_paper_and_fills_it(town, night):
    page = client_of(town.secretary).get(reverse("meetings:show", args=[night.pk])).content.decode()
    assert page.count('data-document="notes"') == 2
    response = paper(town.secretary, "meetings:document", night, document("notes"))
    assert "学习2学时。" in words(response.content)
    assert paper(town.secretary, "meetings:document", night, document("notes"), "pdf").content.startswith(b"%PDF")


def test_a_meeting_of_another_kind_or_not_yet_held_has_no_such_paper(town, night):
    other = MeetingKind.objects.create(scope=town.bureau, key="other", name="会", side="both", due_to="invited")
    meeting = held(town, other)
    assert paper(town.secretary, "meetings:document", meeting, document("notes")).status_code == 404
    Meeting.objects.filter(pk=night.pk).update(state="void")
    assert paper(town.secretary, "meetings:document", night, document("notes")).status_code == 404


def test_a_meeting_that_was_also_of_the_kind_has_the_paper(town, night):
    other = MeetingKind.objects.create(scope=town.bureau, key="other", name="会", side="both", due_to="invited")
    meeting = held(town, other)
    meeting.also.create(kind=night.kind)
    assert paper(town.secretary, "meetings:document", meeting, document("notes")).status_code == 200


def test_the_page_of_a_directive_offers_the_paper_and_fills_it(town):
    reply = Document(
        "reply", "反馈单", "directive", "@标题 反馈单\n关于{{ subject }}，共{{ total }}项。\n", kinds=("document",)
    )
    applied(town.bureau, packed(documents=(reply,)))
    directive, other = make_directive(town.first), make_directive(town.first, kind="task", number="")
    page = client_of(town.secretary).get(reverse("plans:directive", args=[directive.pk])).content.decode()
    assert page.count('data-document="reply"') == 2
    assert "共0项。" in words(paper(town.secretary, "plans:directive_document", directive, document("reply")).content)
    assert paper(town.secretary, "plans:directive_document", other, document("reply")).status_code == 404
    assert paper(town.secretary, "plans:directive_document", directive, document("reply"), "text").status_code == 404
    assert paper(town.stranger, "plans:directive_document", directive, document("reply")).status_code == 404


def test_who_may_not_read_the_thing_finds_no_paper(town, visit, night):
    for user in (town.stranger, town.member):
        assert paper(user, "meetings:document", night, document("notes")).status_code == 404
    for user in (town.stranger, town.secretary):
        assert paper(user, "plans:item_document", visit, document()).status_code == 404
    # Nor a paper of another sort, nor one in a form that is none.
    assert paper(town.officer, "plans:item_document", visit, document("notes")).status_code == 404
    assert paper(town.officer, "meetings:document", night, document()).status_code == 404
    assert paper(town.officer, "plans:item_document", visit, document(), "text").status_code == 404


def test_what_was_said_at_a_restricted_meeting_stays_out_of_the_papers_of_others(town, night):
    MeetingKind.objects.filter(pk=night.kind_id).update(is_restricted=True)
    person = make_person(town.bureau, "陈东")
    join(person, town.first)
    mate = make_user("chendong", person=person)
    assert client_of(mate).get(reverse("meetings:show", args=[night.pk])).status_code == 200
    assert paper(mate, "meetings:document", night, document("notes")).status_code == 404
    assert paper(town.secretary, "meetings:document", night, document("notes")).status_code == 200


def test_papers_and_their_pages_take_few_statements(town, visit, night):
    apply_pack(shipped()["m2-three-grasps"], town.bureau.pk, on=NEW_YEAR, by=None, at=NOON)
    client = client_of(town.officer)
    for address in (
        reverse("plans:item", args=[visit.pk]), reverse("meetings:show", args=[night.pk]),
        reverse("plans:item_document", args=[visit.pk, document().pk, "docx"]),
        reverse("meetings:document", args=[night.pk, document("notes").pk, "docx"]),
    ):  # fmt: skip
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        # What a paper counts for the burden is written after the answer.
        asked = [one["sql"][:200] for one in seen if "base_tally" not in one["sql"]]
        assert len(asked) <= 12, (address, asked)
