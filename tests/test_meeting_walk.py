"""A meeting by clicks: recorded from its duty in at most five typed fields and a minute, shown, printed, looked at."""

import time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.tests.make import Branch, hold, make_branch, plan
from onebow.apps.organizations.tests.make import NOON
from onebow.apps.plans.models import Proof
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make_duties import THEME, make_duty
from tests.test_looks import enter, serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_FIELDS, MOST_SECONDS = 5, 60


@pytest.fixture
def branch() -> Branch:
    made = make_branch()
    make_duty(made.town.committee, THEME)
    generate(None, timezone.localdate().year, at=timezone.now())
    return made


class Hand:
    """Types and chooses, and counts the fields touched."""

    def __init__(self) -> None:
        self.fields = 0
        self.began = time.monotonic()

    def fill(self, field: Locator, text: str) -> None:
        """Type into one field."""
        self.fields += 1
        field.fill(text)

    def choose(self, field: Locator, value: str) -> None:
        """Choose in one field."""
        self.fields += 1
        field.select_option(value)

    @property
    def seconds(self) -> float:
        """How long it took so far."""
        return time.monotonic() - self.began


def test_a_routine_record_takes_five_fields_and_less_than_a_minute(
    page: Page, live_server: Any, branch: Branch
) -> None:
    enter(page, live_server.url, branch.town.secretary)
    page.goto(f"{live_server.url}/meetings/new/")
    hand = Hand()
    page.locator("[data-occurrence]").first.get_by_text("记录", exact=True).click()
    hand.fill(page.locator("[name=held_on]"), timezone.localdate().isoformat())
    # Who is due comes anew with the day: what is chosen before would go with the list that it was chosen in.
    page.wait_for_load_state("networkidle")
    expect(page.locator("#attendance [data-person]")).to_have_count(6)
    hand.fill(page.locator("[name=hours]"), "1.5")
    hand.fill(page.locator("[name=title]"), "走访困难群众")
    hand.fill(page.locator("[name=minutes]"), "集合后分组走访,逐户登记需要解决的问题。")
    hand.choose(page.locator(f"[name=part_{branch.members[0].pk}]"), "sick")
    page.locator("#panel button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("走访困难群众")
    assert hand.fields <= MOST_FIELDS
    assert hand.seconds < MOST_SECONDS
    meeting = Meeting.objects.get()
    assert (meeting.attendance.filter(state="present").count(), meeting.hours) == (5, 1.5)
    assert Proof.objects.filter(source_id=meeting.pk).count() == 1
    expect(page.locator("[data-proof]")).to_have_count(1)
    assert page.request.get(f"{page.url}file.pdf").body().startswith(b"%PDF")


def test_a_refused_record_keeps_what_was_typed(page: Page, live_server: Any, branch: Branch) -> None:
    enter(page, live_server.url, branch.town.secretary)
    kind = branch.kinds["members_meeting"].pk
    page.goto(f"{live_server.url}/meetings/new/record/?organization={branch.here.pk}&kind={kind}")
    page.locator("[name=minutes]").fill("写了很久的记录")
    page.locator("[name=hours]").fill("0")
    page.locator("#panel button[type=submit]").click()
    expect(page.locator(".field-errors").first).to_have_text("时长应大于 0。")
    expect(page.locator("[name=minutes]")).to_have_value("写了很久的记录")


def test_nothing_sticks_out_and_nothing_complains(page: Page, live_server: Any, branch: Branch) -> None:
    held, planned = hold(branch), plan(branch)
    kind = branch.kinds["members_meeting"].pk
    addresses = [
        "/meetings/", "/meetings/new/", "/meetings/hours/?from=2026-01-01", "/meetings/counts/?from=2026-01-01",
        f"/meetings/{held.pk}/", f"/meetings/{held.pk}/correction/", f"/meetings/{held.pk}/voiding/",
        f"/meetings/{planned.pk}/", f"/meetings/{planned.pk}/edit/", f"/meetings/{planned.pk}/record/",
        f"/meetings/new/plan/?organization={branch.here.pk}&kind={kind}", f"/meetings/?on={NOON:%Y-%m-%d}",
    ]  # fmt: skip
    enter(page, live_server.url, branch.town.secretary)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    faults = []
    for address in addresses:
        page.goto(live_server.url + address)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address} sticks out at {width}")
        faults += [f"{address}: {found['id']} {found['nodes'][0]['html'][:120]}" for found in serious(page)]
    assert faults + complaints == []
