"""The policy: every door of the product, who may pass it, and how near one must stand.

A door is an address with its methods, a command of the command line, or a task of the background worker.
An undeclared door is shut (404) and fails the tests. The middleware (doors.py) looks at *who*; how *near*
one must stand to the thing behind the door is applied by the queries that find the thing, and
tests/test_matrix.py holds every door with a thing behind it against it.

To declare a door add a line to the file of its app:
    url("organizations:edit", "GET POST", OFFICERS),
"""

from collections.abc import Iterable

from onebow.config.policy.affairs import AFFAIRS
from onebow.config.policy.bow import BOW
from onebow.config.policy.checks import CHECKS
from onebow.config.policy.duties import DUTIES
from onebow.config.policy.help import HELP
from onebow.config.policy.items import ITEMS
from onebow.config.policy.ledger import LEDGER
from onebow.config.policy.load import LOAD
from onebow.config.policy.machine import COMMANDS, TASKS
from onebow.config.policy.meetings import MEETINGS
from onebow.config.policy.methods import METHODS
from onebow.config.policy.organizations import ORGANIZATIONS, RIGHTS
from onebow.config.policy.passes import ANYONE, Door, Near, Pass, url
from onebow.config.policy.people import ACCOUNTS, BASE, BEFORE_FACTOR, DESK
from onebow.config.policy.plans import PLANS
from onebow.config.policy.registers import REGISTERS
from onebow.config.policy.risks import RISKS
from onebow.config.policy.structure import ELECTIONS, RESTRUCTURING

__all__ = ["ANYONE", "BEFORE_FACTOR", "BY_METHOD", "DOORS", "URL_NAMES", "Door", "Near", "Pass", "may_pass", "url"]
DOORS: tuple[Door, ...] = (
    *BASE, *ACCOUNTS, *ORGANIZATIONS, *RESTRUCTURING, *ELECTIONS, *LEDGER, *RIGHTS, *DESK,
    *PLANS, *ITEMS, *DUTIES, *REGISTERS, *CHECKS, *MEETINGS, *AFFAIRS, *LOAD, *METHODS, *RISKS, *BOW, *HELP, *COMMANDS,
    *TASKS,
)  # fmt: skip


def _by_method(doors: Iterable[Door]) -> dict[tuple[str, str], Door]:
    table: dict[tuple[str, str], Door] = {}
    for door in doors:
        for method in door.methods:
            if (door.name, method) in table:
                raise ValueError(f"door {door.name} declares {method} twice")
            table[door.name, method] = door
    return table


BY_METHOD = _by_method(DOORS)
URL_NAMES = frozenset(name for name, _ in BY_METHOD)


def may_pass(door: Door, office: str | None, roles: frozenset[str]) -> bool:
    """Whether the door names somebody of this office and these roles; `office` is None before signing in."""
    words = {allowed.who for allowed in door.passes}
    if office is None or "anyone" in words:
        return "anyone" in words
    if "signed_in" in words:
        return True
    return office in words if office != "none" else not words.isdisjoint(roles)
