"""Last year's figures do not change after a restructuring: every page of an earlier day, before and after, is the same.

The doors come from the policy file, so a page added later is walked without anybody thinking of it. What is left out
is named here with its reason.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Organization
from onebow.config.policy import DOORS, Door
from tests.last_year import Bureau, make_bureau, turn_over

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PICKER = "offers what a form may write, and forms write today"
RIGHTS = "rights, accounts and their traces are those of today, whatever day is asked for"
LEDGER = "the ledger only grows; each entry bears its own day and the names of it"
AHEAD = "the months ahead are what is planned, and that is made anew when organizations change"
IMPORTS = "what was handed in and how far it came; a roster bears its own day"
# A plan and an election are documents with days of their own; what they did is read on the pages of organizations.
DOCUMENTS = ("organizations:restructuring", "organizations:election")
NOT_BY_DAY = {
    "base:style": "shows the components, and no data",
    "desk:burden": "counts by whole months: a month that is not over goes on counting",
    "desk:notices": "ways to be told are those of today",
    "desk:bow": RIGHTS,
    "desk:bow_strip": RIGHTS,
    "desk:load": AHEAD,
    "desk:load_person": AHEAD,
    "desk:load_organization": AHEAD,
    "organizations:options": PICKER,
    "organizations:people_options": PICKER,
    "organizations:ledger_organizations": PICKER,
    "organizations:ledger_people": PICKER,
    "organizations:duplicates": "offers records to be merged, which is done today",
    "organizations:person_reads": RIGHTS,
    "organizations:import": IMPORTS,
    "organizations:import_progress": IMPORTS,
    "organizations:import_findings": IMPORTS,
    "organizations:ledger": LEDGER,
    "organizations:ledger_entry": LEDGER,
    "organizations:ledger_attachment": LEDGER,
    "organizations:ledger_proof": LEDGER,
    "organizations:ledger_progress": LEDGER,
    "organizations:ledger_head_file": LEDGER,
    "organizations:ledger_key_file": LEDGER,
}
# A door that takes a POST is a form, and forms write today; but these two only read.
READS_BY_POST = {"desk:search", "organizations:roster_file"}
# Other sides of the same page.
VARIANTS = {
    "desk:search": ["q=dang", "q=第一", "q=党支部", "q=fgk", "q=zs"],
    "organizations:index": ["kind=branch", "kind=section", "sort=name", "q=法规", "q=gzk"],
    "organizations:people": ["belongs=no_branch", "standing=activist", "standing=full_member", "organization={unit}"],
    "organizations:findings": ["by=organization", "root=all"],
    "organizations:trees": ["node={branch}"],
    "organizations:trees_table": ["print=1"],
    "organizations:roster_file": ["root={unit}"],
}


@pytest.fixture
def bureau() -> Bureau:
    return make_bureau()


def walked() -> list[Door]:
    """Every door that tells an officer or a secretary something of a day."""
    told = {"officer", "secretary", "signed_in"}
    return [
        door
        for door in DOORS
        if "GET" in door.methods
        and told & {allowed.who for allowed in door.passes}
        and door.name.startswith(("organizations:", "desk:"))
        and ("POST" not in door.methods or door.name in READS_BY_POST)
        and door.name not in NOT_BY_DAY
        and not door.name.startswith(DOCUMENTS)
    ]


def addresses(door: Door, bureau: Bureau, on: date) -> Iterator[str]:
    """The door's address for each thing behind it, and each of its variants, on a day."""
    ids = {"unit": bureau.organizations["人社局"].pk, "branch": bureau.organizations["第一党支部"].pk}
    for path, variant in product(paths(door, bureau), ["", *VARIANTS.get(door.name, [])]):
        yield f"{path}?on={on}&{variant.format(**ids)}"


def paths(door: Door, bureau: Bureau) -> list[str]:
    """One path, or one for each person or organization; a scan lies under its organization."""
    try:
        return [reverse(door.name)]
    except NoReverseMatch:
        things = bureau.people if door.name.startswith("organizations:person") else bureau.organizations
    try:
        return [reverse(door.name, args=[one.pk]) for one in things.values()]
    except NoReverseMatch:
        return [reverse(door.name, args=[bureau.organizations["第一党支部"].pk, bureau.approval_id])]


VOLATILE = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |_once" value=|nonce=)"[^"]*"')


def text_of(client: Client, address: str) -> str:
    """What an address answers, without what differs from one request to the next."""
    answer = client.get(address)
    kind = answer.headers.get("Content-Type", "")
    if "spreadsheet" in kind:
        return cells_of(answer.content)
    return f"{answer.status_code} " + VOLATILE.sub(r"\1", answer.content.decode(errors="replace"))


def cells_of(content: bytes) -> str:
    """The cells of a workbook but for the line that says who took it out and when."""
    sheets = load_workbook(BytesIO(content)).worksheets
    rows = (tuple(map(str, row)) for sheet in sheets for row in sheet.iter_rows(values_only=True))
    return "\n".join("|".join(row) for row in rows if not row[0].startswith("说明"))


def rosters(bureau: Bureau, on: date, folder: Path) -> Iterator[tuple[str, str]]:
    """The roster of the day, by the page and by the command."""
    unit = bureau.organizations["人社局"].pk
    client = client_of(User.objects.get(pk=bureau.officer.pk))
    answer = client.post(f"/roster/?on={on}", {"root": unit, "reason": "核对去年数据"})
    assert "spreadsheet" in answer.headers["Content-Type"]
    yield f"roster on {on}", cells_of(answer.content)
    call_command("export_roster", str(folder / "roster.xlsx"), on=on, verbosity=0)
    yield f"export_roster on {on}", cells_of((folder / "roster.xlsx").read_bytes())


def fingerprint(bureau: Bureau, days: list[date], folder: Path) -> dict[str, str]:
    """By who asks and what is asked, all that the product says of these days."""
    said = {}
    for user, on in product((bureau.officer, bureau.secretary), days):
        # Read anew: sessions end when rights change.
        client = client_of(User.objects.get(pk=user.pk))
        for door in walked():
            for address in addresses(door, bureau, on):
                said[f"{user.username} {address}"] = text_of(client, address)
    for on in days:
        said |= dict(rosters(bureau, on, folder))
    return said


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Which pages differ, and the first line that does."""
    assert before.keys() == after.keys()
    found = []
    for key, text in before.items():
        # What one might not open before was no page; rights are those of today.
        if text != after[key] and not text.startswith("404"):
            pairs = zip([*text.splitlines(), ""], [*after[key].splitlines(), ""], strict=False)
            was, became = next(((one, other) for one, other in pairs if one != other), ("", ""))
            found.append(f"{key}\n  was    {was.strip()[:300]}\n  became {became.strip()[:300]}")
    return found


def test_every_exception_is_a_door_and_every_page_of_another_day_is_walked():
    names = {door.name for door in DOORS}
    assert NOT_BY_DAY.keys() <= names
    assert names >= READS_BY_POST
    assert VARIANTS.keys() <= {door.name for door in walked()}
    assert len(walked()) >= 15


def test_no_page_of_an_earlier_day_changes_when_everything_is_restructured_today(bureau, tmp_path):
    today = timezone.localdate()
    past = [today - timedelta(days=365), today - timedelta(days=1)]
    before = fingerprint(bureau, past, tmp_path)
    now = fingerprint(bureau, [today], tmp_path)
    turn_over(bureau, today)
    rewritten = differences(before, fingerprint(bureau, past, tmp_path))
    assert not rewritten, "\n".join(["the past changed:", *rewritten])
    changed = {line.split("?")[0] for line in differences(now, fingerprint(bureau, [today], tmp_path))}
    # The pages can differ: those of today do.
    for page in ("/", "/organizations/", "/people/", "/places/", "/trees/", "/trees/table/", "/findings/"):
        assert f"officer {page}" in changed, page


def test_a_day_gone_by_costs_no_more_questions_than_a_page_may_ask(bureau, django_assert_max_num_queries):
    on = timezone.localdate() - timedelta(days=365)
    client = client_of(User.objects.get(pk=bureau.officer.pk))
    turn_over(bureau, timezone.localdate())
    for door in walked():
        for address in addresses(door, bureau, on):
            client.get(address)
            with django_assert_max_num_queries(12, info=address):
                client.get(address)


def test_what_was_dissolved_is_reached_on_a_day_when_it_lived(bureau):
    today = timezone.localdate()
    turn_over(bureau, today)
    client = client_of(User.objects.get(pk=bureau.officer.pk))
    then, old = today - timedelta(days=1), bureau.organizations["第一党支部"]
    link = f"/organizations/{old.pk}/"
    for page in ("/organizations/", "/search/", "/trees/table/"):
        assert link in client.get(f"{page}?on={then}&q=第一党支部").content.decode(), page
        assert link not in client.get(f"{page}?q=第一党支部").content.decode(), page
    said = client.get(link).content.decode()
    successor = Organization.objects.get(name="综合党支部")
    assert f'data-successor="{successor.pk}"' in said
    assert "data-ended" not in client.get(f"{link}?on={then}").content.decode()
