"""The policy file: every door of the product, who may pass it, and how near one must stand.

A door is an address with its methods, a command of the command line, or a task of the background worker.
An undeclared door is shut (404) and fails the tests. The middleware (doors.py) looks at *who*; how *near*
one must stand to the thing behind the door is applied by the queries that find the thing, and
tests/test_matrix.py holds every door with a thing behind it against this file.

To declare a door add a line to your app's section:
    url("organizations:edit", "GET POST", OFFICERS),
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Near(IntEnum):
    """How near a person stands to a thing, or must stand; each includes those before it."""

    SELF = 1  # the thing is the person's own record
    OWN = 2  # the person belongs to the organization today
    SUBTREE = 3  # at or below what an officer keeps, a secretary or a head leads
    ANY = 4  # there is no thing behind the door, or any will do


@dataclass(frozen=True)
class Pass:
    """Who may pass: `anyone`, `signed_in`, an office, a role, or the `machine` (its operator or worker)."""

    who: str
    near: Near = Near.ANY


@dataclass(frozen=True)
class Door:
    """门: one way in. Methods are empty for commands and tasks."""

    kind: str
    name: str
    methods: tuple[str, ...]
    passes: tuple[Pass, ...]


Passes = tuple[Pass, ...]


def url(name: str, methods: str, passes: Passes) -> Door:
    """An address by its URL name ("app:name") and methods ("GET POST"; HEAD comes with GET)."""
    return Door("url", name, tuple(methods.split()), passes)


def command(name: str) -> Door:
    """A command of ours: whoever may start a program on the machine may run it."""
    return Door("command", name, (), MACHINE)


def task(path: str) -> Door:
    """A function that the background worker runs, by its dotted path; only our services queue it."""
    return Door("task", path, (), MACHINE)


# Who, in the words of the lines below.
MACHINE: Passes = (Pass("machine"),)
ANYONE: Passes = (Pass("anyone"),)
SIGNED_IN: Passes = (Pass("signed_in"),)
SYSTEM: Passes = (Pass("system"),)
SECURITY: Passes = (Pass("security"),)
AUDIT: Passes = (Pass("audit"),)
# 党务干部: writes in what it keeps.
OFFICERS: Passes = (Pass("officer", Near.SUBTREE),)
# 书记、行政负责人: read what they lead.
LEADERS: Passes = (Pass("secretary", Near.SUBTREE), Pass("unit_head", Near.SUBTREE))
# 党员、职工: read the organizations they belong to ...
MATES: Passes = (Pass("member", Near.OWN), Pass("staff", Near.OWN))
# ... and their own record.
ONESELF: Passes = (Pass("member", Near.SELF), Pass("staff", Near.SELF))
# Holders of a grant for a narrow task; they have a desk and no more until their app gives them a door.
GUESTS: Passes = (Pass("handler"), Pass("reviewer"), Pass("dispatched"), Pass("liaison"))
# Whoever has a role, that is: nobody who is an administrator.
PEOPLE: Passes = OFFICERS + LEADERS + MATES + GUESTS
# An organization's page and the lists of organizations.
ORGANIZATION_READERS: Passes = OFFICERS + LEADERS + MATES
# What the checks find, in what one keeps or leads.
FINDING_READERS: Passes = OFFICERS + LEADERS
# Plans of restructuring: of what an officer keeps, and those handed in, of what a leader leads as a whole.
PLAN_READERS: Passes = OFFICERS + LEADERS
# Who prepares, records and decides on elections: officers, and secretaries of the organization or of its superior.
RUNNERS: Passes = (*OFFICERS, Pass("secretary", Near.SUBTREE))
MEMBERS: Passes = (Pass("member", Near.OWN),)
# The person alone, whatever makes them one of ours.
ONLY_ONESELF: Passes = (*ONESELF, Pass("secretary", Near.SELF), Pass("unit_head", Near.SELF))
# What proves the ledger: sizes and hashes, no content.
PROVERS: Passes = (*AUDIT, Pass("officer"))
# A person's page and the lists of people.
PERSON_READERS: Passes = OFFICERS + LEADERS + ONESELF

BASE: tuple[Door, ...] = (url("base:style", "GET", ANYONE),)

ACCOUNTS: tuple[Door, ...] = (
    url("account_login", "GET POST", ANYONE),
    url("mfa_authenticate", "GET POST", ANYONE),
    url("accounts:activate", "GET POST", ANYONE),
    url("account_logout", "GET POST", SIGNED_IN),
    url("account_change_password", "GET POST", SIGNED_IN),
    url("account_reauthenticate", "GET POST", SIGNED_IN),
    url("mfa_reauthenticate", "GET POST", SIGNED_IN),
    url("mfa_index", "GET", SIGNED_IN),
    url("mfa_activate_totp", "GET POST", SIGNED_IN),
    url("mfa_deactivate_totp", "GET POST", SIGNED_IN),
    url("mfa_view_recovery_codes", "GET", SIGNED_IN),
    url("mfa_generate_recovery_codes", "GET POST", SIGNED_IN),
    url("accounts:account", "GET", SIGNED_IN),
    url("accounts:index", "GET", SYSTEM),
    url("accounts:new", "GET POST", SYSTEM),
    url("accounts:slip", "GET POST", SYSTEM),
    url("accounts:closure", "POST", SYSTEM),
    url("accounts:opening", "POST", SYSTEM),
    url("accounts:locks", "GET", SECURITY),
    url("accounts:unlock", "POST", SECURITY),
)
# All that an administrator may open before the second factor is set up.
BEFORE_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "account_change_password",
    }
)

ORGANIZATIONS: tuple[Door, ...] = (
    url("organizations:index", "GET", ORGANIZATION_READERS),
    url("organizations:new", "GET POST", OFFICERS),
    url("organizations:options", "GET", OFFICERS),
    url("organizations:show", "GET", ORGANIZATION_READERS),
    url("organizations:edit", "GET POST", OFFICERS),
    # The members of a branch with their dates: also for its secretary.
    url("organizations:member_list", "GET POST", (*OFFICERS, Pass("secretary", Near.SUBTREE))),
    url("organizations:history", "GET", ORGANIZATION_READERS),
    url("organizations:name", "GET POST", OFFICERS),
    url("organizations:placement", "GET POST", OFFICERS),
    url("organizations:closure", "GET POST", OFFICERS),
    url("organizations:link", "GET POST", OFFICERS),
    url("organizations:link_closure", "GET POST", OFFICERS),
    url("organizations:chains", "GET POST", OFFICERS),
    url("organizations:approval", "GET POST", OFFICERS),
    url("organizations:approval_scan", "GET", ORGANIZATION_READERS),
    url("organizations:people", "GET", PERSON_READERS),
    url("organizations:person_new", "GET POST", OFFICERS),
    url("organizations:people_options", "GET", OFFICERS),
    url("organizations:duplicates", "GET", OFFICERS),
    url("organizations:person", "GET", PERSON_READERS),
    url("organizations:person_edit", "GET POST", OFFICERS),
    url("organizations:person_history", "GET", PERSON_READERS),
    url("organizations:person_merger", "GET POST", OFFICERS),
    # One's own numbers too: a person may look at them like an officer, for a reason, and it is recorded.
    url("organizations:person_numbers", "GET POST", OFFICERS + ONESELF),
    # Who looked at one's own data: nobody else may know.
    url("organizations:person_reads", "GET", ONLY_ONESELF),
    url("organizations:number", "GET POST", OFFICERS),
    url("organizations:person_staff", "GET POST", OFFICERS),
    url("organizations:person_party", "GET POST", OFFICERS),
    url("organizations:membership_closure", "GET POST", OFFICERS),
    url("organizations:person_post", "GET POST", OFFICERS),
    url("organizations:post_closure", "GET POST", OFFICERS),
    url("organizations:places", "GET", ORGANIZATION_READERS),
    url("organizations:place_new", "GET POST", OFFICERS),
    url("organizations:place_edit", "GET POST", OFFICERS),
    url("organizations:trees", "GET", ORGANIZATION_READERS),
    url("organizations:trees_table", "GET", ORGANIZATION_READERS),
    url("organizations:trees_side", "GET", ORGANIZATION_READERS),
    url("organizations:findings", "GET", FINDING_READERS),
    url("organizations:findings_first", "GET", FINDING_READERS),
    url("organizations:findings_xlsx_file", "GET", FINDING_READERS),
    url("organizations:findings_csv_file", "GET", FINDING_READERS),
    url("organizations:organization_findings", "GET", FINDING_READERS),
    url("organizations:finding_set_aside", "GET POST", OFFICERS),
    url("organizations:finding_reopening", "POST", OFFICERS),
    # The regulations are no secret: whoever has a role reads them.
    url("organizations:rules", "GET", PEOPLE),
    url("organizations:imports", "GET POST", OFFICERS),
    url("organizations:import", "GET", OFFICERS),
    url("organizations:import_progress", "GET", OFFICERS),
    url("organizations:import_check", "POST", OFFICERS),
    url("organizations:import_application", "POST", OFFICERS),
    url("organizations:import_closure", "POST", OFFICERS),
    url("organizations:import_findings", "GET", OFFICERS),
    url("organizations:roster_file", "GET POST", OFFICERS),
    url("organizations:roster_numbers", "GET POST", OFFICERS),
)

RESTRUCTURING: tuple[Door, ...] = (
    url("organizations:restructurings", "GET", PLAN_READERS),
    url("organizations:restructuring_new", "GET POST", OFFICERS),
    url("organizations:restructuring", "GET", PLAN_READERS),
    url("organizations:restructuring_hindrances", "GET", PLAN_READERS),
    url("organizations:restructuring_changes", "GET", PLAN_READERS),
    url("organizations:restructuring_board", "GET", OFFICERS),
    url("organizations:restructuring_move", "POST", OFFICERS),
    url("organizations:restructuring_cell", "GET POST", OFFICERS),
    url("organizations:restructuring_planned", "GET", PLAN_READERS),
    url("organizations:restructuring_planned", "POST", OFFICERS),
    url("organizations:restructuring_reason", "GET POST", OFFICERS),
    url("organizations:restructuring_general", "POST", OFFICERS),
    url("organizations:restructuring_general_closure", "POST", OFFICERS),
    url("organizations:restructuring_settings", "GET POST", OFFICERS),
    url("organizations:restructuring_proposal", "POST", OFFICERS),
    url("organizations:restructuring_progress", "GET", PLAN_READERS),
    url("organizations:restructuring_stop", "POST", OFFICERS),
    url("organizations:restructuring_refresh", "POST", OFFICERS),
    url("organizations:restructuring_submission", "GET POST", OFFICERS),
    # The committee decides: its secretary, or an officer of it.
    url("organizations:restructuring_decision", "GET POST", (*OFFICERS, Pass("secretary", Near.SUBTREE))),
    url("organizations:restructuring_paper", "GET POST", OFFICERS),
    url("organizations:restructuring_scan", "GET", PLAN_READERS),
    url("organizations:restructuring_reopening", "POST", OFFICERS),
    url("organizations:restructuring_closure", "GET POST", OFFICERS),
    url("organizations:restructuring_copy", "GET POST", OFFICERS),
    url("organizations:restructuring_reversal", "GET POST", OFFICERS),
    url("organizations:restructuring_enactment", "POST", OFFICERS),
    url("organizations:restructuring_compare", "GET", PLAN_READERS),
    url("organizations:restructuring_pictures", "GET", PLAN_READERS),
    url("organizations:restructuring_people", "GET", PLAN_READERS),
    url("organizations:restructuring_people_file", "GET POST", PLAN_READERS),
    url("organizations:restructuring_papers", "GET", PLAN_READERS),
    url("organizations:restructuring_document", "GET", PLAN_READERS),
    url("organizations:restructuring_document_file", "GET", PLAN_READERS),
    # Lists name people with dates: for those who keep them.
    url("organizations:restructuring_lists", "GET POST", OFFICERS),
    url("organizations:restructuring_lists_progress", "GET", OFFICERS),
    url("organizations:restructuring_lists_file", "GET", OFFICERS),
)

# Elections, appointments, and groups on service chains.
ELECTIONS: tuple[Door, ...] = (
    url("organizations:elections", "GET", RUNNERS + MEMBERS),
    url("organizations:elections_batch", "GET POST", RUNNERS),
    # Members read how an election of their own organization ended.
    url("organizations:election", "GET", RUNNERS + MEMBERS),
    url("organizations:election_new", "GET POST", RUNNERS),
    url("organizations:election_settings", "GET POST", RUNNERS),
    url("organizations:election_candidates", "GET POST", RUNNERS),
    url("organizations:election_submission", "POST", RUNNERS),
    url("organizations:election_decision", "GET POST", RUNNERS),
    url("organizations:election_reply", "GET POST", OFFICERS),
    url("organizations:election_meeting", "GET POST", RUNNERS),
    url("organizations:election_ballots", "GET POST", RUNNERS),
    url("organizations:ballot_closure", "GET POST", RUNNERS),
    url("organizations:election_fewer", "GET POST", RUNNERS),
    url("organizations:election_result", "GET POST", RUNNERS),
    url("organizations:election_closure", "GET POST", RUNNERS),
    url("organizations:election_scan", "GET", RUNNERS),
    url("organizations:election_paper", "GET", RUNNERS),
    url("organizations:appointment", "GET POST", OFFICERS),
    url("organizations:groups", "GET POST", OFFICERS),
    url("organizations:chains_list", "GET", FINDING_READERS),
    url("organizations:chains_xlsx_file", "GET", FINDING_READERS),
)

LEDGER: tuple[Door, ...] = (
    url("organizations:ledger", "GET", PERSON_READERS),
    url("organizations:ledger_new", "GET POST", PERSON_READERS),
    url("organizations:ledger_organizations", "GET", PERSON_READERS),
    url("organizations:ledger_people", "GET", PERSON_READERS),
    url("organizations:ledger_entry", "GET", PERSON_READERS),
    url("organizations:ledger_correction", "GET POST", PERSON_READERS),
    url("organizations:ledger_voiding", "GET POST", PERSON_READERS),
    url("organizations:ledger_attachment", "GET", PERSON_READERS),
    url("organizations:ledger_late", "GET POST", OFFICERS + LEADERS),
    url("organizations:ledger_proof", "GET", PROVERS),
    url("organizations:ledger_progress", "GET", PROVERS),
    url("organizations:ledger_head", "POST", PROVERS),
    url("organizations:ledger_check", "POST", PROVERS),
    url("organizations:ledger_head_file", "GET", PROVERS),
    url("organizations:ledger_key_file", "GET", PROVERS),
    url("organizations:person_erasure", "GET POST", OFFICERS),
)

# Grants, offices, audit, accounts for people, the first set-up.
RIGHTS: tuple[Door, ...] = (
    # Opened by the code that the console prints, and by nothing once it is used.
    url("organizations:setup", "GET POST", ANYONE),
    url("organizations:grants", "GET", SECURITY),
    url("organizations:grant_new", "GET POST", SECURITY),
    url("organizations:grant_options", "GET", SECURITY),
    url("organizations:grant_closure", "POST", SECURITY),
    url("organizations:offices", "GET", SECURITY),
    url("organizations:office_new", "GET POST", SECURITY),
    url("organizations:office_closure", "POST", SECURITY),
    url("organizations:audit", "GET", AUDIT),
    url("organizations:audit_reads", "GET", AUDIT),
    url("organizations:accounts", "GET POST", OFFICERS),
    url("organizations:person_slip", "GET POST", OFFICERS),
)

DESK: tuple[Door, ...] = (
    url("desk:home", "GET", SIGNED_IN),
    url("desk:search", "GET POST", PEOPLE),
)

COMMANDS: tuple[Door, ...] = tuple(
    command(name)
    for name in (
        "start",
        "serve",
        "work",
        "doctor",
        "settings",
        # Refuses all but the database of a test run.
        "flush",
        "demo",
        "import_roster",
        "ledger",
        "structure",
        "export_roster",
        "document",
        "setup-code",
        "reset-factor",
        "backup",
        "restore",
    )
)

TASKS: tuple[Door, ...] = (
    task("onebow.apps.organizations.tasks.check_import"),
    task("onebow.apps.organizations.tasks.apply_import"),
    task("onebow.apps.organizations.tasks.roll_paths"),
    task("onebow.apps.organizations.tasks.compute_proposal"),
    task("onebow.apps.organizations.tasks.enact_due"),
    task("onebow.apps.organizations.tasks.make_lists"),
    task("onebow.apps.organizations.tasks.forget_lists"),
    task("onebow.apps.organizations.tasks.check_ledger"),
    task("onebow.apps.organizations.tasks.check_ledger_daily"),
    task("onebow.apps.ledger.tasks.sign_head"),
    task("onebow.apps.base.tasks.clean_up"),
    task("onebow.apps.accounts.tasks.forget_failures"),
    task("onebow.backup.tasks.make_daily_backup"),
)

DOORS: tuple[Door, ...] = (
    BASE + ACCOUNTS + ORGANIZATIONS + RESTRUCTURING + ELECTIONS + LEDGER + RIGHTS + DESK + COMMANDS + TASKS
)


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
