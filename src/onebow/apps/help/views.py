"""使用手册: its front page with the search, and its chapters."""

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.help import queries
from onebow.apps.help.linking import with_links

LONGEST = 60


@require_GET
def index(request: Request) -> HttpResponse:
    """What each role reads first and all chapters; or what was found."""
    search = request.GET.get("q", "").strip()[:LONGEST]
    context = {
        "front": _shown(request, queries.front()),
        "chapters": queries.chapters().values(),
        "search": search,
        "hits": queries.found(search),
    }
    return page(request, "help/index.html#manual", context)


@require_GET
def chapter(request: Request, chapter: str) -> HttpResponse:
    """A chapter with its contents, and the ways to the next ones."""
    here = queries.chapters().get(chapter)
    if not here:
        raise Http404(chapter)
    before, after = queries.around(chapter)
    context = {"chapter": here, "text": _shown(request, here), "before": before, "after": after}
    return page(request, "help/chapter.html", context)


def _shown(request: Request, chapter: queries.Chapter) -> SafeString:
    menu = {item.label: item.href for group in request.navigation for item in group.items}
    return with_links(chapter.text.html, menu)
