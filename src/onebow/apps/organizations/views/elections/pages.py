"""Elections: those needed, those going on, one of them, and beginning one or many."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.downloads import download_kept
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.forms.batch import BatchForm
from onebow.apps.organizations.forms.elections import ElectionForm
from onebow.apps.organizations.models import Election, Organization
from onebow.apps.organizations.queries.elections import due as due_queries
from onebow.apps.organizations.queries.elections.papers import offers_of
from onebow.apps.organizations.queries.elections.proposals import Proposal, field_for, proposal_for, proposals_for
from onebow.apps.organizations.queries.elections.standing import Standing, standing_of, won
from onebow.apps.organizations.queries.elections.together import counts_for
from onebow.apps.organizations.queries.elections.visible import (
    approvals_of,
    electing_organizations,
    readable_elections,
    with_meeting,
)
from onebow.apps.organizations.rules.elections import check_can_begin
from onebow.apps.organizations.services.elections import prepare
from onebow.apps.organizations.strokes import NOTE
from onebow.apps.organizations.views.elections.parts import find, href_of
from onebow.apps.organizations.views.elections.steps import WORDS, Rights, steps_of
from onebow.apps.organizations.views.elections.together import deeds_of

DUE = (
    Column("name", "党组织", "name"),
    Column("why", "事由", "rank"),
    Column("head", "现任书记或负责人"),
    Column("term", "届满", "term_ends_on"),
    Column("deed", ""),
)
PICK = Column("pick", "选择")
ELECTIONS = (
    Column("name", "党组织", "organization__pinyin"),
    Column("occasion", "事由", "occasion"),
    Column("state", "状态", "state"),
    Column("held", "选举日期", "held_on"),
    Column("superior", "上级"),
)
PAST = (Election.State.FINISHED, Election.State.CANCELLED)
STATES = {"preparing": "neutral", "submitted": "warn", "approved": "warn", "held": "warn", "finished": "ok"}


@require_GET
def index(request: Request) -> HttpResponse:
    """Three lists: who needs an election, what goes on, what is over."""
    runs = bool(request.reach.managed or request.reach.led)
    view = request.GET.get("view", "due" if runs else "past")
    view = view if view in ("due", "open", "past") and runs else "past"
    context: dict[str, Any] = {"view": view, "runs": runs, "tabs": _tabs(view) if runs else (), "states": STATES}
    if view == "due":
        rows = due_queries.due_for(request.reach, timezone.localdate())
        filters = (Filter("why", "事由", list(due_queries.WHYS.items())),)
        context |= {"listing": Listing(request, rows, DUE, filters, ("name",)), "due": len(rows)}
    else:
        found = readable_elections(request.reach)
        found = found.filter(state__in=PAST) if view == "past" else found.exclude(state__in=PAST)
        states = [(key, word) for key, word in Election.State.choices if (key in PAST) == (view == "past")]
        choices = (Filter("state", "状态", states), Filter("occasion", "事由", Election.Occasion.choices))
        words = ("organization__name", "organization__pinyin", "organization__initials")
        deeds = deeds_of(counts_for(request.reach, request.user.pk)) if view == "open" else []
        columns = (PICK, *ELECTIONS) if deeds else ELECTIONS
        context |= {
            "deeds": deeds,
            "listing": Listing(request, found.order_by("-held_on", "-pk"), columns, choices, words),
        }
    return page(request, "organizations/elections/index.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One election: its steps for who runs it or decides on it, its result for the members."""
    election = get_object_or_404(with_meeting(readable_elections(request.reach)), pk=pk)
    standing = standing_of(election, timezone.localdate())
    rights = _rights(request, election)
    if not (rights.runs or rights.decides):
        context = {"election": election, "standing": standing, "winners": won(election)}
        return page(request, "organizations/elections/result_only.html", context)
    return page(request, "organizations/elections/show.html", _page(election, standing, rights))


@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Begin an election of an organization, with manner and seats proposed."""
    organization = get_object_or_404(electing_organizations(request.reach), pk=pk)
    today = timezone.localdate()
    standing = organization.elections.filter(state__in=Election.OPEN).first()
    if request.method == "GET" and standing is None:
        check_can_begin(organization, today, today)
    proposal = proposal_for(organization, today, today)
    form = ElectionForm(request.POST or None, initial=_initial(organization, proposal))
    field = field_for(organization, today, today)
    context = {"organization": organization, "form": form, "proposal": proposal, "field": field, "open": standing}
    if request.method == "GET":
        return page(request, "organizations/elections/new.html", context)
    done = ""
    if form.is_valid():
        done = href_of(prepare.begin_election(pk, form.draft(), by=request.user, at=timezone.now()))
    return answer(request, "organizations/elections/new.html#panel", context, done=done)


@require_http_methods(["GET", "POST"])
def batch(request: Request) -> HttpResponse:
    """Begin many at once: one line for each organization that needs an election."""
    today = timezone.localdate()
    rows = due_queries.beginnable(request.reach, today)[: prepare.MOST_AT_ONCE]
    proposals = proposals_for([row.organization for row in rows], today, today)
    lines = [(row, proposals[row.organization.pk]) for row in rows]
    form = BatchForm(request.POST or None, lines=lines)
    context = {"form": form, "most": prepare.MOST_AT_ONCE}
    if request.method == "GET":
        return page(request, "organizations/elections/batch.html", context)
    done = ""
    if form.is_valid():
        prepare.begin_elections(form.drafts(), by=request.user, at=timezone.now())
        done = f"{request.path.removesuffix('batch/')}?view=open"
    return answer(request, "organizations/elections/batch.html#panel", context, done=done)


@require_GET
def scan(request: Request, pk: int, approval_id: int) -> HttpResponse:
    """The scan of a reply, as a download."""
    approval = get_object_or_404(approvals_of(find(request, pk)), pk=approval_id)
    if approval.scan is None:
        raise Http404("no scan")
    return download_kept(approval.scan)


def _tabs(view: str) -> list[tuple[str, str, bool]]:
    words = (("due", "需要选举"), ("open", "正在进行"), ("past", "已结束"))
    return [(label, f"?view={key}", key == view) for key, label in words]


def _initial(organization: Organization, proposal: Proposal) -> dict[str, Any]:
    return {
        "occasion": due_queries.occasion_of(organization, timezone.localdate()),
        "manner": proposal.manner,
        "seats": proposal.seats,
        "deputies": 0,
        "with_secretary": True,
    }


def _rights(request: Request, election: Election) -> Rights:
    reach, path = request.reach, election.organization.path
    return Rights(
        runs=reach.leads(path),
        decides=election.superior is not None and reach.leads(election.superior.path),
        files=reach.manages(path),
        asked=election.asked_by_id == request.user.pk,
    )


def _page(election: Election, standing: Standing, rights: Rights) -> dict[str, Any]:
    by_person: dict[int, Any] = {}
    for row in standing.candidates:
        one = by_person.setdefault(row.person_id, {"person": row.person, "reason": row.reason, "offices": []})
        one["offices"].append(row.get_office_display())
    return {
        "election": election,
        "organization": election.organization,
        "standing": standing,
        "rights": rights,
        "steps": steps_of(election, standing, rights) if election.state != Election.State.CANCELLED else [],
        "step_words": WORDS,
        "candidates": list(by_person.values()),
        "stroke_note": NOTE,
        "winners": won(election) if election.state in (Election.State.HELD, Election.State.FINISHED) else [],
        "helpers": list(election.helpers.select_related("person")),
        "absences": list(election.absences.all()),
        "approvals": list(approvals_of(election)),
        "papers": offers_of(election, standing),
        "states": STATES,
    }
