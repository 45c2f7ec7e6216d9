"""Many elections taken one step on at once: handed in, decided on, replied to by one paper."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.organizations.forms.together import DecisionsForm, RepliesForm, TogetherForm
from onebow.apps.organizations.queries.elections.together import (
    CANDIDATES,
    DECISIONS,
    REPLIES,
    RESULT,
    STATES,
    SUBMISSIONS,
    left_out,
    lines_for,
)
from onebow.apps.organizations.services.elections import together

F = TypeVar("F", bound=TogetherForm)
both = require_http_methods(["GET", "POST"])
WORDS = {
    (SUBMISSIONS, CANDIDATES): "报批所选候选人",
    (SUBMISSIONS, RESULT): "报送所选结果",
    (DECISIONS, CANDIDATES): "批复所选候选人",
    (DECISIONS, RESULT): "批复所选结果",
    (REPLIES, CANDIDATES): "登记候选人批复(线下已批)",
    (REPLIES, RESULT): "登记结果批复(线下已批)",
}


@dataclass(frozen=True)
class Deed:
    """What may be done with those picked on the list: words, address, and for how many."""

    key: str
    words: str
    href: str
    count: int


def deeds_of(counts: Counter[tuple[str, str]]) -> list[Deed]:
    """What there is to be done together."""
    return [
        Deed(f"{deed}-{what}", WORDS[deed, what], reverse(f"organizations:elections_{deed}_{what}"), count)
        for deed, what in STATES
        if (count := counts[deed, what])
    ]


@both
def submit_candidates(request: Request) -> HttpResponse:
    """Hand candidates in."""

    def do(form: TogetherForm) -> None:
        together.submit_many_candidates(form.cleaned_data["pick"], by=request.user, at=timezone.now())

    return _page(request, (SUBMISSIONS, CANDIDATES), TogetherForm, do)


@both
def submit_results(request: Request) -> HttpResponse:
    """Hand results in."""

    def do(form: TogetherForm) -> None:
        together.submit_many_results(form.cleaned_data["pick"], by=request.user, at=timezone.now())

    return _page(request, (SUBMISSIONS, RESULT), TogetherForm, do)


@both
def decide_candidates(request: Request) -> HttpResponse:
    """Decide for the superior on candidates, once for all that are ticked."""
    return _decide(request, CANDIDATES)


@both
def decide_results(request: Request) -> HttpResponse:
    """Decide for the superior on results, once for all that are ticked."""
    return _decide(request, RESULT)


@both
def reply_to_candidates(request: Request) -> HttpResponse:
    """Record one paper of the superior about the candidates of all that are ticked."""
    return _reply(request, CANDIDATES)


@both
def reply_to_results(request: Request) -> HttpResponse:
    """Record one paper of the superior about the results of all that are ticked."""
    return _reply(request, RESULT)


def _decide(request: Request, what: str) -> HttpResponse:
    def do(form: DecisionsForm) -> None:
        ids, state = form.cleaned_data["pick"], STATES[DECISIONS, what]
        together.decide_many(ids, state, form.opinion(), by=request.user, at=timezone.now())

    return _page(request, (DECISIONS, what), DecisionsForm, do)


def _reply(request: Request, what: str) -> HttpResponse:
    def do(form: RepliesForm) -> None:
        ids, state = form.cleaned_data["pick"], STATES[REPLIES, what]
        together.record_many_replies(ids, state, form.reply(), by=request.user, at=timezone.now())

    return _page(request, (REPLIES, what), RepliesForm, do)


def _page(request: Request, key: tuple[str, str], form_class: type[F], do: Callable[[F], None]) -> HttpResponse:
    lines = lines_for(request.reach, *key, request.user.pk, timezone.localdate())
    picked = [int(one) for one in request.GET.getlist("pick") if one.isascii() and one.isdigit() and len(one) < 10]
    is_post = request.method == "POST"
    form = form_class(request.POST if is_post else None, request.FILES or None, lines=lines, picked=picked)
    context = {"form": form, "title": WORDS[key], "left_out": left_out(request.reach, picked, lines), "what": key[1]}
    context["superiors"] = len({line.election.superior_id for line in lines})
    context["is_usual"] = key == (SUBMISSIONS, RESULT)
    if not is_post:
        return page(request, "organizations/elections/together.html", context)
    done = ""
    if form.is_valid():
        do(form)
        done = f"{reverse('organizations:elections')}?view=open"
    return answer(request, "organizations/elections/together.html#panel", context, done=done)
