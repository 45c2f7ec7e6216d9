"""Bylaws, with the version that holds on a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Bylaw, BylawVersion
from onebow.apps.plans.queries.visible import bylaws_for

STATES = {"in_force": "现行", "coming": "未施行", "ended": "已废止"}
COLOURS = {"in_force": "ok", "coming": "neutral", "ended": "neutral"}


@dataclass(frozen=True)
class Standing:
    """How a bylaw stands on a day: its versions, latest first, and the one in force."""

    versions: list[BylawVersion]
    current: BylawVersion | None
    # The one in force, else the one that was last, or will be first.
    shown: BylawVersion | None
    state: str


def bylaws_on(reach: Reach) -> QuerySet[Bylaw]:
    """All, by organization and name."""
    return bylaws_for(reach).select_related("organization").order_by("organization__path", "name", "pk")


def in_state(on: date) -> Callable[[QuerySet[Bylaw], str], QuerySet[Bylaw]]:
    """Narrows a list to a state of that day."""
    versions = BylawVersion.objects.filter(bylaw=OuterRef("pk"))
    holds, began = Exists(versions.on(on)), Exists(versions.filter(starts_on__lte=on))

    def narrowed(rows: QuerySet[Bylaw], state: str) -> QuerySet[Bylaw]:
        if state == "in_force":
            return rows.filter(holds)
        return rows.filter(~holds, began) if state == "ended" else rows.filter(~holds, ~began)

    return narrowed


def standings_of(bylaws: list[Any], on: date) -> dict[int, Standing]:
    """How each stands on a day: one statement."""
    rows: dict[int, list[BylawVersion]] = {bylaw.pk: [] for bylaw in bylaws}
    for version in BylawVersion.objects.filter(bylaw__in=rows).select_related("file").order_by("-number"):
        rows[version.bylaw_id].append(version)
    return {pk: standing_of(versions, on) for pk, versions in rows.items()}


def standing_of(versions: list[BylawVersion], on: date) -> Standing:
    """From its versions, the latest first."""
    current = next((one for one in versions if one.holds_on(on)), None)
    began = [one for one in versions if one.starts_on is None or one.starts_on <= on]
    shown = current or next(iter(began or versions[-1:]), None)
    return Standing(versions, current, shown, "in_force" if current else "ended" if began else "coming")


def paper_of(bylaw: Bylaw, version: BylawVersion) -> dict[str, Any]:
    """The data of the paper."""
    return {
        "organization": bylaw.organization.name,
        "name": bylaw.name,
        "version": version.number,
        "starts_on": version.starts_on,
        "ends_on": version.ends_on,
        "basis": version.basis,
        "text": version.text or f"(正文见文件“{version.file.name if version.file else ''}”。)",
    }
