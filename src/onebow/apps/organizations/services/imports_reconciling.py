"""Dated rows that a person holds, against those a roster describes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from onebow.apps.organizations.models import Membership, Organization, Post

Row = TypeVar("Row", Membership, Post)


@dataclass(slots=True)
class Changes(Generic[Row]):
    """What becomes of the rows; `newer` ones begin after the roster's day and are left alone."""

    created: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    ended: list[Row] = field(default_factory=list)
    deleted: list[Row] = field(default_factory=list)
    newer: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.ended or self.deleted)


def organization_key(organization_id: int | None, organization: Organization | None) -> str:
    """Tells organizations apart, also those that are not saved yet."""
    return str(organization_id) if organization_id else f"new-{id(organization)}"


def membership_key(row: Membership) -> str:
    """Where a membership is."""
    return organization_key(row.organization_id, None if row.organization_id else row.organization)


def post_key(row: Post) -> str:
    """Where a post is, and which."""
    return f"{organization_key(row.organization_id, None if row.organization_id else row.organization)}:{row.role}"


def reconcile(
    have: Sequence[Row],
    want: Sequence[Row],
    *,
    key: Callable[[Row], str],
    told: Sequence[str],
    on: date,
) -> Changes[Row]:
    """Same day: corrected in place. Later day: the old ends, the new begins. Newer than the roster: left alone."""
    changes: Changes[Row] = Changes()
    left = {key(row): row for row in have}
    for wish in want:
        row = left.pop(key(wish), None)
        if row is None:
            changes.created.append(wish)
        elif any(getattr(row, name) != getattr(wish, name) for name in told):
            _replace(row, wish, told, on, changes)
    for row in left.values():
        _drop(row, on, changes)
    if changes.newer:
        changes.created.clear()
    return changes


def _is_of(row: Membership | Post, on: date) -> bool:
    """Whether the row came with a roster of that day, or begins on it: then it is corrected in place."""
    return row.starts_on == on or (row.source is not None and row.source.effective_on == on)


def _replace(row: Row, wish: Row, told: Sequence[str], on: date, changes: Changes[Row]) -> None:
    if _is_of(row, on):
        for name in told:
            setattr(row, name, getattr(wish, name))
        changes.changed.append(row)
    elif row.starts_on and row.starts_on > on:
        changes.newer.append(row)
    else:
        row.ends_on = on
        changes.ended.append(row)
        changes.created.append(wish)


def _drop(row: Row, on: date, changes: Changes[Row]) -> None:
    if _is_of(row, on):
        changes.deleted.append(row)
    elif row.starts_on and row.starts_on > on:
        changes.newer.append(row)
    else:
        row.ends_on = on
        changes.ended.append(row)
