"""A work manual of a bureau's branch: reading its chapters, writing it, and forty of them as the worker makes them."""

import time

from django.db import transaction
from django.test import Client
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.affairs.queries.branches import branches_for, span_of
from onebow.apps.affairs.queries.workbook.book import TEMPLATE, book_of
from onebow.apps.affairs.queries.workbook.chapters import Case
from onebow.apps.documents.official.rendering import Order, render, render_many
from onebow.apps.organizations.queries.reach import reach_of

MANUALS, MOST_SECONDS = 40, 2.0


def main() -> None:
    """Print what each step takes; one manual may take two seconds."""
    at = timezone.now().replace(microsecond=0)
    today, by = timezone.localdate(at), User.objects.get(username="officer")
    reach = reach_of(by, today)
    branch = branches_for(reach).on(today).order_by("path")[1]
    case = Case(branch, span_of(branch, today.year, today), today, reach)
    began = time.process_time()
    book = book_of(case, ())
    data = book.data()
    read = time.process_time() - began
    print(f"\nwork manual of {branch}, {book.records} entries\n{read:8.2f} s  read")
    for kind in ("docx", "pdf"):
        began = time.process_time()
        render(TEMPLATE, data, kind, records=book.records, at=at)
        took = read + time.process_time() - began
        print(f"{took:8.2f} s  read and written as .{kind}{'' if took <= MOST_SECONDS else '  TOO SLOW'}")
    began = time.process_time()
    render_many([Order(TEMPLATE, data, f"{number}", book.records) for number in range(MANUALS)], "docx", at=at)
    print(f"{time.process_time() - began + MANUALS * read:8.2f} s  {MANUALS} manuals as .zip")
    _pages(branch.pk, today.year)


def _pages(pk: int, year: int) -> None:
    client = Client(HTTP_HOST="localhost")
    with transaction.atomic():
        client.force_login(User.objects.get(username="officer"), backend="django.contrib.auth.backends.ModelBackend")
        print(HEAD)
        addresses = {"谈心谈话": "/talks/", "一个支部": f"/talks/{pk}/", "工作手册": "/workbooks/"}
        addresses |= {one: f"/workbooks/{pk}/{year}/?chapter={one}" for one in ("facts", "meetings", "hours")}
        tell(client, addresses)
        transaction.set_rollback(True)


main()
