"""Background work and what is written to the log."""

from onebow.options import OPTIONS_READ as OPTIONS

# Of the product itself; the packages it stands on say more than anybody reads below a warning.
LEVEL = OPTIONS.log_level.upper()

Q_CLUSTER = {
    "name": "onebow",
    "orm": "default",
    "workers": OPTIONS.workers,
    "poll": 0.5,
    "timeout": 900,
    # A worker that died leaves its task to be delivered again; tasks are idempotent.
    "retry": 960,
    "max_attempts": 3,
    "catch_up": False,
    "label": "后台任务",
}

# By the clock, see base/schedules.py. Each is done twice without harm.
QUARTER_HOURLY: tuple[str, ...] = ("onebow.apps.desk.tasks.tell",)
HOURLY: tuple[str, ...] = ("onebow.apps.ledger.tasks.sign_head",)
DAILY: tuple[str, ...] = (
    "onebow.apps.organizations.tasks.roll_paths",
    "onebow.apps.organizations.tasks.enact_due",
    "onebow.apps.base.tasks.clean_up",
    "onebow.apps.accounts.tasks.forget_failures",
    "onebow.apps.organizations.tasks.check_ledger_daily",
    "onebow.apps.organizations.tasks.forget_lists",
    "onebow.apps.plans.tasks.generate_duties",
    "onebow.apps.plans.tasks.make_checks",
    "onebow.apps.affairs.tasks.forget_workbooks",
)

# How users are told: see docs/apps/desk.md.
ADDRESS = OPTIONS.address
MAIL_SERVER, MAIL_FROM, MAIL_PASSWORD_FILE = OPTIONS.mail_server, OPTIONS.mail_from, OPTIONS.mail_password_file
WEBHOOK_ORIGINS = OPTIONS.webhook_origins

# A backup every day, once it is known with which passphrase: nothing is ever kept without one.
if OPTIONS.backup_passphrase_file:
    DAILY += ("onebow.backup.tasks.make_daily_backup",)

# To standard error, for the service manager to keep: faults only, no addresses with their query, no names,
# and of an error its place and kind, since its words may quote a row.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "onebow.apps.base.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "onebow": {"handlers": [], "level": LEVEL, "propagate": True},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # It would write addresses of robots and of mail.
        "apprise": {"handlers": [], "level": "CRITICAL", "propagate": False},
        # It tells of each task it is handed.
        "django-q": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
