"""The page of all components, for those who build pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onebow.apps.base import style as sample
from onebow.apps.base.answers import page


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state; in development only."""
    if not settings.STYLE_PAGE:
        raise Http404
    return page(request, "style.html", sample.content(request))
