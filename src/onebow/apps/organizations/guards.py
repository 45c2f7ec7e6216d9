"""Triggers that keep the three administrators apart from all business, whatever program writes to the database."""

from onebow.apps.base.guards import Guard

TABLES = ("accounts_user", "organizations_grant", "organizations_person")
NO_GRANT = "an administrator takes no grant"
NO_OFFICE = "who has a grant or is a person takes no office"
NO_PERSON = "an administrator is no person of a roster"
# Today in Beijing, as the services count it.
TODAY = {
    "sqlite": "date('now', '+8 hours')",
    "postgresql": "(now() AT TIME ZONE 'Asia/Shanghai')::date",
}
OPEN = "({row}.ends_on IS NULL OR {row}.ends_on > {today})"
OFFICE = "EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.user_id AND u.office <> 'none')"


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
        Guard("guard_grant_new", "organizations_grant", "INSERT", NO_GRANT, granted, needs=TABLES),
        Guard("guard_grant_change", "organizations_grant", "UPDATE", NO_GRANT, granted, needs=TABLES),
        Guard("guard_office_new", "accounts_user", "INSERT", NO_OFFICE, taken, needs=TABLES),
        Guard("guard_office_change", "accounts_user", "UPDATE", NO_OFFICE, taken, needs=TABLES),
        Guard("guard_person_new", "organizations_person", "INSERT", NO_PERSON, linked, needs=TABLES),
        Guard("guard_person_change", "organizations_person", "UPDATE", NO_PERSON, linked, needs=TABLES),
    ]
