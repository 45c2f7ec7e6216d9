"""Members come, change their branch and go: letters of transfer in every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.queries.transfers import issuer_of, next_number
from onebow.apps.affairs.services.receipts import ReceiptDraft, receive_transfer, send_receipt
from onebow.apps.affairs.services.transfers import EndDraft, TransferDraft, close_transfer, issue_transfer
from onebow.apps.organizations.models import Membership, Organization, Person
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year.telling import LATER, Year, noon

COMING, GOING = "云杉市行业协会党委", "云杉市市场监督管理局机关党委"


@dataclass
class _Letter:
    """A letter that later deeds go on with."""

    pk: int = 0

    def row(self) -> Transfer:
        """As it stands."""
        return Transfer.objects.get(pk=self.pk)


def transfers(year: Year) -> Iterator[Deed]:
    """One comes from elsewhere, changes the branch and goes again; others have letters that did not move them."""
    for place, (share, deed) in enumerate(_deeds(year)):
        on = year.share(share)
        yield on, LATER + place, partial(deed, on)
    # Seen from today: one without a receipt for long, one whose time is nearly over, one just begun.
    for days, which in ((70, 3), (45, 4), (5, 5)):
        on = year.last - timedelta(days=days)
        yield on, LATER, partial(_out, year, which, _Letter(), on)
    on = year.last - timedelta(days=3)
    yield on, LATER, partial(_come, year, 1, _Letter(), on)


def _deeds(year: Year) -> list[tuple[float, Any]]:
    came, moved, went, taken, back, over = (_Letter() for _ in range(6))
    return [
        (0.30, partial(_come, year, 0, came)),
        (0.32, partial(_received, year, came, "孙晓")),
        (0.33, partial(_answered, year, came)),
        (0.34, partial(_out, year, 0, taken)),
        (0.35, partial(_ended, year, taken, "withdrawn", "工作调动取消")),
        (0.36, partial(_out, year, 1, back)),
        (0.40, partial(_ended, year, back, "returned", "对方党委名称有误,退回重新开具")),
        (0.42, partial(_out, year, 2, over)),
        (0.50, partial(_within, year, moved)),
        (0.51, partial(_received, year, moved, "")),
        (0.70, partial(_gone, year, went)),
        (0.74, partial(_received, year, went, "行业协会党委 周立")),
        (0.80, partial(_ended, year, over, "lapsed", "本人改变计划,没有报到")),
    ]


def _come(year: Year, which: int, letter: _Letter, on: date) -> None:
    """Somebody who works here and whose relation is elsewhere brings it along."""
    target = year.organization(frame.branch_key(2))
    draft = TransferDraft(
        "in", f"示例协会〔{on.year}〕{14 + which}号", on - timedelta(days=4), 60, "work", _elsewhere(which), None,
        target,
        COMING, "人力资源服务行业党支部", paid_until=on.replace(day=1),
    )  # fmt: skip
    _issue(year, letter, draft, on)


def _within(year: Year, letter: _Letter, on: date) -> None:
    draft = _draft(year, "within", _elsewhere(0), on, 30, target_id=year.organization(frame.branch_key(3)))
    _issue(year, letter, draft, on)


def _gone(year: Year, letter: _Letter, on: date) -> None:
    _issue(year, letter, _draft(year, "out", _elsewhere(0), on, 60, committee=COMING), on)


def _out(year: Year, which: int, letter: _Letter, on: date) -> None:
    """One of the members who hold no post."""
    members = Membership.objects.filter(side="party", ends_on=None, organization=year.organization(frame.branch_key(5)))
    people = Person.objects.filter(pk__in=members.values("person"), posts=None, user=None).order_by("pk")
    _issue(year, letter, _draft(year, "out", people[which].pk, on, 60, committee=GOING), on)


def _draft(year: Year, direction: str, person_id: int, on: date, days: int, **facts: Any) -> TransferDraft:
    committee = Organization.objects.get(pk=year.organization(frame.COMMITTEE))
    number = next_number(issuer_of(committee), on.year)
    told = {"paid_until": on.replace(day=1)} | facts
    return TransferDraft(direction, number, on, days, "work", person_id, **told)


def _issue(year: Year, letter: _Letter, draft: TransferDraft, on: date) -> None:
    letter.pk = issue_transfer(draft, by=year.user("officer"), at=noon(on)).pk


def _received(year: Year, letter: _Letter, receiver: str, on: date) -> None:
    told = {"by": year.user("officer"), "at": noon(on)}
    receive_transfer(letter.pk, ReceiptDraft(on, receiver), version=letter.row().version, **told)  # type: ignore[arg-type]


def _answered(year: Year, letter: _Letter, on: date) -> None:
    send_receipt(letter.pk, on=on, version=letter.row().version, by=year.user("officer"), at=noon(on))


def _ended(year: Year, letter: _Letter, state: str, reason: str, on: date) -> None:
    row = letter.row()
    if state == "lapsed":
        on = max(on, row.valid_until + timedelta(days=1))
    draft = EndDraft(state, on, reason)
    close_transfer(letter.pk, draft, version=row.version, by=year.user("officer"), at=noon(on))


def _elsewhere(which: int) -> int:
    """Those who work here and whose relation is with another unit."""
    rows = Membership.objects.filter(side="staff", ends_on=None, person__standing__in=Person.MEMBERS)
    found = rows.exclude(relation_elsewhere="").order_by("pk").values_list("person_id", flat=True)
    return found[which]
