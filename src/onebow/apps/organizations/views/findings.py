"""Findings: by rule, by organization, of one organization; the rule table; reasons."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.downloads import download
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.documents.writing import write_csv, write_xlsx
from onebow.apps.organizations import rules
from onebow.apps.organizations.forms.findings import ReasonForm
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries import findings as queries
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.queries.findings_export import origin_of, sheet_of
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.apps.organizations.services import findings as services
from onebow.apps.organizations.views.findings_links import links_of
from onebow.cores.regulations.structure import CHECKED
from onebow.cores.regulations.table import rules_on

# The front page shows so many; the rest is on the page of findings.
SHOWN = 8
COLUMNS = (
    Column("name", "组织", "name"),
    Column("strength", "程度", "rank"),
    Column("words", "情况"),
    Column("rule", "依据", "rule"),
    Column("remedy", "怎么办"),
)
RULES = (
    Column("title", "规则", "title"),
    Column("text", "要求"),
    Column("limit", "数值"),
    Column("strength", "程度", "strength"),
    Column("citation", "依据", "source"),
    Column("effective_from", "施行", "effective_from"),
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a unit among those one may choose (None: all), and a day."""

    when: AsOf
    roots: list[Organization]
    root: Organization | None
    rows: list[queries.FindingRow]


@require_GET
def index(request: Request) -> HttpResponse:
    """What does not meet the rules; `?by=organization` lists it, else it is counted by rule."""
    asked = _asked(request)
    by_organization = request.GET.get("by") == "organization"
    context = {
        "asked": asked,
        "tabs": _tabs(request, by_organization=by_organization),
        "counts": queries.strength_counts(asked.rows),
        "in_force": len(rules_on(asked.when.on).keys() & set(CHECKED)),
        "by_organization": by_organization,
        **(_listed(request, asked) if by_organization else {"rule_counts": queries.rule_counts(asked.rows)}),
        **_words(),
    }
    return page(request, "organizations/findings/index.html", context)


@require_GET
def first(request: Request) -> HttpResponse:
    """The most urgent ones, for the front page."""
    asked = _asked(request)
    rows = [row for row in asked.rows if row.state == queries.OPEN][:SHOWN]
    links = links_of(rows, request.reach, asked.when)
    context = {"rows": rows, "total": len(asked.rows), "links": links, **_words()}
    return page(request, "organizations/findings/first.html#panel", context)


@require_GET
def of_organization(request: Request, pk: int) -> HttpResponse:
    """What was found about one organization: a page, or the panel on the organization's own page."""
    organization = get_object_or_404(visible.led_organizations(request.reach), pk=pk)
    when = as_of(request)
    rows = queries.findings_of(organization, when.on, when.today)
    with_names_on([organization], when.on, when.today)
    context = {"organization": organization, "rows": rows, "links": links_of(rows, request.reach, when), **_words()}
    return page(request, "organizations/findings/of.html#panel", context)


@require_GET
def rule_table(request: Request) -> HttpResponse:
    """All rules in force on a day."""
    when = as_of(request)
    strengths = [(key, word) for key, (word, _) in queries.STRENGTHS.items()]
    states = (("True", "已核对原文"), ("False", "条款待核"))
    filters = (Filter("strength", "程度", strengths), Filter("verified", "核对", states))
    listing = Listing(request, list(rules_on(when.on).values()), RULES, filters, ("title", "text", "source", "id"))
    return page(request, "organizations/findings/rules.html", {"listing": listing, **_words()})


@require_GET
def xlsx_file(request: Request) -> HttpResponse:
    """The findings as a sheet."""
    asked = _asked(request)
    whose = asked.root.name if asked.root else "全部"
    origin = origin_of(request.user.display_name, whose, asked.when.on, timezone.now())
    return download(write_xlsx([sheet_of(asked.rows)], origin), f"检查结果-{asked.when.on}.xlsx")


@require_GET
def csv_file(request: Request) -> HttpResponse:
    """The findings as plain lines."""
    asked = _asked(request)
    return download(write_csv(sheet_of(asked.rows)), f"检查结果-{asked.when.on}.csv")


@require_http_methods(["GET", "POST"])
def set_aside(request: Request, pk: int, rule: str) -> HttpResponse:
    """Say why an organization stands out against a rule."""
    organization = get_object_or_404(visible.managed_organizations(request.reach), pk=pk)
    row = queries.finding_of(organization, rule, timezone.localdate())
    rules.check_can_set_aside(row.finding if row else None, organization)
    form = ReasonForm(request.POST or None)
    context = {"organization": organization, "row": row, "form": form, **_words()}
    if request.method == "GET":
        return page(request, "organizations/findings/set_aside.html", context)
    done = ""
    if form.is_valid():
        services.set_aside(pk, services.ReasonDraft(rule, **form.cleaned_data), by=request.user, at=timezone.now())
        done = f"/organizations/{pk}/findings/"
    return answer(request, "organizations/findings/set_aside.html#panel", context, done=done)


@require_POST
def reopening(request: Request, pk: int, rule: str) -> HttpResponse:
    """Take the reason back."""
    organization = get_object_or_404(visible.managed_organizations(request.reach), pk=pk)
    services.reopen(pk, rule, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=f"/organizations/{organization.pk}/findings/")


def _asked(request: Request) -> Asked:
    when, wanted = as_of(request), request.GET.get("root", "")
    roots = queries.finding_roots(request.reach, when.on, when.today)
    # Of many units the first one: all of them together take their time.
    root = None if wanted == "all" or not roots else roots[0]
    if wanted not in ("", "all"):
        root = next((one for one in roots if str(one.pk) == wanted), None)
        if root is None and roots:
            raise Http404("no such unit, or none that this user keeps")
    return Asked(when, roots, root, queries.findings_in(queries.scope_for(request.reach, when.on, when.today, root)))


def _listed(request: Request, asked: Asked) -> dict[str, Any]:
    titles = {row.rule: row.finding.rule.title for row in asked.rows}
    filters = (
        Filter("strength", "程度", [(key, word) for key, (word, _) in queries.STRENGTHS.items()]),
        Filter("state", "状态", list(queries.STATES.items())),
        Filter("rule", "规则", list(titles.items())),
    )
    listing = Listing(request, asked.rows, COLUMNS, filters, ("name", "words"))
    return {"listing": listing, "links": links_of(listing.rows, request.reach, asked.when)}


def _tabs(request: Request, *, by_organization: bool) -> list[tuple[str, str, bool]]:
    kept = {key: request.GET[key] for key in ("root", "on") if request.GET.get(key)}
    addresses = [("按规则", kept), ("按组织", {**kept, "by": "organization"})]
    return [
        (label, "?" + "&".join(f"{key}={value}" for key, value in query.items()), (place == 1) is by_organization)
        for place, (label, query) in enumerate(addresses)
    ]


def _words() -> dict[str, Any]:
    return {"strengths": queries.STRENGTHS, "states": queries.STATES}
