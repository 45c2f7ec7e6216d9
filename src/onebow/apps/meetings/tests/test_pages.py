"""The pages of meetings as each of the cast reads them."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.services.drafts import ResolutionDraft
from onebow.apps.meetings.tests.make import absent, hold, plan
from onebow.apps.meetings.tests.pages import HTMX, get, text
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, make_user
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make_duties import MEETING, THEME, make_duty

LIST = {"HX-Request": "true", "HX-Target": "list"}


def test_the_list_shows_the_meetings_of_ones_branch(branch):
    meeting = hold(branch)
    assert f'data-meeting="{meeting.pk}"' in text(branch.town.secretary, "/meetings/")
    assert f'data-meeting="{meeting.pk}"' in text(branch.town.officer, "/meetings/")
    assert "data-meeting=" not in text(branch.town.member, "/meetings/")


def test_the_list_is_narrowed_by_kind_state_and_month(branch):
    theme, members = hold(branch, "theme_day"), hold(branch, exceptions=absent(*branch.members[:3]))
    narrowed = text(branch.town.secretary, "/meetings/?kind=theme_day")
    assert f'data-meeting="{theme.pk}"' in narrowed
    assert f'data-meeting="{members.pk}"' not in narrowed
    assert f'data-meeting="{members.pk}"' in text(branch.town.secretary, "/meetings/?state=discussion")
    this_month = f"{timezone.localdate():%Y-%m}"
    assert "data-meeting=" not in text(branch.town.secretary, f"/meetings/?month={this_month}")


def test_kinds_are_offered_with_their_numbers(branch):
    hold(branch, "theme_day", also=(branch.kinds["lecture"].pk,))
    hold(branch)
    shown = text(branch.town.secretary, "/meetings/")
    for key, words in (("theme_day", "主题党日(1)"), ("lecture", "党课(1)"), ("members_meeting", "支部党员大会(1)")):
        assert f'<option value="{key}">{words}</option>' in shown


def test_the_list_narrowed_by_htmx_is_the_list_alone(branch):
    hold(branch)
    part = text(branch.town.secretary, "/meetings/", **HTMX)
    assert "data-meeting=" in part
    assert "<html" not in part


def test_the_empty_list_says_what_to_do_first(branch):
    assert "安排或记录会议" in text(branch.town.secretary, "/meetings/")
    get(branch.town.stranger, "/meetings/", 404)


def test_the_list_is_taken_away_as_a_sheet(branch):
    hold(branch)
    assert get(branch.town.secretary, "/meetings/list.xlsx").content[:2] == b"PK"


def test_the_list_of_an_earlier_day_knows_nothing_later(branch):
    hold(branch)
    before = (TODAY - timedelta(days=1)).isoformat()
    assert "data-meeting=" not in text(branch.town.secretary, f"/meetings/?on={before}")


def test_a_meeting_is_found_by_its_own_and_by_nobody_else(branch):
    meeting = hold(branch)
    address = f"/meetings/{meeting.pk}/"
    for user in (branch.town.secretary, branch.town.officer, make_user("member", person=branch.members[0])):
        assert f"第 {meeting.entry_id} 条" in text(user, address)
    for user in (branch.town.member, branch.town.stranger):
        get(user, address, 404)


def test_who_joined_in_reads_it_too(branch):
    meeting = hold(branch, units=(branch.town.second.pk,))
    assert "学习贯彻会议精神" in text(branch.town.member, f"/meetings/{meeting.pk}/")


def test_the_page_says_how_many_were_missing_for_a_quorum(branch):
    meeting = hold(branch, exceptions=absent(*branch.members[:3]))
    shown = text(branch.town.secretary, f"/meetings/{meeting.pk}/")
    assert 'data-quorum="lacking"' in shown
    assert "应到有表决权 5 人,实到 2 人,法定人数 3 人,还差 1 人" in shown


def test_what_was_said_at_a_restricted_meeting_is_for_those_present_and_the_leaders(branch):
    here, away = make_user("here", person=branch.members[0]), make_user("away", person=branch.members[1])
    uploads = [SimpleUploadedFile("a.txt", b"a")]
    meeting = hold(
        branch, "life_meeting", minutes="批评与自我批评", exceptions=absent(branch.members[1]), uploads=uploads
    )
    address = f"/meetings/{meeting.pk}/"
    assert "批评与自我批评" in text(branch.town.secretary, address)
    assert "批评与自我批评" in text(here, address)
    assert "批评与自我批评" not in text(away, address)
    get(away, f"{address}file.pdf", 404)
    get(away, f"{address}attachments/{meeting.attachments.get().pk}/", 404)


def test_an_attachment_is_handed_out_under_its_name(branch):
    meeting = hold(branch, uploads=[SimpleUploadedFile("签到.txt", b"signed")])
    response = get(branch.town.secretary, f"/meetings/{meeting.pk}/attachments/{meeting.attachments.get().pk}/")
    assert response.content == b"signed"
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_record_and_the_sheet_to_be_signed_are_printed(branch, kind, start):
    drafts = (ResolutionDraft("开展帮扶", yes=3, no=1, person_id=branch.members[0].pk, due_on=TODAY),)
    meeting = hold(branch, minutes="第一段\n第二段", resolutions=drafts, exceptions=((branch.members[0].pk, "trip"),))
    for paper in ("file", "sheet"):
        assert get(branch.town.secretary, f"/meetings/{meeting.pk}/{paper}.{kind}").content.startswith(start)


def test_a_planned_meeting_has_a_sheet_but_no_record_to_print(branch):
    meeting = plan(branch)
    assert get(branch.town.secretary, f"/meetings/{meeting.pk}/sheet.docx").content[:2] == b"PK"
    get(branch.town.secretary, f"/meetings/{meeting.pk}/file.docx", 404)
    get(branch.town.secretary, f"/meetings/{meeting.pk}/sheet.exe", 404)


def test_what_waits_stands_first_when_something_new_is_recorded(branch):
    make_duty(branch.town.committee, THEME)
    for year in (timezone.localdate().year - 1, timezone.localdate().year):
        generate(None, year, at=timezone.now())
    shown = text(branch.town.secretary, f"/meetings/new/?organization={branch.here.pk}")
    now, folded = shown.split("data-over", 1)
    # Of the months that are over the last three stand there; the rest and the kinds are folded.
    assert now.count(':补课"') == 3
    assert folded.count(':补课"') > 3
    assert 'data-kind="members_meeting"' in folded


def test_from_the_page_of_a_duty_one_comes_to_that_duty(branch):
    make_duty(branch.town.committee, THEME)
    generate(None, 2026, at=NOON)
    row = Occurrence.objects.filter(organization=branch.here).latest("starts_on")
    shown = text(branch.town.officer, f"/meetings/new/?occurrence={row.pk}")
    assert shown.count("data-occurrence=") == 1
    assert f'data-occurrence="{row.pk}"' in shown


def test_who_writes_no_meetings_is_told_so(branch):
    assert "由组织的书记" in text(branch.town.member, "/meetings/new/", 422)


@pytest.mark.parametrize("address", ["/meetings/", "/meetings/counts/"])
def test_who_writes_no_meetings_is_led_to_no_form(branch, address):
    assert 'href="/meetings/new/' not in text(branch.town.member, address)
    assert 'href="/meetings/new/' in text(branch.town.secretary, address)


def test_an_officer_chooses_the_organization_first(branch):
    shown = text(branch.town.officer, "/meetings/new/")
    assert 'id="organization-choice"' in shown
    assert "data-kind=" not in shown
    assert "data-kind=" in text(branch.town.officer, f"/meetings/new/?organization={branch.here.pk}")
    get(branch.town.officer, f"/meetings/new/?organization={branch.town.neighbour.pk}", 404)


@pytest.mark.parametrize("by", ["person", "organization", "kind"])
def test_hours_are_shown_by_person_organization_and_kind(branch, by):
    hold(branch, "study", hours=Decimal("1.5"))
    shown = text(branch.town.officer, f"/meetings/hours/?from=2026-01-01&to=2026-12-31&by={by}")
    assert 'data-times="6"' in shown
    assert "data-row=" in shown


def test_who_leads_nobody_sees_the_own_hours_alone(branch):
    hold(branch, "study")
    member = make_user("member", person=branch.members[0])
    shown = text(member, "/meetings/hours/?from=2026-01-01&to=2026-12-31")
    assert 'data-times="1"' in shown


def test_records_are_counted_and_lead_to_their_source(branch):
    hold(branch, "study")
    shown = text(branch.town.officer, "/meetings/counts/?from=2026-01-01&to=2026-12-31")
    assert 'data-kind="study" data-count="1"' in shown
    source = "/meetings/?state=counted&from=2026-01-01&to=2026-12-31&kind=study"
    assert text(branch.town.officer, source).count("data-meeting=") == 1


@pytest.mark.parametrize("sheet", ["hours", "counts"])
def test_figures_are_taken_away_as_sheets(branch, sheet):
    hold(branch, "study")
    assert get(branch.town.officer, f"/meetings/{sheet}.xlsx?from=2026-01-01&to=2026-12-31").content[:2] == b"PK"


def test_people_and_organizations_are_looked_up_near_the_branch(branch):
    address = f"/meetings/options/people/?organization={branch.here.pk}&q=cd"
    options = json.loads(text(branch.town.secretary, address))["options"]
    assert [one["value"] for one in options] == [branch.members[0].pk]
    address = f"/meetings/options/organizations/?organization={branch.here.pk}&q=第2"
    options = json.loads(text(branch.town.secretary, address))["options"]
    assert [one["value"] for one in options] == [branch.town.second.pk]


@pytest.mark.parametrize(
    "user_of", [lambda town: town.secretary, lambda town: town.officer], ids=["secretary", "officer"]
)
@pytest.mark.parametrize(
    "address",
    ["/meetings/", "/meetings/hours/", "/meetings/counts/", "/meetings/{meeting}/", "/meetings/new/",
     "/meetings/new/record/?organization={first}&kind={kind}", "/meetings/{meeting}/correction/",
     "/meetings/new/plan/?organization={first}&kind={kind}", "/meetings/{planned}/record/",
     "/meetings/{planned}/edit/"],
)  # fmt: skip
def test_every_page_takes_few_statements_however_much_there_is(branch, address, user_of, django_assert_max_num_queries):
    make_duty(branch.town.committee, MEETING)
    generate(None, 2026, at=NOON)
    appoint(branch.members[0], branch.here, "deputy_secretary")
    drafts = (ResolutionDraft("甲", person_id=branch.members[0].pk), ResolutionDraft("乙"))
    meetings = [hold(branch, resolutions=drafts, units=(branch.town.second.pk,)) for _ in range(5)]
    kind = branch.kinds["members_meeting"].pk
    planned = plan(branch, agenda=("传达文件",), units=(branch.town.second.pk,))
    told = address.format(meeting=meetings[0].pk, planned=planned.pk, first=branch.here.pk, kind=kind)
    client = client_of(user_of(branch.town))
    client.get(told)
    with django_assert_max_num_queries(12):
        assert client.get(told).status_code == 200
