"""Doors of the command line and of the background worker."""

from onebow.config.policy.passes import Door, command, task

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
        "import_absences",
        "ledger",
        "structure",
        "export_roster",
        "document",
        "method",
        "duties",
        "checks",
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
    task("onebow.apps.plans.tasks.generate_duties"),
    task("onebow.apps.plans.tasks.make_checks"),
    task("onebow.apps.affairs.tasks.make_workbooks"),
    task("onebow.apps.affairs.tasks.forget_workbooks"),
    task("onebow.apps.ledger.tasks.sign_head"),
    task("onebow.apps.base.tasks.clean_up"),
    task("onebow.apps.accounts.tasks.forget_failures"),
    task("onebow.apps.desk.tasks.tell"),
    task("onebow.apps.desk.tasks.send"),
    task("onebow.backup.tasks.make_daily_backup"),
)
