"""Triggers that keep the three administrators apart from all business, whatever program writes to the database.

They are no migration: SQLite rebuilds a table to change it, which loses the table's own triggers and fails
while triggers of other tables name it. So they are taken down before migrations and set up after them.
"""

from dataclasses import dataclass
from typing import Any

TABLES = {"accounts_user", "organizations_grant", "organizations_person"}
# Today in Beijing, as the services count it.
TODAY = {
    "sqlite": "date('now', '+8 hours')",
    "postgresql": "(now() AT TIME ZONE 'Asia/Shanghai')::date",
}
OPEN = "({row}.ends_on IS NULL OR {row}.ends_on > {today})"
OFFICE = "EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.user_id AND u.office <> 'none')"


@dataclass(frozen=True)
class Guard:
    """A trigger: on which table and change it refuses, and when."""

    name: str
    table: str
    change: str
    condition: str
    text: str


def guards(vendor: str) -> list[Guard]:
    """All guards, with conditions that both databases read."""
    today = TODAY[vendor]
    new_open = OPEN.format(row="NEW", today=today)
    held_open = OPEN.format(row="g", today=today)
    holds = f"EXISTS (SELECT 1 FROM organizations_grant g WHERE g.user_id = NEW.id AND {held_open})"  # noqa: S608
    is_person = "EXISTS (SELECT 1 FROM organizations_person p WHERE p.user_id = NEW.id)"
    taken = f"NEW.office <> 'none' AND ({holds} OR {is_person})"
    granted, linked = f"{new_open} AND {OFFICE}", f"NEW.user_id IS NOT NULL AND {OFFICE}"
    return [
        Guard("guard_grant_new", "organizations_grant", "INSERT", granted, "an administrator takes no grant"),
        Guard("guard_grant_change", "organizations_grant", "UPDATE", granted, "an administrator takes no grant"),
        Guard("guard_office_new", "accounts_user", "INSERT", taken, "who has a grant or is a person takes no office"),
        Guard(
            "guard_office_change", "accounts_user", "UPDATE", taken, "who has a grant or is a person takes no office"
        ),
        Guard(
            "guard_person_new", "organizations_person", "INSERT", linked, "an administrator is no person of a roster"
        ),
        Guard(
            "guard_person_change", "organizations_person", "UPDATE", linked, "an administrator is no person of a roster"
        ),
    ]


def set_up_guards(connection: Any) -> None:
    """Set up the guards, anew where they stand; does nothing until their tables exist."""
    if TABLES - set(connection.introspection.table_names()):
        return
    take_down_guards(connection)
    with connection.cursor() as cursor:
        for guard in guards(connection.vendor):
            for statement in _statements(guard, connection.vendor):
                cursor.execute(statement)


def take_down_guards(connection: Any) -> None:
    """Take the guards down."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards(connection.vendor):
            if guard.table not in tables:
                continue
            on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")


def _statements(guard: Guard, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {guard.name} BEFORE {guard.change} ON {guard.table} WHEN {guard.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.text}'); END"
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {guard.condition} THEN RAISE EXCEPTION '{guard.text}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.change} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]
