"""What the statements written by hand share: the names of the tables, and what holds on a day."""

from datetime import date

from onebow.apps.organizations.models import (
    Approval,
    FormerFacts,
    FormerName,
    FormerStanding,
    FormerTerm,
    Link,
    Membership,
    Organization,
    Person,
    Place,
    Placement,
    Post,
)

TABLES = {
    model.__name__.lower(): model._meta.db_table
    for model in (
        Approval,
        FormerFacts,
        FormerName,
        FormerStanding,
        FormerTerm,
        Link,
        Membership,
        Organization,
        Person,
        Place,
        Placement,
        Post,
    )
}


# The planned end of the term of the day `%(on)s` of an organization `o`, and the join that it needs.
TERM = "CASE WHEN former.id IS NULL THEN o.term_ends_on ELSE former.term_ends_on END"
FORMER_TERM = f"""
  LEFT JOIN {TABLES["formerterm"]} former ON former.organization_id = o.id AND former.until = (
       SELECT MIN(f.until) FROM {TABLES["formerterm"]} f WHERE f.organization_id = o.id AND f.until > %(on)s)
"""  # noqa: S608 (table names of our own models)


def valid(alias: str) -> str:
    """The condition that a dated row holds on the day `%(on)s`; the end day is the first on which it does not."""
    return (
        f"({alias}.starts_on IS NULL OR {alias}.starts_on <= %(on)s)"
        f" AND ({alias}.ends_on IS NULL OR {alias}.ends_on > %(on)s)"
    )


def joined(alias: str) -> str:
    """The condition that a membership is none of somebody who had not joined the Party yet, see `Membership.on`."""
    return (
        f"({alias}.side <> 'party' OR NOT EXISTS (SELECT 1 FROM {TABLES['person']} j"  # noqa: S608 (our own tables)
        f" WHERE j.id = {alias}.person_id AND j.joined_on > %(on)s"
        f" AND NOT EXISTS (SELECT 1 FROM {TABLES['formerstanding']} w WHERE w.person_id = j.id AND {valid('w')}"
        " AND w.standing IN ('full_member', 'probationary_member')"
        " AND (w.joined_on IS NULL OR w.joined_on <= %(on)s))))"
    )


# Where an organization sat on the day: after `FORMER_SEAT`, which follows the organization `o`.
FORMER_SEAT = f"LEFT JOIN {TABLES['formerfacts']} seat ON seat.organization_id = o.id AND {valid('seat')}"
SEAT = "CASE WHEN seat.id IS NULL THEN o.place_id ELSE seat.place_id END"


def day_of(value: date | str | None) -> date | None:
    """A day out of a raw row: one database gives dates, the other text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
