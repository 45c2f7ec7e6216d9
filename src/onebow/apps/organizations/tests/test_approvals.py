"""Decisions on paper."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Approval
from onebow.apps.organizations.services.approvals import PaperDraft, record_paper
from onebow.apps.organizations.tests.make import NOON

PAPER = PaperDraft("founding", "人社党〔2026〕3号", date(2026, 2, 1))
PDF = b"%PDF-1.4 a reply"


def test_a_paper_with_its_scan_is_shown_in_the_history_and_can_be_fetched(client, town):
    client.force_login(town.officer)
    form = {"step": "founding", "number": PAPER.number, "on": "2026-02-01", "scan": SimpleUploadedFile("批复.pdf", PDF)}
    client.post(f"/organizations/{town.first.pk}/approvals/", form)
    approval = Approval.objects.get(organization=town.first)
    body = client.get(f"/organizations/{town.first.pk}/history/").content.decode()
    address = f"/organizations/{town.first.pk}/approvals/{approval.pk}/scan/"
    assert PAPER.number in body
    assert address in body
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")


def test_nobody_else_fetches_the_scan(client, town):
    scan = SimpleUploadedFile("a.pdf", PDF)
    approval = record_paper(town.first.pk, PAPER, scan=scan, by=town.officer, at=NOON)
    client.force_login(town.member)
    assert client.get(f"/organizations/{town.first.pk}/approvals/{approval.pk}/scan/").status_code == 404


def test_the_same_paper_is_recorded_once(town):
    record_paper(town.first.pk, PAPER, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="已经登记过"):
        record_paper(town.first.pk, PAPER, by=town.officer, at=NOON)


def test_a_program_named_pdf_is_no_scan(town):
    with pytest.raises(Refused, match="只能是 PDF"):
        record_paper(town.first.pk, PAPER, scan=SimpleUploadedFile("a.pdf", b"MZ..."), by=town.officer, at=NOON)


def test_a_paper_of_tomorrow_is_refused(town):
    with pytest.raises(Refused, match="不能晚于今天"):
        record_paper(town.first.pk, PaperDraft("other", "1号", date(2026, 3, 3)), by=town.officer, at=NOON)
