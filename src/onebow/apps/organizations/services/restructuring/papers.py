"""The papers of a plan as files and as text; what may not be printed yet is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.rendering import render
from onebow.apps.organizations.drawing import PRINT_WIDTH, flows_svg, is_readable, offices_svg, sizes_svg
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.papers import catalog
from onebow.apps.organizations.queries.restructuring.papers.catalog import PaperKind, PaperState, state_of
from onebow.apps.organizations.queries.restructuring.papers.dossier import Dossier, dossier_of, uncompared
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_plan
from onebow.apps.organizations.queries.restructuring.papers.reply import notice_data, reply_data, rules_of_reply
from onebow.apps.organizations.queries.restructuring.papers.report import report_data
from onebow.apps.organizations.queries.restructuring.papers.request import request_data, rules_of_request
from onebow.apps.organizations.queries.restructuring.structures import Comparison
from onebow.apps.organizations.services.member_lists import read_at

State = Restructuring.State
NOT_PLACED = "还有 {} 名党员没有编入拟设的党支部,名单里没有他们。"
UNCOMPARED = "引用的{}还没有与条文核对,印发前请核对。"


@dataclass(frozen=True)
class Paper:
    """A paper of a plan before it is written: data, how many entries they rest on, what its reader must know."""

    kind: PaperKind
    state: PaperState
    data: Mapping[str, Any]
    records: int
    origin: str
    at: datetime
    notes: tuple[str, ...] = ()

    def render(self, form: str) -> bytes:
        """As `docx`, `pdf` or `text`."""
        return render(self.kind.key, self.data, form, records=self.records, at=self.at, origin=self.origin)


def paper_of(plan: Restructuring, kind: PaperKind, asked: Mapping[str, Any], *, at: datetime) -> Paper:
    """A paper of a plan, from what the product knows and what was asked besides.

    Raises:
        Refused: in this state of the plan there is no such paper.
    """
    state = state_of(kind, plan)
    if state.is_none:
        raise Refused(f"还没有{kind.name}:{state.words}")
    dossier = dossier_of(plan, timezone.localdate(at))
    rules, data = _data(dossier, kind, asked)
    draft = "（草稿，不作印发）" if state.is_draft else ""
    records = records_of_plan(plan, read_at=read_at(plan) or at, until=_until(plan, kind) or at)
    origin = f"依据《{plan.name}》{draft}，人员截至{day(plan.facts_on)}。"
    return Paper(kind, state, data, records, origin, at, _notes(dossier, rules))


def file_name(plan: Restructuring, paper: Paper) -> str:
    """Without ending; a draft says so."""
    return f"{plan.name}-{paper.kind.name}{'(草稿)' if paper.state.is_draft else ''}"


def _data(dossier: Dossier, kind: PaperKind, asked: Mapping[str, Any]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The rules that the paper cites, and its fields."""
    if kind.key == catalog.REQUEST.key:
        return rules_of_request(dossier), request_data(dossier, asked)
    if kind.key == catalog.REPLY.key:
        return rules_of_reply(dossier), reply_data(dossier, asked)
    if kind.key == catalog.NOTICE.key:
        return (), notice_data(dossier, asked)
    return (), {**report_data(dossier), **_pictures(dossier.comparison)}


def _pictures(comparison: Comparison) -> dict[str, str]:
    """Three pictures; none where there are too many branches to read them."""
    if not is_readable(comparison):
        return {}
    return {
        "tree_picture": flows_svg(comparison, width=PRINT_WIDTH),
        "size_picture": sizes_svg(comparison, width=PRINT_WIDTH),
        "office_picture": offices_svg(comparison),
    }


def _until(plan: Restructuring, kind: PaperKind) -> datetime | None:
    """When the plan had come as far as the paper tells; None: it is still on its way."""
    if kind.key == catalog.REQUEST.key:
        return read_at(plan)
    if kind.key == catalog.REPORT.key:
        return plan.enacted_at
    return plan.approval.decided_at if plan.approval else None


def _notes(dossier: Dossier, rules: tuple[str, ...]) -> tuple[str, ...]:
    notes = [UNCOMPARED.format("、".join(found))] if (found := uncompared(rules, dossier.on)) else []
    if outside := dossier.comparison.after.figures.outside:
        notes.append(NOT_PLACED.format(outside))
    return tuple(notes)
