"""Bylaws and their versions."""

import doctest
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Bylaw
from onebow.apps.plans.queries.bylaws import STATES, bylaws_on, in_state, standings_of
from onebow.apps.plans.rules import differences
from onebow.apps.plans.rules.differences import pairs_of
from onebow.apps.plans.services.bylaws import VersionDraft, adopt_version, end_bylaw, make_bylaw
from onebow.apps.plans.tests.make_registers import START, make_bylaw_of

DAY = timedelta(days=1)
LATER = date(2026, 1, 1)
TEXTS = st.text(alphabet="甲乙丙\n ", max_size=60)


def page_of(user, address, status=200):
    response = client_of(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def adopt(town, bylaw, text="第一条 一次告知", on=LATER, **told):
    return adopt_version(bylaw.pk, VersionDraft(on, text), by=town.secretary, at=NOON, **told)


def test_a_secretary_makes_one_and_it_is_told(town):
    bylaw = make_bylaw(town.first.pk, "首问负责制", "", VersionDraft(START, "第一条"), by=town.secretary, at=NOON)
    entry = Entry.objects.select_related("body").get(kind="bylaw.adopted")
    assert (entry.source_id, entry.happened_on, entry.data) == (bylaw.pk, START, {"number": 1})


def test_a_new_version_ends_the_former_and_each_day_has_its_own(town):
    bylaw = make_bylaw_of(town.first)
    adopt(town, bylaw)
    for on, number in ((LATER - DAY, 1), (LATER, 2), (TODAY, 2)):
        standing = standings_of([bylaw], on)[bylaw.pk]
        assert standing.current
        assert standing.current.number == number
    assert standings_of([bylaw], START - DAY)[bylaw.pk].state == "coming"


def test_one_that_ended_is_adopted_anew(town):
    bylaw = make_bylaw_of(town.first)
    end_bylaw(bylaw.pk, on=date(2025, 6, 1), by=town.secretary, at=NOON)
    assert standings_of([bylaw], date(2025, 7, 1))[bylaw.pk].state == "ended"
    assert adopt(town, bylaw, "第一条 首问必答").number == 2
    assert Entry.objects.filter(kind="bylaw.ended").count() == 1
    assert [bylaw.versions.get(number=1).ends_on, bylaw.versions.get(number=2).ends_on] == [date(2025, 6, 1), None]


@pytest.mark.parametrize(
    ("text", "on", "words"),
    [
        ("  ", LATER, "请填写正文"),
        ("第一条 首问必答", LATER, "与现行版本相同"),
        ("第一条 一次告知", START, "必须晚于上一版本"),
    ],
)
def test_a_version_that_does_not_follow_is_refused(town, text, on, words):
    bylaw = make_bylaw_of(town.first)
    with pytest.raises(Refused, match=words):
        adopt(town, bylaw, text, on)
    assert bylaw.versions.get().ends_on is None


def test_the_same_name_a_secret_file_and_a_second_end_are_refused(town):
    bylaw = make_bylaw_of(town.first)
    with pytest.raises(Refused, match="已有制度"):
        make_bylaw_of(town.first)
    with pytest.raises(Refused, match="制度名称标有密级"):
        make_bylaw_of(town.first, "机密★制度")
    with pytest.raises(Refused, match="文件名标有密级"):
        adopt(town, bylaw, upload=SimpleUploadedFile("制度-机密.pdf", b"%PDF-1.4"))
    with pytest.raises(Refused, match="必须晚于现行版本"):
        end_bylaw(bylaw.pk, on=START, by=town.secretary, at=NOON)
    end_bylaw(bylaw.pk, on=TODAY, by=town.secretary, at=NOON)
    with pytest.raises(Refused, match="已经废止"):
        end_bylaw(bylaw.pk, on=TODAY, by=town.secretary, at=NOON)


def test_who_leads_it_not_writes_nothing(town):
    bylaw = make_bylaw_of(town.second)
    for deed in (
        lambda: make_bylaw(town.second.pk, "另一个", "", VersionDraft(START, "一"), by=town.member, at=NOON),
        lambda: adopt(town, bylaw),
        lambda: end_bylaw(bylaw.pk, on=TODAY, by=town.member, at=NOON),
    ):
        with pytest.raises(Refused, match="由它的书记"):
            deed()


def test_the_filter_finds_each_state(town):
    rows = {"in_force": make_bylaw_of(town.first, "一"), "ended": make_bylaw_of(town.first, "二")}
    end_bylaw(rows["ended"].pk, on=TODAY, by=None, at=NOON)
    rows["coming"] = make_bylaw(town.first.pk, "三", "", VersionDraft(TODAY + DAY, "一"), by=None, at=NOON)
    found = bylaws_on(reach_of(town.secretary, TODAY))
    assert {state: list(in_state(TODAY)(found, state)) for state in STATES} == {s: [rows[s]] for s in STATES}


@given(TEXTS, TEXTS)
def test_a_comparison_loses_no_line_of_either_text(former, later):
    pairs = pairs_of(former, later)
    assert [one.former for one in pairs if one.state != "added"] == differences._lines(former)
    assert [one.later for one in pairs if one.state != "removed"] == differences._lines(later)
    assert all((one.former == one.later) == (one.state == "same") for one in pairs)


def test_the_example_holds():
    assert doctest.testmod(differences).failed == 0


def test_the_pages_make_adopt_compare_print_and_end(town):
    client = client_of(town.secretary)
    typed = {"organization": town.first.pk, "name": "首问负责制", "starts_on": "2025-01-01", "text": "第一条\r\n第二条"}
    assert "/bylaws/new/" in page_of(town.secretary, "/bylaws/")
    assert client.post("/bylaws/new/", typed).status_code == 302
    bylaw = Bylaw.objects.get()
    at = f"/bylaws/{bylaw.pk}/"
    assert "第二条" in page_of(town.secretary, f"{at}adoption/")
    upload = SimpleUploadedFile("制度.pdf", b"%PDF-1.4")
    second = {"starts_on": "2026-01-01", "text": "第一条\n第三条", "file": upload}
    assert client.post(f"{at}adoption/", second).status_code == 302
    assert 'data-version="2"' in page_of(town.secretary, at)
    assert 'data-version="1"' in page_of(town.secretary, f"{at}?on=2025-06-01")
    assert 'data-pair="changed"' in page_of(town.secretary, f"{at}1..2/")
    assert client.get(f"{at}2/file/").content == b"%PDF-1.4"
    assert client.get(f"{at}1/file/").status_code == 404
    assert client.get(f"{at}2.docx").content.startswith(b"PK")
    assert client.get(f"{at}2.pdf").content.startswith(b"%PDF")
    assert client.post(f"{at}closure/", {"on": "2026-03-01"}).status_code == 302
    assert f'data-bylaw="{bylaw.pk}" data-state="ended"' in page_of(town.secretary, "/bylaws/")
    empty = client.post(f"{at}adoption/", {"starts_on": "2026-04-01"})
    assert empty.status_code == 422
    assert 'id="id_text_error"' in empty.content.decode()


def test_a_version_with_a_file_alone_is_shown_and_not_compared(town):
    upload = SimpleUploadedFile("制度.pdf", b"%PDF-1.4")
    bylaw = make_bylaw(town.first.pk, "一", "", VersionDraft(START), upload=upload, by=None, at=NOON)
    adopt(town, bylaw)
    assert "不能逐行对比" in page_of(town.secretary, f"/bylaws/{bylaw.pk}/1..2/")
    assert client_of(town.secretary).get(f"/bylaws/{bylaw.pk}/1.docx").content.startswith(b"PK")


def test_strangers_find_nothing_and_members_write_nothing(town):
    bylaw = make_bylaw_of(town.second)
    page_of(town.member, f"/bylaws/{bylaw.pk}/")
    for rest in ("adoption/", "closure/"):
        page_of(town.member, f"/bylaws/{bylaw.pk}/{rest}", 404)
    page_of(town.stranger, f"/bylaws/{bylaw.pk}/", 404)
    page_of(town.secretary, f"/bylaws/{bylaw.pk}/1..1/", 404)


@pytest.mark.parametrize("address", ["/bylaws/", "/bylaws/{pk}/"])
def test_a_page_asks_few_questions_however_long_it_is(town, address, django_assert_max_num_queries):
    bylaw = make_bylaw_of(town.first)
    for number in range(12):
        adopt(town, make_bylaw_of(town.first, f"制度{number}"))
    client = client_of(town.secretary)
    client.get("/bylaws/")
    with django_assert_max_num_queries(12):
        client.get(address.format(pk=bylaw.pk))
