"""Tables of the libraries that we stand on: what data they hold of persons, and for how long."""

from dataclasses import dataclass

from onebow.apps.base.classification import Data


@dataclass(frozen=True)
class Table:
    """A table that is not ours: the class of the worst that it holds, what that is, how long it is kept."""

    data: Data
    holds: str
    kept: str


UNUSED = Table(Data.NONE, "nothing; the product has no such feature", "always empty")
DAILY = "the worker drops them every day"
TABLES = {
    "auth.Permission": Table(Data.NONE, "names of Django's own permissions, which nobody is given", "always"),
    "auth.Group": UNUSED,
    "auth.Group_permissions": UNUSED,
    "contenttypes.ContentType": Table(Data.NONE, "names of tables", "always"),
    "sessions.Session": Table(
        Data.SECRET,
        "who is signed in, and when by which factor; signed, no data of a roster",
        f"void after 30 minutes (administrators) or 8 hours without a request; rows of two weeks ago: {DAILY}",
    ),
    "django_q.OrmQ": Table(Data.NONE, "tasks that wait: ids of imports and accounts", "until the task is done"),
    "django_q.Task": Table(
        Data.NONE,
        "tasks that are done: the same ids, counts; of a failure its place and kind",
        f"the last 250 that succeeded, failures 30 days; {DAILY}",
    ),
    "django_q.Success": Table(Data.NONE, "another face of django_q.Task", "as there"),
    "django_q.Failure": Table(Data.NONE, "another face of django_q.Task", "as there"),
    "django_q.Schedule": Table(Data.NONE, "names of tasks", "always"),
    "axes.AccessAttempt": Table(
        Data.PERSONAL,
        "failed sign-ins: the name that was typed, address, browser; no password, no form field",
        f"one day; {DAILY}. A success drops those of its name",
    ),
    "axes.AccessAttemptExpiration": UNUSED,
    "axes.AccessFailureLog": UNUSED,
    "axes.AccessLog": UNUSED,
    "account.EmailAddress": UNUSED,
    "account.EmailConfirmation": UNUSED,
    "mfa.Authenticator": Table(
        Data.SECRET, "secrets of second factors and printed codes, sealed", "until the holder or `reset-factor` ends it"
    ),
    # No model: the table of Django's cache.
    "base_cache": Table(Data.INTERNAL, "counters of tries by account and address", "15 minutes"),
}
