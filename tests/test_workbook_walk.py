"""Talks and the work manual by clicks: three talks recorded at once, read in the manual, the manual fetched."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.affairs.tests.make_talks import make_talking_branch
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.tests.make import Branch
from tests.test_looks import enter, serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def branch() -> Branch:
    return make_talking_branch()


def test_three_talks_are_recorded_and_stand_in_the_manual(page: Page, live_server: Any, branch: Branch) -> None:
    today, pk = timezone.localdate(), branch.here.pk
    enter(page, live_server.url, branch.town.secretary)
    page.goto(f"{live_server.url}/talks/{pk}/")
    page.get_by_role("link", name="记录谈话").click()
    one, other, third = (str(person.pk) for person in branch.members[:3])
    for place, (left, right) in enumerate([(one, other), (other, third), (third, one)]):
        page.select_option(f"[name=one_{place}]", left)
        page.select_option(f"[name=other_{place}]", right)
    assert not serious(page)
    page.get_by_role("button", name="记录").click()
    expect(page.locator("#pairs .line")).to_have_count(3)
    assert Meeting.objects.filter(kind__key="talk", held_on=today).count() == 3
    assert not serious(page)
    page.goto(f"{live_server.url}/workbooks/{pk}/{today.year}/?chapter=talks")
    expect(page.locator("[data-chapter=talks]")).to_have_attribute("data-records", "3")
    assert not serious(page)
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Word").click()
    text = docx.Document(BytesIO(Path(fetched.value.path()).read_bytes()))
    assert any("谈心谈话" in line.text for line in text.paragraphs)
    assert any(branch.members[0].name in cell.text for table in text.tables for row in table.rows for cell in row.cells)
    assert AccessRecord.objects.filter(what="export_list", organization_id=pk).exists()
