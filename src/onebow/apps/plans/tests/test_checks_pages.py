"""Pages of checks and gaps: plain, as a part, refused with a sentence, and closed to strangers."""

from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.plans.models import CheckRun, Gap, Occurrence
from onebow.apps.plans.services.checks import answer_gap, look_after
from onebow.apps.plans.tests.make_checks import Apart
from onebow.apps.plans.tests.make_duties import make_up

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def run(apart: Apart) -> CheckRun:
    return apart.run(at=timezone.now()).run


@pytest.fixture
def missed(apart: Apart, run: CheckRun) -> Gap:
    return apart.gap("duty", occurrence=apart.meetings[0])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mended(gap: Gap) -> None:
    now = timezone.now()
    make_up(gap.occurrence, on=timezone.localdate(now), at=now)
    look_after(at=now)


def test_an_officer_checks_a_month_from_the_form(apart):
    client = signed_in(apart.town.officer)
    page = client.get(reverse("plans:check_new"))
    assert "月总结" in page.content.decode()
    sent = {"organization": apart.town.bureau.pk, "period": "quarter:2026-Q1"}
    answer = client.post(reverse("plans:check_new"), sent)
    if answer.status_code == 422:  # the first quarter of the town's year has left the list
        return
    made = CheckRun.objects.get()
    assert answer.url == reverse("plans:check", args=[made.pk])
    assert client.get(answer.url).status_code == 200


def test_a_period_that_is_not_offered_is_a_sentence(apart):
    sent = {"organization": apart.town.bureau.pk, "period": "month:1999-01"}
    answer = signed_in(apart.town.officer).post(reverse("plans:check_new"), sent, **HTMX)
    assert answer.status_code == 422
    assert not CheckRun.objects.exists()


def test_a_campaign_from_its_form(apart):
    client = signed_in(apart.town.officer)
    assert client.get(reverse("plans:check_special")).status_code == 200
    sent = {
        "organization": apart.town.bureau.pk, "title": "应办清零", "starts_on": "2026-01-01", "last_on": "2026-03-31",
        "sorts": ["duty"],
    }  # fmt: skip
    client.post(reverse("plans:check_special"), sent)
    assert CheckRun.objects.get().title == "应办清零"
    wrong = client.post(reverse("plans:check_special"), sent | {"last_on": "2025-12-31", "title": "机密清零"})
    assert wrong.status_code == 422
    assert "不能早于" in wrong.content.decode()


def test_a_run_tells_its_numbers_and_each_opens_its_list(apart, run, django_assert_max_num_queries):
    client = signed_in(apart.town.officer)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("plans:check", args=[run.pk])).content.decode()
    assert 'data-whole="0/4"' in page
    with django_assert_max_num_queries(12):
        client.get(reverse("plans:checks"))
    found = client.get(reverse("plans:gaps"), {"run": run.pk, "kind": "duty", "state": "open"}).content.decode()
    assert found.count("data-gap=") == 4


def test_a_run_is_looked_at_again(apart, run):
    assert signed_in(apart.town.officer).post(reverse("plans:check_refresh", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.refreshed_by == apart.town.officer


def test_a_run_is_a_paper(apart, run):
    client = signed_in(apart.town.officer)
    for kind in ("docx", "pdf"):
        assert client.get(reverse("plans:check_report", args=[run.pk, kind])).status_code == 200
    assert client.get(reverse("plans:check_report", args=[run.pk, "exe"])).status_code == 404


def test_the_list_of_gaps_asks_few_statements_and_leaves_as_a_sheet(apart, run, django_assert_max_num_queries):
    client = signed_in(apart.town.officer)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("plans:gaps")).content.decode()
    assert page.count("data-gap=") == 4
    assert client.get(reverse("plans:gaps_xlsx")).status_code == 200


@pytest.mark.parametrize(
    "query", ["state=mended", "way=make_up", "side=party", "mine=answer", "mine=close", "state=closed"]
)
def test_filters_of_gaps(apart, missed, query):
    mended(missed)
    page = signed_in(apart.overseer).get(f"{reverse('plans:gaps')}?{query}").content.decode()
    expected = {"state=mended": 1, "way=make_up": 4, "side=party": 4, "mine=close": 1}.get(query, 0)
    assert page.count("data-gap=") == expected


def test_a_gap_says_why_it_is_one_and_what_finishes_it(apart, missed, django_assert_max_num_queries):
    client = signed_in(apart.town.secretary)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("plans:gap", args=[missed.pk])).content.decode()
    assert reverse("plans:occurrence", args=[missed.occurrence_id]) in page
    assert "原应 2026年3月31日" in page


def test_the_way_of_a_gap_from_answer_over_return_to_closing_by_another(apart, missed):
    mine, other = signed_in(apart.town.secretary), signed_in(apart.overseer)
    href = reverse("plans:gap", args=[missed.pk])
    form = reverse("plans:gap_answer", args=[missed.pk])
    assert mine.get(form).status_code == 200
    assert mine.post(form, {"version": 1, "text": ""}).status_code == 422
    assert mine.post(form, {"version": 1, "text": "已补开"}).url == href
    back = reverse("plans:gap_return", args=[missed.pk])
    assert other.get(back).status_code == 200
    assert other.post(back, {"version": 2, "reason": "没有记录"}).url == href
    mended(missed)
    assert "由您负责" in mine.get(href).content.decode()
    refused = mine.post(reverse("plans:gap_closure", args=[missed.pk]), {"note": ""}, **HTMX)
    assert (refused.status_code, "不能自己销号" in refused.content.decode()) == (422, True)
    assert other.post(reverse("plans:gap_closure", args=[missed.pk]), {"note": "看过"}).url == href
    assert "已销号" in other.get(href).content.decode()
    # The list says by whom, since that is another person.
    listed = mine.get(reverse("plans:gaps"), {"state": "closed"}).content.decode()
    assert f"{apart.overseer.display_name}销号" in listed


def test_several_are_closed_from_the_list(apart, missed):
    client = signed_in(apart.overseer)
    others = list(Gap.objects.exclude(pk=missed.pk).values_list("pk", flat=True))
    mended(missed)
    refused = client.post(reverse("plans:gaps_closure"), {"gap": [missed.pk, *others]})
    assert refused.status_code == 422
    answer = client.post(f"{reverse('plans:gaps_closure')}?state=mended", {"gap": [missed.pk]})
    assert answer.url == f"{reverse('plans:gaps')}?state=mended"
    assert Gap.objects.get(state="closed") == missed


def test_a_stranger_finds_no_run_and_no_gap(apart, run, missed):
    stranger = signed_in(apart.town.stranger)
    member = signed_in(apart.town.member)
    for name, pk in (("plans:gap", missed.pk), ("plans:check", run.pk)):
        assert stranger.get(reverse(name, args=[pk])).status_code == 404
        # The member is of the second branch and leads nothing.
        assert member.get(reverse(name, args=[pk])).status_code == 404


def test_the_list_of_gaps_leads_to_the_runs_those_who_may_open_them(apart):
    runs = f'href="{reverse("plans:checks")}"'
    assert runs in signed_in(apart.town.officer).get(reverse("plans:gaps")).content.decode()
    assert runs not in signed_in(apart.town.member).get(reverse("plans:gaps")).content.decode()


def test_the_pages_of_a_thing_tell_its_open_gaps(apart, missed):
    apart.change(due_on=date(2026, 3, 1))
    apart.run(at=timezone.now())
    client = signed_in(apart.town.officer)
    late = apart.gap("late")
    for href, gap in (
        (reverse("plans:occurrence", args=[missed.occurrence_id]), missed),
        (reverse("plans:item", args=[apart.item.pk]), late),
    ):
        assert reverse("plans:gap", args=[gap.pk]) in client.get(href).content.decode()


def test_the_front_page_tells_what_to_make_good_and_what_to_close(apart, missed):
    mine = signed_in(apart.town.secretary).get("/").content.decode()
    assert 'data-waits="gap"' in mine
    mended(missed)
    assert 'data-waits="closing"' in signed_in(apart.overseer).get("/").content.decode()


def test_a_gap_that_was_answered_says_by_whom(apart, missed):
    answer_gap(missed.pk, "已补开", version=1, by=apart.town.secretary, at=timezone.now())
    page = signed_in(apart.overseer).get(reverse("plans:gap", args=[missed.pk])).content.decode()
    assert "已补开" in page
    assert "还没有补办的记录" in page


def test_the_command_checks_previews_and_lists(apart, capsys):
    told = ("checks", "run", "人社局", "--kind", "quarter", "--period", "2026-Q1")
    call_command(*told, "--dry-run", "--json")
    assert '"found": 4' in capsys.readouterr().out
    assert not Occurrence.objects.filter(gaps__isnull=False).exists()
    call_command(*told)
    assert "新发现 4 项" in capsys.readouterr().out
    call_command("checks", "list", "--json")
    assert '"check": "2026年第1季度讲评"' in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [("没有的单位", "2026-Q1"), ("人社局", "2026-05"), ("人社局", "2099-Q1")])
def test_the_command_refuses_in_one_sentence(apart, wrong, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("checks", "run", wrong[0], "--kind", "quarter", "--period", wrong[1])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("。\n")
