"""Lists that leave as a file."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils import timezone

from onebow.apps.accounts.requests import Request
from onebow.apps.base.downloads import download
from onebow.apps.base.filters import moment
from onebow.apps.documents.writing import Origin, Table, write_xlsx


def sheet(request: Request, name: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> HttpResponse:
    """A list as an .xlsx file that says who took it out, and when."""
    now, who = timezone.localtime(), request.user.display_name
    origin = Origin(who, f"说明:{name};{who}导出于 {moment(now)}。")
    data = write_xlsx([Table(name, header, list(lines))], origin)
    return download(data, f"{name}-{now:%Y-%m-%d}.xlsx")
