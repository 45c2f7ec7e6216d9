"""What the statements written by hand share: the names of the tables, and what holds on a day."""

from onebow.apps.organizations.models import (
    Approval,
    FormerName,
    Link,
    Membership,
    Organization,
    Person,
    Placement,
    Post,
)

TABLES = {
    model.__name__.lower(): model._meta.db_table
    for model in (Approval, FormerName, Link, Membership, Organization, Person, Placement, Post)
}


def valid(alias: str) -> str:
    """The condition that a dated row holds on the day `%(on)s`; the end day is the first on which it does not."""
    return (
        f"({alias}.starts_on IS NULL OR {alias}.starts_on <= %(on)s)"
        f" AND ({alias}.ends_on IS NULL OR {alias}.ends_on > %(on)s)"
    )
