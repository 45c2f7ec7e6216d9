"""The matrix, the list, a year's plan and the calendar of a bureau's year: medians and query counts."""

from datetime import date

from django.db import transaction
from django.test import Client
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Cadence, Duty, Occurrence, Proof
from onebow.apps.plans.services.duties import DutyDraft, generate, put_duty
from onebow.apps.plans.services.kinds import PackMark

ASKED = 2_500
KINDS = ("branch", "section")


def fill(year: int) -> int:
    """Monthly duties until there are so many occurrences; three in four of those that are over are proved."""
    Proof.objects.all().delete()
    for model in (Occurrence, Cadence, Duty):
        model.objects.all()._raw_delete("default")
    at, today = timezone.now(), timezone.localdate()
    tops = Organization.objects.filter(parent=None, ends_on=None).order_by("path")
    for number in range(12):
        for top in tops:
            draft = DutyDraft(f"m{number}", f"每月第{number + 1}项", KINDS, "FREQ=MONTHLY", order=number)
            put_duty(top, draft, PackMark("bench", "1"), on=date(year, 1, 1), by=None, at=at)
        generate(None, year, at=at)
        if Occurrence.objects.count() >= ASKED:
            break
    over = Occurrence.objects.filter(due_on__lt=today).order_by("pk").values_list("pk", "due_on")
    Proof.objects.bulk_create(
        Proof(occurrence_id=pk, source="bench", source_id=pk, entry_id=0, happened_on=day) for pk, day in over if pk % 4
    )
    return Occurrence.objects.count()


def addresses(year: int) -> dict[str, str]:
    """The pages measured."""
    row = Occurrence.objects.order_by("pk")[0]
    return {
        "制度任务·按月": f"/duties/?year={year}",
        "制度任务·按任务": f"/duties/?year={year}&view=duties",
        "应办清单": f"/duties/?year={year}&view=list",
        "任务": f"/duties/{row.duty_id}/",
        "应办": f"/occurrences/{row.pk}/",
        "全年安排": f"/duties/organizations/{row.organization_id}/?year={year}",
        "工作日历": f"/calendar/?month={year}-03",
        "放假安排": f"/holidays/?year={year}",
    }


def main() -> None:
    """Print a table; everything is made in a transaction of which nothing stays."""
    year = timezone.localdate().year
    with transaction.atomic():
        made = fill(year)
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username="officer"), backend="django.contrib.auth.backends.ModelBackend")
        print(f"\npages of duties, {made:,} occurrences\n{HEAD}")
        tell(client, addresses(year))
        transaction.set_rollback(True)


main()
