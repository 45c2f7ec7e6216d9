"""Working days by year: what is published, what the office entered."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.refusals import Refused
from onebow.apps.plans.forms.holidays import HolidayForm, NoticeForm, RemovalForm, ReopenForm
from onebow.apps.plans.queries.holidays import year_of_days
from onebow.apps.plans.services.holidays import complete_year, remove_day, reopen_year, set_days
from onebow.apps.plans.views.duties.parts import year_of


@require_GET
def index(request: Request) -> HttpResponse:
    """The special days of a year, on whose word they stand."""
    year = year_of(request, as_of(request))
    context = {"year": year, "days": year_of_days(year.number), "may_set": bool(request.reach.managed)}
    return page(request, "plans/holidays/index.html", context)


@require_http_methods(["GET", "POST"])
def notice(request: Request) -> HttpResponse:
    """Enter a year from its pasted notice."""
    year = year_of(request, as_of(request)).number
    form = NoticeForm(request.POST or None, initial={"year": year})
    if request.method == "GET":
        return page(request, "plans/holidays/edit.html", _edit(form, "粘贴放假通知", year))
    done = ""
    if form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        set_days(form.days, by=request.user, at=now)
        if values["is_whole"]:
            complete_year(values["year"], values["number"], by=request.user, at=now)
        done = _href(values["year"])
    return answer(request, "plans/holidays/edit.html#panel", _edit(form, "粘贴放假通知", year), done=done)


@require_http_methods(["GET", "POST"])
def day(request: Request) -> HttpResponse:
    """Enter one day."""
    year = year_of(request, as_of(request)).number
    form = HolidayForm(request.POST or None, initial={"works": "off"})
    if request.method == "GET":
        return page(request, "plans/holidays/edit.html", _edit(form, "添加一天", year))
    done = ""
    if form.is_valid():
        set_days([form.noted()], by=request.user, at=timezone.now())
        done = _href(form.cleaned_data["day"].year)
    return answer(request, "plans/holidays/edit.html#panel", _edit(form, "添加一天", year), done=done)


@require_POST
def removal(request: Request) -> HttpResponse:
    """Take one of the office's own days out."""
    form = RemovalForm(request.POST)
    if not form.is_valid():
        raise Refused("请从列表中选择要删除的日期。")
    gone = remove_day(form.cleaned_data["day_id"], by=request.user, at=timezone.now())
    return answer(request, "", {}, done=_href(gone.year))


@require_POST
def reopening(request: Request) -> HttpResponse:
    """Take back that a year is whole."""
    form = ReopenForm(request.POST)
    if not form.is_valid():
        raise Refused("请从列表中选择年份。")
    year = form.cleaned_data["year"]
    reopen_year(year, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=_href(year))


def _edit(form: Any, title: str, year: int) -> dict[str, Any]:
    return {"form": form, "title": title, "back": _href(year)}


def _href(year: int) -> str:
    return f"{reverse('plans:holidays')}?year={year}"
