"""`onebow demo check`: reform and year held against their scenarios, as they are or in a rehearsal."""

from collections.abc import Callable
from datetime import datetime

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.models import Installation
from onebow.apps.organizations.models import Organization, Restructuring, StructureRun
from onebow.demo import shape
from onebow.demo.lines import Line
from onebow.demo.reform.carrying_out import People, carry_out
from onebow.demo.reform.checking import Bureau, lines_of
from onebow.demo.year.checking import year_lines

Write = Callable[[str], object]


def report(write: Write, *, keep: bool, at: datetime) -> bool:
    """Say of each line what is expected, what is found and where to see it. Returns whether all hold.

    A bureau that was reformed already, by clicks or with `keep`, is looked at as it is. Else the reform is carried
    out: to stay (`keep`), or in a transaction that is taken back.

    Raises:
        CommandError: no demonstration of one bureau is there.
    """
    root = _bureau()
    done = Restructuring.objects.filter(root=root, state=Restructuring.State.ENACTED).order_by("pk").last()
    today = timezone.localdate(at)
    if done is not None:
        return _tell(write, [*lines_of(Bureau(done, today, _refusals(root))), *year_lines(at)])
    people = People(User.objects.get(username="officer"), User.objects.get(username="committee"))
    # Before the reform, while its branches still stand.
    year = year_lines(at)
    with transaction.atomic():
        reform = carry_out(root, people, at=at, tell=write)
        holds = _tell(write, [*lines_of(Bureau(reform.plan, today, reform.refused)), *year])
        if not keep:
            transaction.set_rollback(True)
    if not keep:
        write("以上在事务中演练,已全部撤回;加 --keep 则真的实施,可在各页面查看。")
    return holds


def _bureau() -> Organization:
    use = Installation.objects.values_list("use", flat=True).first()
    roots = Organization.objects.filter(kind=Organization.Kind.UNIT, parent=None, ends_on=None)
    sections = Organization.objects.filter(kind=Organization.Kind.SECTION, ends_on=None).count()
    if use != Installation.Use.DEMONSTRATION or len(roots) != 1 or sections != len(shape.SECTIONS):
        raise CommandError("没有可核对的演示数据:请先在空数据库中运行 onebow demo(500 人的局)。")
    return roots[0]


def _refusals(root: Organization) -> tuple[str, ...]:
    """What the computations for the bureau said of units that cannot stand alone."""
    outputs = StructureRun.objects.filter(root=root).order_by("pk").values_list("output", flat=True)
    return tuple(f"{row['words']}({row['rule']})" for output in outputs for row in output.get("infeasible", []))


def _tell(write: Write, lines: list[Line]) -> bool:
    for line in lines:
        write(f"{'符合' if line.holds else '不符'}  {line.scenario}  应为:{line.expected}")
        write(f"            实际:{line.found}")
        write(f"            查看:{line.where}")
    kept = sum(line.holds for line in lines)
    write(f"{kept}/{len(lines)} 条符合。")
    return kept == len(lines)
