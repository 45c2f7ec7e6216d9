"""The papers of an election, as files."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.downloads import download
from onebow.apps.documents.official.rendering import render
from onebow.apps.organizations.queries.elections.papers import KINDS, paper_of, records_of
from onebow.apps.organizations.queries.elections.standing import standing_of
from onebow.apps.organizations.services.openings import note_opening
from onebow.apps.organizations.views.elections.parts import find


@require_GET
def paper(request: Request, pk: int, key: str, kind: str) -> HttpResponse:
    """One paper, made from what is recorded now."""
    election = find(request, pk)
    if kind not in KINDS:
        raise Http404(kind)
    now = timezone.now()
    standing = standing_of(election, timezone.localdate())
    offer, data = paper_of(key, election, standing, timezone.localdate())
    if offer.template == "candidates_request":
        # It tells when they were born and joined: whoever takes it out has looked at their records.
        for row in standing.candidates:
            note_opening(row.person, "record", by=request.user, at=now)
    content = render(offer.template, data, kind, records=records_of(election), at=now.replace(microsecond=0))
    return download(content, f"{election.organization.name}-{offer.label}.{kind}")
