"""Background work and what is written to the log."""

import os

Q_CLUSTER = {
    "name": "onebow",
    "orm": "default",
    "workers": 1,
    "poll": 0.5,
    "timeout": 900,
    # A worker that died leaves its task to be delivered again; tasks are idempotent.
    "retry": 960,
    "max_attempts": 3,
    "catch_up": False,
    "label": "后台任务",
}

# Where signed heads are witnessed; empty: in the data folder. Another disk, or another machine's, is better.
WITNESS = os.environ.get("ONEBOW_WITNESS", "")

# Every day, see base/schedules.py.
DAILY: tuple[str, ...] = (
    "onebow.apps.organizations.tasks.roll_paths",
    "onebow.apps.base.tasks.clean_up",
    "onebow.apps.accounts.tasks.forget_failures",
)

# A backup every day, once both are set: nothing is ever kept without a passphrase.
BACKUP_FOLDER = os.environ.get("ONEBOW_BACKUP_FOLDER", "")
BACKUP_PASSPHRASE_FILE = os.environ.get("ONEBOW_BACKUP_PASSPHRASE_FILE", "")
BACKUP_KEEP = int(os.environ.get("ONEBOW_BACKUP_KEEP", "14"))
if BACKUP_FOLDER and BACKUP_PASSPHRASE_FILE:
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
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # It tells of each task it is handed.
        "django-q": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
