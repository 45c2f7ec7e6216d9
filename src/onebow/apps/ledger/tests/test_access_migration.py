"""Looks that the work ledger held before the access log existed."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from onebow.apps.base.models import File
from onebow.apps.ledger.access import Look, log_access, verify_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.ledger.tests.make import AT, write_as_before

pytestmark = pytest.mark.django_db
copy_old_looks = import_module("onebow.apps.ledger.migrations.0004_access").copy_old_looks


def test_old_looks_and_exports_are_copied_into_one_chain_that_goes_on():
    person = File.objects.create(sha256="", name="any row with a number", bytes=1, made_at=AT)
    revealed = {"field": "phone", "reason": "核对档案"}
    write_as_before("person.revealed", revealed, by=7, source_id=person.pk)
    exported = {"full": True, "reason": "报送", "people": 500, "on": "2026-02-01"}
    write_as_before("roster.exported", exported, by=None)
    write_as_before("roster.exported", {"findings": True}, by=8)
    copy_old_looks(apps, None)
    told = list(
        AccessRecord.objects.order_by("pk").values_list("what", "person_id", "reason", "rows", "as_of", "by_id")
    )
    assert told == [
        ("phone", person.pk, "核对档案", 0, None, 7),
        ("export_full", None, "报送", 500, date(2026, 2, 1), None),
        ("export_findings", None, "", 0, date(2026, 3, 2), 8),
    ]
    log_access(Look("record", person.pk, 3), by_id=7, at=AT)
    assert verify_access() == []
