"""Every page in a browser: nothing sticks out, nothing complains, axe finds nothing serious."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.services.elections.candidates import record_reply, submit_candidates
from onebow.apps.organizations.services.elections.prepare import ElectionDraft, begin_election
from onebow.apps.organizations.services.links import found_chains
from onebow.apps.organizations.services.notes import NoteDraft, note_work
from onebow.apps.organizations.services.people import reveal
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, make_town
from onebow.apps.organizations.tests.make_restructurings import make_plan, make_planned, make_seat
from onebow.apps.plans.tests.make import make_item
from onebow.apps.plans.tests.make_duties import THEME, make_duty, make_occurrences
from onebow.apps.plans.tests.make_items import make_trip, walk_to
from onebow.apps.plans.tests.make_plans import in_force, make_year
from onebow.apps.plans.tests.make_registers import make_bylaw_of, make_directive, make_drive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/",
    "/trees/",
    "/trees/table/",
    "/organizations/",
    "/organizations/{first}/",
    "/organizations/{first}/history/",
    "/organizations/{wages}/",
    "/organizations/{first}/edit/",
    "/organizations/{wages}/closure/",
    "/organizations/new/?under={bureau}",
    "/people/",
    "/people/?belongs=no_branch",
    "/people/{person}/",
    "/people/{person}/history/",
    "/people/{person}/edit/",
    "/people/{person}/posts/",
    "/people/{person}/party/",
    "/people/duplicates/",
    "/people/number/",
    "/people/accounts/",
    "/places/",
    "/findings/",
    "/findings/?by=organization",
    "/findings/rules/",
    "/organizations/{first}/findings/",
    "/organizations/{committee}/findings/ORG-LEVEL/",
    "/elections/",
    "/elections/?view=open",
    "/elections/batch/",
    "/elections/{election}/",
    "/elections/{election}/settings/",
    "/elections/{election}/candidates/",
    "/elections/{election}/meeting/",
    "/elections/{voting}/",
    "/elections/{voting}/ballots/",
    "/organizations/{first}/appointment/",
    "/organizations/{first}/groups/",
    "/chains/",
    "/imports/",
    "/roster/",
    "/roster/numbers/",
    "/ledger/",
    "/ledger/new/",
    "/ledger/{entry}/",
    "/ledger/{note}/",
    "/ledger/{note}/correction/",
    "/ledger/{note}/voiding/",
    "/ledger/late/",
    "/ledger/proof/",
    "/search/?q=zl",
    "/trees/?on=2025-01-01",
    "/restructurings/{plan}/pictures/",
    "/restructurings/{plan}/people/?show=all",
    "/restructurings/{plan}/people.xlsx",
    "/restructurings/compare/?a={plan}&b={other}",
]
OWN_PAGES = ["/people/{person}/reads/", "/people/{person}/reads/?what=history", "/account/"]
AUDIT_PAGES = ["/audit/", "/audit/reads/"]
# Pages of packs and of meetings are looked at by their own walks.
YEAR_PAGES = [
    "/plans/",
    "/plans/{year}/",
    "/plans/{year}/import/",
    "/plans/{year}/versions/1/",
    "/plans/{year}/changes/{change}/",
    "/items/",
    "/items/{work}/",
    "/items/{draft}/edit/",
    "/items/{draft}/requirements/",
    "/items/{draft}/ties/",
    "/items/{trip}/",
    "/taskbook/",
    "/duties/",
    "/duties/?view=list",
    "/duties/?view=terms",
    "/duties/{duty}/",
    "/duties/organizations/{first}/",
    "/occurrences/{occurrence}/",
    "/bow/",
    "/calendar/",
    "/clashes/",
    "/clashes/content/",
    "/absences/",
    "/absences/import/",
    "/directives/",
    "/directives/{directive}/",
    "/drives/",
    "/drives/{drive}/",
    "/bylaws/",
    "/bylaws/{bylaw}/",
    "/posts/",
    "/posts/items/",
    "/posts/{person}/",
    "/holidays/",
]
OWN_YEAR_PAGES = ["/items/mine/", "/items/{trip}/", "/absences/"]


@pytest.fixture
def town() -> Town:
    town = make_town()
    reveal(town.member.person.pk, "phone", reason="通知开会", by=town.officer, at=timezone.now())
    return town


def test_no_page_sticks_out_complains_or_shuts_anybody_out(page: Page, live_server: Any, town: Town) -> None:
    draft = NoteDraft("business.noted", town.wages.pk, TODAY - timedelta(days=30), "走访企业", (town.member.person.pk,))
    note = note_work(draft, by=town.member, at=NOON)
    found_chains(town.office.pk, ["公文办理链条"], starts_on=None, by=town.officer, at=NOON)
    direct = ElectionDraft("founding", "direct", timezone.localdate())
    election = begin_election(town.second.pk, direct, by=town.officer, at=timezone.now())
    other = begin_election(town.first.pk, direct, by=town.officer, at=timezone.now())
    submit_candidates(other.pk, by=town.officer, at=timezone.now())
    reply = {"number": "3号", "on": timezone.localdate(), "scan": None}
    record_reply(other.pk, **reply, by=town.officer, at=timezone.now())
    ids = {
        "plan": make_plan_of(town).pk,
        "other": make_plan_of(town).pk,
        "election": election.pk,
        "voting": other.pk,
        "entry": 1,
        "note": note.pk,
        "first": town.first.pk,
        "wages": town.wages.pk,
        "bureau": town.bureau.pk,
        "committee": town.committee.pk,
        "person": town.member.person.pk,
    }
    faults = faults_of(page, live_server.url, town.officer, PAGES, ids)
    faults += faults_of(page, live_server.url, town.member, OWN_PAGES, ids)
    faults += faults_of(page, live_server.url, make_administrator("audit"), AUDIT_PAGES, ids)
    assert faults == []


def test_no_page_of_a_year_sticks_out_complains_or_shuts_anybody_out(page: Page, live_server: Any, town: Town) -> None:
    year, trip, duty = make_year(town), make_trip(town), make_duty(town.committee, THEME)
    change = in_force(year)
    walk_to(trip, "pre_trip")
    ids = {
        "year": year.plan.pk,
        "change": change.pk,
        "work": year.work.pk,
        "draft": make_item(year.plan, year.routine, town.office).pk,
        "trip": trip.item.pk,
        "duty": duty.pk,
        "occurrence": make_occurrences(duty, town.first)[0].pk,
        "first": town.first.pk,
        "directive": make_directive(town.bureau).pk,
        "drive": make_drive(town.bureau).pk,
        "bylaw": make_bylaw_of(town.first).pk,
        "person": trip.head.person.pk,
    }
    faults = faults_of(page, live_server.url, town.officer, YEAR_PAGES, ids)
    faults += faults_of(page, live_server.url, town.member, OWN_YEAR_PAGES, ids)
    assert faults == []


def faults_of(page: Page, base: str, user: User, addresses: list[str], ids: dict[str, int]) -> list[str]:
    """What is wrong with these pages at either width, as `user` sees them."""
    faults: list[str] = []
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    enter(page, base, user)
    for address in addresses:
        answer = page.goto(base + address.format(**ids))
        assert answer is not None
        assert answer.status == 200, address
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address} sticks out at {width}")
        faults += [f"{address}: {text}" for text in complaints]
        complaints.clear()
        faults += [f"{address}: {found['id']} {found['nodes'][0]['html'][:120]}" for found in serious(page)]
    return faults


def make_plan_of(town: Town) -> Restructuring:
    """A plan that puts both members of the town into one branch."""
    plan = make_plan(town.bureau, town.committee)
    joint = make_planned(plan, "第1联合党支部", "joint_branch", continues=town.first)
    for user in (town.secretary, town.member):
        make_seat(plan, user.person, joint)
    return plan


def enter(page: Page, base: str, user: User) -> None:
    """Sign in by the cookie."""
    cookie = client_of(user).cookies["onebow_session"].value
    page.context.add_cookies([{"name": "onebow_session", "value": cookie, "url": base}])


def serious(page: Page) -> list[dict[str, Any]]:
    """What axe calls serious or critical."""
    violations = Axe().run(page).response["violations"]
    return [found for found in violations if found["impact"] in ("serious", "critical")]
