"""我的通知: where and when one is told, and what was sent lately. Nothing here is another one's."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.desk.delivery import text_of
from onebow.apps.desk.forms import ChannelForm, PreferenceForm
from onebow.apps.desk.models import Channel, Outbox
from onebow.apps.desk.queries.notices import channels_of, preference_of, sent_lately, usable
from onebow.apps.desk.rules.addresses import masked
from onebow.apps.desk.services import channels, preferences

# So long a page asks again after a test message; where no worker runs it would do so for ever.
PATIENCE = timedelta(minutes=2)
both = require_http_methods(["GET", "POST"])


@both
def index(request: Request) -> HttpResponse:
    """Ways to be told, when, and what was sent lately."""
    row = preference_of(request.user)
    form = PreferenceForm(request.POST or None, initial=model_to_dict(row) | {"version": row.version})
    if request.method == "GET":
        return page(request, "desk/notices.html", _context(request, form))
    done = ""
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        preferences.set_preference(form.draft(), version=version, by=request.user, at=timezone.now())
        done = reverse("desk:notices")
    return answer(request, "desk/notices.html#preference", _context(request, form), done=done)


@require_POST
def silence(request: Request) -> HttpResponse:
    """Switch everything off."""
    preferences.silence(by=request.user, at=timezone.now())
    return answer(request, "desk/notices.html", {}, done=reverse("desk:notices"))


@require_GET
def sent(request: Request) -> HttpResponse:
    """What was sent lately, asked again while something is on its way."""
    return page(request, "desk/notices_sent.html#sent", _sent(request))


@both
def channel(request: Request, kind: str) -> HttpResponse:
    """Enter a way to be told."""
    form = ChannelForm(request.POST or None, kind=_known(kind))
    context = {"form": form, "kind": Channel.Kind(kind), "has_server": settings.MAIL_SERVER is not None}
    if request.method == "GET":
        return page(request, "desk/channel.html", context)
    done = ""
    if form.is_valid():
        channels.set_channel(kind, form.cleaned_data["address"], by=request.user, at=timezone.now())
        done = reverse("desk:notices")
    return answer(request, "desk/channel.html#panel", context, done=done)


@require_POST
def channel_removal(request: Request, kind: str) -> HttpResponse:
    """Take it away."""
    channels.remove_channel(_known(kind), by=request.user, at=timezone.now())
    return answer(request, "desk/notices.html", {}, done=reverse("desk:notices"))


@require_POST
def channel_test(request: Request, kind: str) -> HttpResponse:
    """Send oneself a message."""
    channels.send_test(_known(kind), by=request.user, at=timezone.now())
    return answer(request, "desk/notices.html", {}, done=f"{reverse('desk:notices')}#sent")


def _known(kind: str) -> str:
    if kind not in Channel.Kind.values:
        raise Http404("no such way to be told")
    return kind


def _context(request: Request, form: PreferenceForm) -> dict[str, Any]:
    own = channels_of(request.user)
    ways = [(kind, own.get(kind)) for kind in Channel.Kind]
    return {
        "form": form,
        "ways": [(kind, row, masked(kind, row.address) if row else "", row and usable(row)) for kind, row in ways],
        "has_channels": bool(own),
        "has_server": settings.MAIL_SERVER is not None,
        "example": text_of(3),
        **_sent(request),
    }


def _sent(request: Request) -> dict[str, Any]:
    messages, since = sent_lately(request.user), timezone.now() - PATIENCE
    return {"sent": messages, "is_underway": any(_is_underway(row) and row.due_at > since for row in messages)}


def _is_underway(row: Outbox) -> bool:
    return row.sort == Outbox.Sort.TEST and row.state == Outbox.State.WAITING and not row.failure
