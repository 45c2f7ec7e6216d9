"""Bases: of one member by a form, of a branch by a list."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.forms.dues import BaseForm, BaseListForm
from onebow.apps.affairs.lists.bases import HEADS
from onebow.apps.affairs.models import DuesBase
from onebow.apps.affairs.months import words_of
from onebow.apps.affairs.services import outings
from onebow.apps.affairs.services.bases import people_of, set_base
from onebow.apps.affairs.services.bases_import import import_bases
from onebow.apps.affairs.services.bases_reading import read_bases_of
from onebow.apps.affairs.views import parts
from onebow.apps.affairs.views.dues.frame import asked_month, kept_branch, sheet_href, trail_of
from onebow.apps.base.two_steps import Steps, two_steps
from onebow.apps.organizations.models import Person
from onebow.apps.plans.lists.sheets import Chosen
from onebow.apps.plans.services.uploads import text_given

IMPORT = "affairs/dues/import.html"
both = require_http_methods(["GET", "POST"])


@both
def one(request: Request, pk: int, person_id: int) -> HttpResponse:
    """Set the base of a member."""
    branch, month = kept_branch(request, pk), asked_month(request)
    person = get_object_or_404(Person.objects.filter(pk__in=people_of(branch, month)), pk=person_id)
    outings.note_base(person, branch, by=request.user, at=timezone.now())
    rows = list(DuesBase.objects.filter(person=person).order_by("-starts_on"))
    form = BaseForm(request.POST or None, initial=_initial(rows, month))

    def do() -> str:
        set_base(form.draft(branch.pk, person.pk), by=request.user, at=timezone.now())
        return sheet_href(branch, month)

    facts = [(_period(row), _words(row)) for row in rows] or [("基数", "还没有核定")]
    return parts.deed(
        request, form, do, title=f"核定党费基数:{person.name}", submit="保存", cancel=sheet_href(branch, month),
        subtitle=branch.name, trail=trail_of(branch, month, person.name), facts=facts,
        points=("基数只有本人、支部书记、副书记和党务干部看得到,加密保存,每次查看记入查阅记录。",
                "党员换支部,基数跟着走,不用再填。", "比例按基数所在的档次对全部基数计算。"),
    )  # fmt: skip


@both
def upload(request: Request, pk: int) -> HttpResponse:
    """A list, held against the branch; the second time, taken in."""
    branch, month, now = kept_branch(request, pk), asked_month(request), timezone.now()
    cancel, chosen = sheet_href(branch, month), Chosen(HEADS)

    def look(text: str, form: BaseListForm) -> dict[str, Any]:
        first = form.cleaned_data["month"]
        told = read_bases_of(text, branch, first)
        return {"told": told, "month": first, "words": words_of(first), "sheets": chosen.unread}

    def take(text: str, form: BaseListForm) -> str:
        import_bases(branch.pk, text, form.cleaned_data["month"], by=request.user, at=now)
        return cancel

    steps = Steps(IMPORT, BaseListForm, lambda values: text_given(values, chosen.text, at=now), look, take)
    context = {"branch": branch, "trail": trail_of(branch, month, "导入基数"), "cancel": cancel}
    return two_steps(request, steps, context, {"month": month})


def _initial(rows: list[DuesBase], month: date) -> dict[str, object]:
    """What holds in the month; the first one begins with it."""
    known = next((row for row in rows if row.holds_on(month)), None)
    if known is None:
        return {"month": month, "kind": DuesBase.Kind.WAGE}
    return {"month": month, "kind": known.kind, "base": known.base}


def _period(row: DuesBase) -> str:
    return f"{words_of(row.starts_on)}起"


def _words(row: DuesBase) -> str:
    amount = f" {Decimal(row.base):f} 元" if row.base else ""
    return f"{row.get_kind_display()}{amount}"
