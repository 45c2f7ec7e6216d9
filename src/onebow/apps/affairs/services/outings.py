"""Lists and letters that leave the product: each is told in the access log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.affairs.months import key_of, last_day, words_of
from onebow.apps.affairs.queries.dues.sheet import Line, Sheet, sheet_of
from onebow.apps.affairs.queries.dues.visible import keeps
from onebow.apps.affairs.queries.transfer_papers import HEADER, TEMPLATE, letter_of, list_lines
from onebow.apps.affairs.queries.transfers import transfers_for, transfers_on
from onebow.apps.affairs.rules import dues as rules
from onebow.apps.affairs.rules.transfers import check_can_print
from onebow.apps.base.filters import day
from onebow.apps.documents.official.rendering import render
from onebow.apps.documents.writing import Origin, Table, write_xlsx
from onebow.apps.ledger.access import Look, log_access, log_access_once
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.rules import check_reason
from onebow.apps.organizations.services.member_lists import ListFile, origin_of

What = AccessRecord.What
# Lists longer than that are not read by anybody.
MOST = 5_000
DUES_HEADER = ("序号", "姓名", "人员类别", "月基数(元)", "比例", "应交(元)", "测算依据")
NO_PAYMENT = "本表只测算应交数额,不记录是否已交。"


@dataclass(frozen=True)
class Outing:
    """Who takes a list out, and what for."""

    by: User
    at: datetime
    reason: str


def export_transfers(on: date, outing: Outing) -> ListFile:
    """The transfers that the user may see, as they stood on a day, as .xlsx.

    Raises:
        Refused: no reason is given.
    """
    check_reason(outing.reason, "用途")
    with transaction.atomic():
        rows = transfers_on(reach_of(outing.by, timezone.localdate(outing.at)), on)[:MOST]
        lines = list_lines(rows, on)
        look = Look(What.EXPORT_LETTERS, reason=outing.reason, rows=len(lines), as_of=on)
        record = log_access(look, by_id=outing.by.pk, at=outing.at)
    name = f"组织关系转接({on.isoformat()})"
    return _file(name, HEADER, lines, record, outing, f"截至{day(on)}")


def export_dues(organization_id: int, month: date, outing: Outing) -> ListFile:
    """The sheet of a branch and month, as .xlsx.

    Raises:
        Refused: no reason is given, `by` does not keep the branch's dues, or it collects none.
    """
    check_reason(outing.reason, "用途")
    today = timezone.localdate(outing.at)
    branch = Organization.objects.get(pk=organization_id)
    rules.check_keeps(branch, keeps(branch, reach_of(outing.by, today), today))
    rules.check_collects(branch, last_day(month))
    with transaction.atomic():
        sheet = sheet_of(branch, month)
        look = Look(
            What.EXPORT_DUES, organization_id=branch.pk, fields=(key_of(month),), reason=outing.reason,
            rows=len(sheet.lines), as_of=last_day(month),
        )  # fmt: skip
        record = log_access(look, by_id=outing.by.pk, at=outing.at)
    lines = [*_dues_lines(sheet), ("", "合计", "", "", "", f"{sheet.total:f}", _missing(sheet))]
    name = f"{branch.name}党费测算表({key_of(month)})"
    return _file(name, DUES_HEADER, lines, record, outing, f"{words_of(month)};{NO_PAYMENT}")


def print_letter(transfer_id: int, form: str, *, by: User, at: datetime) -> ListFile:
    """The letter with stub and receipt, as .docx or .pdf; that it shows whole numbers is told in the access log.

    Raises:
        Transfer.DoesNotExist: it is not theirs to read, or a letter that another side wrote.
        Refused: the person was erased.
    """
    with transaction.atomic():
        rows = transfers_for(reach_of(by, timezone.localdate(at))).exclude(issuer=None)
        transfer = rows.select_related("person", "source", "target__parent", "issuer").get(pk=transfer_id)
        check_can_print(transfer)
        reason = f"打印组织关系介绍信 {transfer.number}"
        look = Look(What.LETTER, transfer.person_id, transfer.source_id, ("id_number", "phone"), reason)
        record = log_access(look, by_id=by.pk, at=at)
    content = render(TEMPLATE, letter_of(transfer), form, records=1, at=at, origin=origin_of(record, by, ""))
    return ListFile(f"{transfer.person.name}组织关系介绍信({transfer.number}).{form}", content)


def note_dues(branch: Organization, month: date, *, by: User, at: datetime) -> None:
    """Record that somebody looked at the bases of a branch: once a reader, month and day."""
    look = Look(What.DUES, organization_id=branch.pk, fields=(key_of(month),), as_of=last_day(month))
    log_access_once(look, since=_midnight(at), by_id=by.pk, at=at)


def note_base(person: Person, branch: Organization, *, by: User, at: datetime) -> None:
    """Record that somebody looked at the base of one person: once a reader, person and day."""
    if person.user_id != by.pk:
        log_access_once(Look(What.DUES, person.pk, branch.pk), since=_midnight(at), by_id=by.pk, at=at)


def _midnight(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))


def _dues_lines(sheet: Sheet) -> list[tuple[str, ...]]:
    return [_dues_line(number, line) for number, line in enumerate(sheet.lines, 1)]


def _dues_line(number: int, line: Line) -> tuple[str, ...]:
    base = "" if line.base is None else f"{line.base:f}"
    amount = "" if line.amount is None else f"{line.amount:f}"
    return str(number), line.person.name, line.kind or "未定基数", base, line.share, amount, line.why


def _missing(sheet: Sheet) -> str:
    missing = sheet.count("missing")
    return f"另有 {missing} 人未定基数,没有计入" if missing else ""


def _file(
    name: str, header: Sequence[str], lines: Sequence[Sequence[str]], record: AccessRecord, outing: Outing, about: str
) -> ListFile:
    origin = Origin(outing.by.display_name, f"说明:{origin_of(record, outing.by, about)}")
    return ListFile(f"{name}.xlsx", write_xlsx([Table(name, header, lines)], origin))
