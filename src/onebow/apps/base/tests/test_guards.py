"""Triggers: set up, taken down, found fallen."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from onebow.apps.base import guards
from onebow.apps.base.guards import Guard, fallen_guards, set_up_guards, take_down_guards
from onebow.apps.base.models import File, Submission

TABLE = "base_submission"


@pytest.fixture
def guarded(db, monkeypatch) -> Any:
    """A function that lets the given guards stand, in the transaction of the test."""

    def stand(*wanted: Guard) -> None:
        monkeypatch.setattr(guards, "_REGISTERED", {"test": lambda vendor: wanted})
        set_up_guards(connection)

    return stand


def make_submission(key: str = "a") -> Submission:
    return Submission.objects.create(key=key, user_id=1)


def refused() -> Any:
    return pytest.raises(IntegrityError, match="it's kept")


def guard(change: str, **more: Any) -> Guard:
    return Guard(f"guard_test_{change.lower()}", TABLE, change, "it's kept", **more)


@pytest.mark.parametrize("timing", ["BEFORE", "AFTER"])
def test_each_change_of_a_row_can_be_refused(guarded, timing):
    row = make_submission()
    guarded(*(guard(change, timing=timing) for change in ("INSERT", "UPDATE", "DELETE")))
    with refused(), transaction.atomic():
        make_submission("b")
    with refused(), transaction.atomic():
        Submission.objects.update(location="/")
    with refused(), transaction.atomic():
        Submission.objects.filter(pk=row.pk).delete()
    assert list(Submission.objects.values_list("key", "location")) == [("a", "")]


def test_what_no_guard_speaks_of_passes(guarded):
    row = make_submission()
    guarded(
        guard("INSERT", condition="NEW.user_id = 2"),
        guard("UPDATE", columns=("key",)),
        guard("DELETE", condition="OLD.user_id = 2"),
    )
    Submission.objects.update(location="/")
    with refused(), transaction.atomic():
        Submission.objects.update(key="c")
    with refused(), transaction.atomic():
        Submission.objects.create(key="b", user_id=2)
    row.delete()
    assert not Submission.objects.exists()


def test_a_condition_after_an_insert_sees_the_id_that_the_database_gave(guarded):
    made = make_submission().pk
    guarded(guard("INSERT", timing="AFTER", condition=f"NEW.id <= {made}"))
    make_submission("b")
    guarded(guard("INSERT", timing="AFTER", condition=f"NEW.id > {made}"))
    with refused(), transaction.atomic():
        make_submission("c")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_emptying_a_table_can_be_refused_on_postgresql(guarded):
    make_submission()
    guarded(guard("TRUNCATE"))
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")
    assert Submission.objects.count() == 1


def test_a_guard_whose_tables_are_missing_waits(guarded):
    guarded(guard("DELETE", needs=("base_not_yet",)), Guard("guard_test_later", "base_not_yet", "DELETE", "x"))
    make_submission().delete()
    assert fallen_guards(connection) == []


def test_a_guard_that_nobody_lists_any_more_is_taken_down(guarded):
    guarded(guard("DELETE"))
    guarded()
    make_submission().delete()


def test_a_guard_that_fell_or_was_changed_is_named(guarded, monkeypatch):
    guarded(guard("DELETE"), guard("UPDATE"))
    assert fallen_guards(connection) == []
    changed = (guard("DELETE", condition="OLD.id = 0"), guard("UPDATE"))
    monkeypatch.setattr(guards, "_REGISTERED", {"test": lambda vendor: changed})
    assert fallen_guards(connection) == ["guard_test_delete"]
    take_down_guards(connection)
    assert fallen_guards(connection) == ["guard_test_delete", "guard_test_update"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite cannot disable a trigger")
def test_a_disabled_guard_counts_as_fallen_on_postgresql(guarded):
    guarded(guard("DELETE"))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER guard_test_delete")
    assert fallen_guards(connection) == ["guard_test_delete"]


def test_a_guard_says_what_it_is():
    with pytest.raises(ValueError, match="no guard"):
        Guard("keep_it", TABLE, "DELETE", "x")
    with pytest.raises(ValueError, match="no guard"):
        Guard("guard_it", TABLE, "SELECT", "x")


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_between_tests_though_guards_forbid_it(monkeypatch):
    make_submission()
    File.objects.create(sha256="a", name="a", bytes=1, made_at="2026-01-01T00:00Z")
    changes = ("DELETE", "TRUNCATE") if connection.vendor == "postgresql" else ("DELETE",)
    monkeypatch.setattr(guards, "_REGISTERED", {"test": lambda vendor: [guard(change) for change in changes]})
    set_up_guards(connection)
    call_command("flush", interactive=False, verbosity=0)
    assert not Submission.objects.exists()
    assert not File.objects.exists()
    assert fallen_guards(connection) == []
    make_submission()
    with refused():
        Submission.objects.all().delete()
    monkeypatch.undo()
    set_up_guards(connection)


def test_no_database_but_a_tests_own_is_emptied(db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "/var/lib/onebow/onebow.sqlite3")
    make_submission()
    with pytest.raises(CommandError, match="不能清空"):
        call_command("flush", interactive=False, verbosity=0)
    assert Submission.objects.count() == 1
