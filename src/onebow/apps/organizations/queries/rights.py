"""Reads about grants, offices, and what the audit administrator looks at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onebow.apps.accounts.models import User
from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Grant, Organization

AUDITED = tuple(key for key in BY_KEY if key.startswith(("account.", "grant.", "installation.")))


def grants() -> QuerySet[Grant]:
    """Every grant, newest first, for the security administrator."""
    return Grant.objects.select_related("user", "organization").order_by("-created_at", "-pk")


def grant_state(grant: Grant, today: date) -> tuple[str, str]:
    """Whether a grant holds, as a word and its colour."""
    if grant.ends_on and grant.ends_on <= today:
        return "已结束", "neutral"
    if grant.starts_on and grant.starts_on > today:
        return "未开始", "warn"
    return "有效", "ok"


def organizations_named(text: str, today: date) -> QuerySet[Organization]:
    """Organizations that a grant may name: name and kind only, the security administrator sees no more of them."""
    rows = Organization.objects.not_ended(today)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(initials__startswith=text.lower()))
    return rows.select_related("parent").order_by("depth", "rank", "pk")


def administrators() -> QuerySet[User]:
    """Accounts with an office."""
    return User.objects.exclude(office=User.Office.NONE).order_by("office", "username")


def audit_entries() -> QuerySet[Entry]:
    """Sign-ins and changes of rights, newest first."""
    return Entry.objects.filter(kind__in=AUDITED).select_related("body").order_by("-pk")


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit page, with names for the ids that the ledger keeps."""

    entry: Entry
    account: str
    by: str
    organization: str
    role: str


def audit_lines(entries: Iterable[Entry]) -> list[AuditLine]:
    """Names for the ids in these entries, in two queries."""
    entries = list(entries)
    users = dict(User.objects.filter(pk__in={pk for e in entries for pk in _user_ids(e)}).values_list("pk", "username"))
    ids = {e.organization_id for e in entries if e.organization_id}
    organizations = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))
    roles = dict(Grant.Role.choices)
    return [
        AuditLine(
            entry=entry,
            account=users.get(_account_id(entry) or 0, ""),
            by=users.get(entry.by_id or 0, ""),
            organization=organizations.get(entry.organization_id or 0, ""),
            role=str(roles.get(entry.data.get("role", ""), "")),
        )
        for entry in entries
    ]


def _account_id(entry: Entry) -> int | None:
    return entry.source_id if entry.source == "accounts.user" else entry.data.get("user")


def _user_ids(entry: Entry) -> set[int]:
    return {pk for pk in (_account_id(entry), entry.by_id) if pk}
