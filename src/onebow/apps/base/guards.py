"""Triggers by which the database itself refuses a change, whatever program asks for it.

They are no migration: SQLite rebuilds a table to change it, which loses the table's own triggers and fails
while triggers of other tables name it. So they are taken down before migrations and set up after them.

An app registers its guards when it is ready: `register("ledger", guards)`, where `guards(vendor)` lists them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

# Whatever bears it is ours: a guard of an older version goes too, though nobody lists it any more.
PREFIX = "guard_"
CHANGES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
MADE = {
    "sqlite": r"SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\_%' ESCAPE '\'",
    "postgresql": r"""SELECT tgname, relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT tgisinternal AND tgname LIKE 'guard\_%' AND pg_table_is_visible(c.oid)""",
}
# What each guard that stands does; one that was disabled does nothing, so it does not stand.
STANDING = {
    "sqlite": r"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\_%' ESCAPE '\'",
    "postgresql": r"""SELECT tgname, prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT tgisinternal AND tgname LIKE 'guard\_%'
        AND tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)""",
}


@dataclass(frozen=True)
class Guard:
    """A trigger that refuses with `text` a change of a table's row where `condition` holds.

    `change` is INSERT, UPDATE, DELETE or, for the whole table and on PostgreSQL alone, TRUNCATE; `columns` narrows an
    UPDATE. A condition speaks of NEW and OLD in words that both databases read; an empty one always holds.
    Before an INSERT SQLite does not know an id that it will give itself: `timing="AFTER"` sees it.
    `needs` are tables that the condition reads besides the own one: without them the guard is not set up yet.
    """

    name: str
    table: str
    change: str
    text: str
    condition: str = ""
    timing: str = "BEFORE"
    columns: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.startswith(PREFIX) or self.change not in CHANGES:
            raise ValueError(f"no guard: {self.name} on {self.change}")


Guards = Callable[[str], Iterable[Guard]]
_REGISTERED: dict[str, Guards] = {}


def register(app: str, guards: Guards) -> None:
    """Let an app's guards stand whenever no migration is under way. `guards` gets the vendor's name."""
    _REGISTERED[app] = guards


def registered(vendor: str) -> list[Guard]:
    """The guards of all apps that this database can have."""
    every = [guard for guards in _REGISTERED.values() for guard in guards(vendor)]
    return [guard for guard in every if vendor == "postgresql" or guard.change != "TRUNCATE"]


def set_up_guards(connection: Any) -> None:
    """Set up all guards whose tables exist, anew where they stand."""
    take_down_guards(connection)
    with connection.cursor() as cursor:
        for guard in possible(connection):
            for statement in _statements(guard, connection.vendor):
                cursor.execute(statement)


def take_down_guards(connection: Any) -> None:
    """Take all guards down."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(MADE[connection.vendor])
        for name, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"' + (f' ON "{table}"' if postgresql else ""))
            if postgresql:
                cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"()')


def possible(connection: Any) -> list[Guard]:
    """The guards whose tables exist."""
    tables = set(connection.introspection.table_names())
    return [guard for guard in registered(connection.vendor) if {guard.table, *guard.needs} <= tables]


def fallen_guards(connection: Any) -> list[str]:
    """Names of guards that are missing, disabled or do something else than they should."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = dict(cursor.fetchall())
    return [
        guard.name for guard in possible(connection) if standing.get(guard.name) != _written(guard, connection.vendor)
    ]


def _written(guard: Guard, vendor: str) -> str:
    """What the database keeps as the guard's text."""
    return _statements(guard, vendor)[0] if vendor == "sqlite" else _body(guard)


def _statements(guard: Guard, vendor: str) -> list[str]:
    columns = f" OF {', '.join(guard.columns)}" if guard.columns else ""
    when = f"{guard.timing} {guard.change}{columns} ON {guard.table}"
    if vendor == "sqlite":
        condition = f" WHEN {guard.condition}" if guard.condition else ""
        refusal = f"SELECT RAISE(ABORT, {_quoted(guard.text)})"
        return [f"CREATE TRIGGER {guard.name} {when}{condition} BEGIN {refusal}; END"]
    each = "STATEMENT" if guard.change == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard${_body(guard)}$guard$",
        f"CREATE TRIGGER {guard.name} {when} FOR EACH {each} EXECUTE FUNCTION {guard.name}()",
    ]


def _body(guard: Guard) -> str:
    """The trigger's function on PostgreSQL; what it returns lets the row pass."""
    row = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(guard.change, "NEW")
    refusal = f"RAISE EXCEPTION USING MESSAGE = {_quoted(guard.text)}, ERRCODE = 'check_violation';"
    held = f"IF {guard.condition} THEN {refusal} END IF;" if guard.condition else refusal
    return f" BEGIN {held} RETURN {row}; END "


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
