"""Transfers on paper: the letter with its stub and receipt, and the list."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.months import words_of
from onebow.apps.affairs.queries.transfers import branch_of, state_on
from onebow.apps.base.filters import day, day_of
from onebow.apps.organizations.models import Person

TEMPLATE = "transfer_letter"
HEADER = (
    "姓名", "方向", "转出组织", "转入组织", "介绍信编号", "开具日期", "有效期至", "原因", "党费交至", "状态",
    "接收日期", "回执寄回",
)  # fmt: skip
STATES = dict(Transfer.State.choices)


def letter_of(transfer: Transfer) -> dict[str, Any]:
    """What the template takes: identity number and telephone whole, as the other side needs them."""
    person, target = transfer.person, transfer.target
    full = person.standing_on(transfer.issued_on) == Person.Standing.FULL_MEMBER
    return {
        "number": transfer.number,
        "issuer": transfer.issuer.name if transfer.issuer else transfer.from_words,
        "to": transfer.committee if target is None else branch_of(target).name,
        "name": person.name,
        "sex": person.get_sex_display() if person.sex else "",
        "born": day_of(person.born_on, "month", ""),
        "standing": "正式党员" if full else "预备党员",
        "id_number": person.id_number,
        "phone": person.phone,
        "source": transfer.from_words,
        "target": transfer.elsewhere if target is None else "",
        "reason": transfer.get_reason_display(),
        "paid_until": words_of(transfer.paid_until, ""),
        "valid_days": transfer.valid_days,
        "valid_until": transfer.valid_until,
        "date": transfer.issued_on,
        "received_on": transfer.received_on,
        "receiver": transfer.receiver,
    }


def list_lines(rows: Iterable[Transfer], on: date) -> list[tuple[str, ...]]:
    """The list as a sheet, as it stood on a day."""
    return [_line(row, on) for row in rows]


def _line(row: Transfer, on: date) -> tuple[str, ...]:
    known = [one for one in (row.received_on, row.answered_on) if one and one <= on]
    return (
        row.person.name, row.get_direction_display(), row.from_words, row.to_words, row.number, day(row.issued_on),
        day(row.valid_until), row.get_reason_display(), words_of(row.paid_until, ""), STATES[state_on(row, on)],
        day(row.received_on) if row.received_on in known else "",
        day(row.answered_on) if row.answered_on in known else "",
    )  # fmt: skip
