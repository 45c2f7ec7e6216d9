"""Kinds of items as a pack says them: put in place once, replaced when they say something else."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import ItemKind, Packed, Requirement, Stage


@dataclass(frozen=True)
class PackMark:
    """Which pack said so, and which version of it; both empty for the office itself."""

    key: str = ""
    version: str = ""


@dataclass(frozen=True)
class StageDraft:
    """A stage, in its place; `point` is a word of `Stage.Point` or empty."""

    key: str
    name: str
    point: str = ""


@dataclass(frozen=True)
class RequirementDraft:
    """A requirement of a kind: of the whole item, or a checkpoint of a stage."""

    category: str
    text: str
    stage: str = ""
    who: str = "owner"


@dataclass(frozen=True)
class KindDraft:
    """A kind with its stages and requirements."""

    key: str
    name: str
    side: str
    listed_in: str
    stages: tuple[StageDraft, ...]
    requirements: tuple[RequirementDraft, ...] = ()
    is_statutory: bool = False
    is_trip: bool = False


def put_kind(scope: Organization, draft: KindDraft, mark: PackMark, *, on: date) -> str:
    """Put a kind in place from a day on: `same`, `added`, or `changed` (the former row ends). Runs in a transaction.

    What the office added itself to the former row's requirements is carried over. Items keep the row they began with.

    Raises:
        Refused: a requirement names a stage that the kind does not have, or the kind has no stage.
    """
    _check(draft)
    former = ItemKind.objects.filter(scope=scope, key=draft.key, ends_on=None).first()
    if former is not None and said_by(former) == draft:
        if mark_packed(former, mark):
            former.requirements.filter(~Q(pack="")).update(pack=mark.key, pack_version=mark.version)
        return "same"
    own = _own_requirements(former) if former else []
    if former is not None:
        end_packed(former, on)
    kind = ItemKind.objects.create(
        scope=scope, key=draft.key, name=draft.name, side=draft.side, listed_in=draft.listed_in,
        is_statutory=draft.is_statutory, is_trip=draft.is_trip, pack=mark.key, pack_version=mark.version, starts_on=on,
    )  # fmt: skip
    stages = {
        stage.key: Stage.objects.create(kind=kind, order=order, key=stage.key, name=stage.name, point=stage.point)
        for order, stage in enumerate(draft.stages, 1)
    }
    for order, said in enumerate(draft.requirements, 1):
        Requirement.objects.create(
            kind=kind, stage=stages.get(said.stage), order=order, category=said.category, text=said.text, who=said.who,
            pack=mark.key, pack_version=mark.version,
        )  # fmt: skip
    for row, stage_key in own:
        if not stage_key or stage_key in stages:
            Requirement.objects.create(
                kind=kind, stage=stages.get(stage_key), order=row.order, category=row.category, text=row.text,
                who=row.who,
            )  # fmt: skip
    return "changed" if former else "added"


def said_by(kind: ItemKind) -> KindDraft:
    """What the pack said of a kind, as it stands: the office's own requirements are left out."""
    stages = tuple(StageDraft(row.key, row.name, row.point) for row in kind.stages.order_by("order"))
    rows = kind.requirements.exclude(pack="").select_related("stage") if kind.pack else kind.requirements.all()
    said = tuple(
        RequirementDraft(row.category, row.text, row.stage.key if row.stage else "", row.who)
        for row in rows.order_by("order", "pk")
    )
    return KindDraft(
        kind.key, kind.name, kind.side, kind.listed_in, stages, said, kind.is_statutory, kind.is_trip
    )  # fmt: skip


def _check(draft: KindDraft) -> None:
    keys = {stage.key for stage in draft.stages}
    if not keys:
        raise Refused(f"事项类别“{draft.name}”没有阶段。")
    if strange := next((one.stage for one in draft.requirements if one.stage and one.stage not in keys), None):
        raise Refused(f"事项类别“{draft.name}”没有阶段“{strange}”。")


def _own_requirements(kind: ItemKind) -> list[tuple[Requirement, str]]:
    if not kind.pack:
        return []
    rows = kind.requirements.filter(pack="").select_related("stage")
    return [(row, row.stage.key if row.stage else "") for row in rows]


def mark_packed(row: Packed, mark: PackMark) -> bool:
    """The same words, maybe in another version: only who said them changes. Returns whether that did."""
    if (row.pack, row.pack_version) == (mark.key, mark.version):
        return False
    row.pack, row.pack_version = mark.key, mark.version
    row.save(update_fields=["pack", "pack_version"])
    return True


def end_packed(row: Packed, on: date) -> None:
    """Close a row; one that began that very day was never used before it, so it began a day earlier."""
    if row.starts_on is not None and row.starts_on >= on:
        row.starts_on = None
    row.ends_on = on
    row.save(update_fields=["starts_on", "ends_on"])
