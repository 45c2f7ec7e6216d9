"""Templates of papers that packs brought: which of them fit a thing, and what they are filled from."""

from collections.abc import Collection
from datetime import date

from onebow.apps.base.prepared import Prepared
from onebow.apps.documents.official.shelf import like
from onebow.apps.documents.official.templates import Template
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import PackDocument
from onebow.apps.plans.queries.scopes import holding, nearness, paths_above

# The shipped paper that is filled from the same data.
PAPERS = {
    PackDocument.Of.MEETING: "meeting_record",
    PackDocument.Of.ITEM: "trip_sheet",
    PackDocument.Of.DIRECTIVE: "directive_report",
}


def documents_for(organization: Organization, of: str, kinds: Collection[str], on: date) -> list[PackDocument]:
    """Templates whose word holds for an organization on a day and that fit one of these kinds: one statement."""
    rows = _holding.objects(tuple(paths_above(organization.path)), on, str(of))
    # Of two with the same key the nearer one.
    nearest: dict[str, PackDocument] = {}
    for row in sorted(rows, key=lambda one: (nearness(one.scope.path, organization), one.pk)):
        nearest.setdefault(row.key, row)
    return [row for row in nearest.values() if not row.kinds or not set(kinds).isdisjoint(row.kinds)]


_holding = Prepared(
    lambda above, on, of: PackDocument.objects.on(on).filter(holding(above, on), of=of).select_related("scope")
)


def template_of(row: PackDocument) -> Template:
    """A row as `documents` renders it."""
    return template_for(row.of, row.name, row.layout, row.text)


def template_for(of: str, name: str, layout: str, text: str) -> Template:
    """Any text as a template for these data."""
    return like(PAPERS[PackDocument.Of(of)], name=name, layout=layout, body=text)
