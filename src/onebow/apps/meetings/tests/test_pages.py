"""The pages of meetings as each of the cast sees them."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.services.drafts import ResolutionDraft
from onebow.apps.meetings.tests.make import absent, hold, plan
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, make_user
from onebow.apps.plans.models import Away, Item, Occurrence, Proof
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make import TASK, make_kind, make_plan
from onebow.apps.plans.tests.make_duties import MEETING, THEME, make_duty

HTMX = {"HX-Request": "true"}
LIST = {"HX-Request": "true", "HX-Target": "list"}


def get(user, address, status=200, **headers):
    response = client_of(user).get(address, headers=headers)
    assert response.status_code == status, response.content.decode()[:2000]
    return response


def text(user, address, status=200, **headers):
    return get(user, address, status, **headers).content.decode()


def ask(branch, door, kind, **more):
    tail = "".join(f"&{key}={value}" for key, value in more.items())
    return f"/meetings/new/{door}/?organization={branch.here.pk}&kind={branch.kinds[kind].pk}{tail}"


def typed(**facts):
    return {"held_on": timezone.localdate().isoformat(), "hours": "2", "title": "学习会议精神"} | facts


def only():
    return Meeting.objects.get()


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


def test_a_meeting_is_planned_in_the_browser(branch):
    form = {"title": "专题研究", "on": "2026-12-20", "begins": "15:00", "agenda": "一\n二", "place": "三楼"}
    done = client_of(branch.town.secretary).post(ask(branch, "plan", "members_meeting"), form)
    assert done["Location"] == f"/meetings/{only().pk}/"
    assert only().agenda.count() == 2


def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(branch):
    form = {"title": "专题研究", "on": "2026-02-30", "begins": "半夜"}
    response = client_of(branch.town.secretary).post(ask(branch, "plan", "members_meeting"), form, headers=HTMX)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "请填写时间,例如 15:00。" in shown
    assert "专题研究" in shown


def test_a_plan_is_edited_and_cancelled_in_the_browser(branch):
    meeting, client = plan(branch), client_of(branch.town.secretary)
    form = {"version": 1, "title": "改后", "on": "2026-12-20", "begins": "15:00"}
    assert client.post(f"/meetings/{meeting.pk}/edit/", form).status_code == 302
    assert client.post(f"/meetings/{meeting.pk}/cancellation/", {"reason": "防汛值守"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.state) == ("改后", "cancelled")


def test_a_record_takes_five_things_and_the_rest_is_proposed(branch):
    address = ask(branch, "record", "members_meeting")
    assert 'value="支部党员大会"' in text(branch.town.secretary, address)
    east = branch.members[0]
    form = typed(minutes="记录", **{f"part_{east.pk}": "sick"})
    done = client_of(branch.town.secretary).post(address, form)
    assert done["Location"] == f"/meetings/{only().pk}/"
    assert only().attendance.get(person=east).reason == "sick"


def test_who_is_on_a_trip_that_day_is_proposed_as_on_leave(branch):
    today, east = timezone.localdate(), branch.members[0]
    Away.objects.create(
        person=east, kind="trip", source="hand", starts_on=today, ends_on=today + timedelta(days=2),
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    shown = text(branch.town.secretary, ask(branch, "record", "members_meeting"))
    assert "已登记出差" in shown
    assert '<option value="trip" selected' in shown


def test_another_day_asks_for_its_own_people(branch):
    branch.members[0].memberships.all().delete()
    address = ask(branch, "record", "members_meeting", held_on=TODAY.isoformat())
    part = text(branch.town.secretary, address, **HTMX)
    assert f'data-person="{branch.members[1].pk}"' in part
    assert f'data-person="{branch.members[0].pk}"' not in part
    assert "<html" not in part


def test_a_record_with_a_day_ahead_comes_back_whole(branch):
    ahead = timezone.localdate() + timedelta(days=2)
    form = typed(held_on=ahead.isoformat(), minutes="很长的记录")
    response = client_of(branch.town.secretary).post(ask(branch, "record", "members_meeting"), form, headers=HTMX)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "召开日期不能晚于今天" in shown
    assert not Meeting.objects.exists()


def test_who_joins_in_is_an_organization_and_the_sentence_says_so(branch):
    form = typed(units=[str(branch.town.neighbour_section.pk)])
    response = client_of(branch.town.secretary).post(ask(branch, "record", "members_meeting"), form, headers=HTMX)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "请从列表中选择单位" in shown
    assert "请从列表中选择人员" not in shown


def test_guests_are_searched_and_listed_for_browsers_without_scripts(branch):
    address = ask(branch, "record", "members_meeting")
    assert "第2党支部" not in text(branch.town.secretary, address)
    assert "第2党支部" in text(branch.town.secretary, f"{address}&lists=1")


def test_votes_without_words_are_pointed_at(branch):
    form = typed(yes_0="3")
    response = client_of(branch.town.secretary).post(ask(branch, "record", "members_meeting"), form, headers=HTMX)
    assert response.status_code == 422
    assert "请填写决议内容" in response.content.decode()


def test_a_planned_meeting_is_recorded_in_the_browser(branch):
    meeting = plan(branch, agenda=("传达文件",))
    address = f"/meetings/{meeting.pk}/record/"
    assert "1. 传达文件" in text(branch.town.secretary, address)
    assert client_of(branch.town.secretary).post(address, typed(version=1)).status_code == 302
    assert only().state == "held"


def test_a_record_is_corrected_in_the_browser_from_what_it_said(branch):
    meeting = hold(branch, exceptions=((branch.members[0].pk, "sick"),), minutes="原记录")
    address = f"/meetings/{meeting.pk}/correction/"
    shown = text(branch.town.secretary, address)
    assert "原记录" in shown
    assert '<option value="sick" selected' in shown
    form = typed(version=1, held_on=TODAY.isoformat(), title="更正后")
    assert client_of(branch.town.secretary).post(address, form).status_code == 302
    assert only().title == "更正后"


def test_a_record_is_taken_back_in_the_browser(branch):
    meeting = hold(branch)
    done = client_of(branch.town.secretary).post(f"/meetings/{meeting.pk}/voiding/", {"reason": "重复登记"})
    assert done.status_code == 302
    assert "已作废" in text(branch.town.secretary, f"/meetings/{meeting.pk}/")


@pytest.mark.parametrize("deed", ["edit", "record", "correction", "cancellation", "voiding"])
def test_a_member_is_refused_every_deed_and_a_stranger_finds_nothing(branch, deed):
    meeting = plan(branch)
    member = make_user("member", person=branch.members[0])
    assert "由它的书记" in text(member, f"/meetings/{meeting.pk}/{deed}/", 422)
    get(branch.town.stranger, f"/meetings/{meeting.pk}/{deed}/", 404)


def test_what_was_forgotten_is_made_up_in_the_browser(branch):
    duty = make_duty(branch.town.committee, THEME, on=date(2026, 1, 1))
    generate(None, 2026, at=NOON)
    january = Occurrence.objects.get(duty=duty, organization=branch.here, starts_on=date(2026, 1, 1))
    address = f"/meetings/new/record/?occurrence={january.pk}"
    assert "补课" in text(branch.town.secretary, address)
    assert client_of(branch.town.secretary).post(address, typed()).status_code == 302
    assert Proof.objects.get(source_id=only().pk).occurrence == january
    assert "补课" in text(branch.town.secretary, f"/meetings/{only().pk}/")
    get(branch.town.member, address, 404)


def test_a_resolution_is_put_into_the_plan_with_one_click(branch):
    make_plan(branch.here)
    kind = make_kind(branch.town.committee, TASK)
    draft = ResolutionDraft("开展帮扶", person_id=branch.members[0].pk, due_on=date(2026, 6, 30))
    meeting = hold(branch, resolutions=(draft,))
    address = f"/meetings/{meeting.pk}/resolutions/{meeting.resolutions.get().pk}/item/"
    assert "草稿事项" in text(branch.town.secretary, address)
    form = {"kind": kind.pk, "person": branch.members[0].pk, "due_on": "2026-06-30"}
    assert client_of(branch.town.secretary).post(address, form).status_code == 302
    assert Item.objects.get().title == "开展帮扶"
    assert "已列入 2026 年度计划" in text(branch.town.secretary, f"/meetings/{meeting.pk}/")


def test_without_a_plan_one_is_told_what_comes_first(branch):
    meeting = hold(branch, resolutions=(ResolutionDraft("开展帮扶"),))
    address = f"/meetings/{meeting.pk}/resolutions/{meeting.resolutions.get().pk}/item/"
    assert "先新建年度计划" in text(branch.town.secretary, address)


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
