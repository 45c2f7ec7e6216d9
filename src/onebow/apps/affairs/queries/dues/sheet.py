"""The sheet of a branch and month: what is due of whom, and why. Nothing says whether it was paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onebow.apps.affairs.models import DuesBase, DuesRelief
from onebow.apps.affairs.queries.dues.roll import Payer, roll_of
from onebow.apps.organizations.models import Organization, Person
from onebow.cores.regulations.dues import INCOME, Due, dues_of
from onebow.cores.regulations.table import rule

DUE, MISSING, ELSEWHERE, RELIEVED = "due", "missing", "elsewhere", "relieved"


@dataclass(frozen=True)
class Line:
    """A member in a month. `amount` is None where nobody knows it, or where it is paid elsewhere."""

    person: Person
    state: str
    kind: str
    base: Decimal | None
    due: Due | None
    amount: Decimal | None
    why: str
    relief: DuesRelief | None = None

    @property
    def share(self) -> str:
        """The share in percent, as people write it."""
        if self.due is None or self.due.permille is None:
            return ""
        return f"{Decimal(self.due.permille) / 10:f}%"


@dataclass(frozen=True)
class Sheet:
    """A branch's month."""

    branch: Organization
    month: date
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Of what is known."""
        return sum((line.amount for line in self.lines if line.amount is not None), Decimal("0.00"))

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(line.state == state for line in self.lines)


def sheet_of(branch: Organization, month: date) -> Sheet:
    """The sheet of a month: five statements, whatever the size."""
    payers = {one.person_id: one for one in roll_of([branch], month, month).payers(branch.pk, month)}
    people = Person.objects.filter(pk__in=payers).defer("id_number", "phone").order_by("pinyin", "pk")
    bases, reliefs = bases_of(payers, month), reliefs_of(payers, month)
    lines = (line_of(one, payers[one.pk], month, bases.get(one.pk), reliefs.get(one.pk)) for one in people)
    return Sheet(branch, month, tuple(lines))


def bases_of(people: Iterable[int], month: date) -> dict[int, DuesBase]:
    """The bases of a month, by person."""
    return {row.person_id: row for row in DuesBase.objects.on(month).filter(person__in=list(people))}


def reliefs_of(people: Iterable[int], month: date) -> dict[int, DuesRelief]:
    """What was approved for a month, by person; the later approval holds."""
    rows = DuesRelief.objects.filter(person__in=list(people), first__lte=month, last__gte=month)
    rows = rows.filter(state=DuesRelief.State.APPROVED).select_related("approval").order_by("pk")
    return {row.person_id: row for row in rows}


def line_of(person: Person, payer: Payer, month: date, base: DuesBase | None, relief: DuesRelief | None) -> Line:
    """What is due of one person, and why."""
    kind = base.get_kind_display() if base else ""
    if payer.elsewhere:
        return Line(person, ELSEWHERE, kind, None, None, None, "介绍信写明本月党费已在原支部交纳")
    if base is None:
        return Line(person, MISSING, "", None, None, None, "未定基数,不能测算;不等于不交")
    amount = Decimal(base.base) if base.base else None
    due = dues_of(base.kind, amount, month)
    why = _why(person, payer, base, due, month)
    if relief is None:
        return Line(person, DUE, kind, amount, due, due.amount, why)
    left = Decimal(0) if relief.kind == DuesRelief.Kind.WAIVED else min(due.amount, relief.amount)
    number = relief.approval.document_number if relief.approval else ""
    why = f"{why};批准{relief.get_kind_display()}{f'({number})' if number else ''}"
    return Line(person, RELIEVED, kind, amount, due, left.quantize(Decimal("0.01")), why, relief)


def _why(person: Person, payer: Payer, base: DuesBase, due: Due, month: date) -> str:
    parts = [told_rule(due, base.kind, month)]
    if person.joined_on and person.joined_on >= month and person.is_member:
        found = rule("DUES-PROBATION", on=month)
        parts.append(f"本月支部大会通过,从通过之日起交纳{f'({found.article})' if found else ''}")
    if payer.leaving:
        parts.append("本月转出,介绍信写明本月党费在这里交纳")
    return ";".join(parts)


def told_rule(due: Due, kind: str, month: date) -> str:
    """By which bracket and article, in a few signs; the regulation itself is named once below the sheet."""
    if due.permille is None:
        return f"每月定额({due.rule.article})"
    income = rule("DUES-INCOME", on=month) if kind in INCOME else None
    article = "、".join(one.article for one in (due.rule, income) if one)
    return f"{bracket_words(due)},全部基数 × {Decimal(due.permille) / 10:f}%({article})"


def bracket_words(due: Due) -> str:
    """Between which amounts the base lies; a bracket's upper end belongs to it."""
    ends = due.rule.values["up_to_yuan"]
    ends = (ends,) if isinstance(ends, int) else ends
    shares = due.rule.values["permille"]
    place = 0 if isinstance(shares, int) else shares.index(due.permille or 0)
    low, high = ends[place - 1] if place else None, ends[place] if place < len(ends) else None
    return "".join(
        [f"{low} 元以上" if low else "", f"至 {high} 元" if high and low else f"{high} 元以下" if high else ""]
    )


def source_of(month: date) -> str:
    """The regulation that the articles belong to, and how its words are known here."""
    found = rule("DUES-RATE", on=month)
    if found is None:
        return ""
    return f"《{found.source}》{f'({found.caveat})' if found.caveat else ''}"
