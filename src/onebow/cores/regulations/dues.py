"""Party dues of a month by the rule table: exact decimals, and why each amount."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from onebow.cores.regulations.table import Rule, rule

WAGE, ANNUAL, IRREGULAR, PENSION = "wage", "annual", "irregular", "pension"
FARMER, STUDENT, UNEMPLOYED, RELIEF = "farmer", "student", "unemployed", "relief"
# By which rule each kind pays.
RULES = {
    WAGE: "DUES-RATE", ANNUAL: "DUES-RATE", IRREGULAR: "DUES-RATE", PENSION: "DUES-PENSION", FARMER: "DUES-FARMER",
    STUDENT: "DUES-FIXED", UNEMPLOYED: "DUES-FIXED", RELIEF: "DUES-FIXED",
}  # fmt: skip
# What the base of these is taken from, told by another rule.
INCOME = (ANNUAL, IRREGULAR)
# They pay a share of what they get; farmers an amount between two; the others all the same.
BY_SHARE = (WAGE, ANNUAL, IRREGULAR, PENSION)
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Due:
    """应交党费: of one person and month. `permille` is None where no share is taken; `rule` says why."""

    amount: Decimal
    rule: Rule
    permille: int | None = None


def dues_of(kind: str, base: Decimal | None, on: date) -> Due:
    """What is due in the month of a day.

    Args:
        kind: one of `RULES`.
        base: yuan a month, >= 0: the income of who pays a share, the amount of a farmer; not asked of others.
        on: any day of the month.
    Returns:
        The amount in yuan, >= 0, rounded half up to the fen, with the share (permille of the whole base) and its rule.
    Raises:
        ValueError: an unknown kind, a base that is missing, no number or negative, a farmer's amount outside the rule,
            or a day before the rule.
    Source:
        关于中国共产党党费收缴、使用和管理的规定 (2008).

    >>> dues_of("wage", Decimal(9500), date(2026, 3, 1)).amount
    Decimal('142.50')
    """
    if kind not in RULES:
        raise ValueError(f"unknown kind {kind!r}")
    found = rule(RULES[kind], on=on)
    if found is None:
        raise ValueError(f"{RULES[kind]} is not in force on {on}")
    if kind in BY_SHARE:
        return _by_share(_sound(base), found)
    if kind == FARMER:
        least, most = farmer_range(on)
        amount = _sound(base)
        if not least <= amount <= most:
            raise ValueError(f"a farmer pays {least} to {most} yuan, not {amount}")
        return Due(rounded(amount), found)
    return Due(_yuan(found.number("fen")), found)


def permille_of(base: Decimal, found: Rule) -> int:
    """The share of a base by its bracket; a bracket's upper end belongs to it."""
    ends = found.values["up_to_yuan"]
    ends = (ends,) if isinstance(ends, int) else ends
    shares = found.values["permille"]
    if isinstance(shares, int) or len(shares) != len(ends) + 1:
        raise ValueError(f"{found.id}: one share more than brackets")
    return shares[sum(base > end for end in ends)]


def farmer_range(on: date) -> tuple[Decimal, Decimal]:
    """Between which amounts a farmer pays, in yuan.

    >>> farmer_range(date(2026, 3, 1))
    (Decimal('0.20'), Decimal('1.00'))
    """
    found = rule(RULES[FARMER], on=on)
    if found is None:
        raise ValueError(f"no rule on {on}")
    least, most = found.share("fen")
    return _yuan(least), _yuan(most)


def rounded(amount: Decimal) -> Decimal:
    """Half up to the fen.

    >>> rounded(Decimal("32.125"))
    Decimal('32.13')
    """
    return amount.quantize(FEN, ROUND_HALF_UP)


def _by_share(base: Decimal, found: Rule) -> Due:
    permille = permille_of(base, found)
    return Due(rounded(base * permille / 1000), found, permille)


def _sound(base: Decimal | None) -> Decimal:
    if base is None or not base.is_finite() or base < 0:
        raise ValueError(f"no base: {base}")
    return base


def _yuan(fen: int) -> Decimal:
    return (Decimal(fen) / 100).quantize(FEN)
