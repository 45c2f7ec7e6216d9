"""The 18-digit citizen number, after GB 11643-1999."""

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def check_digit(first17: str) -> str:
    """The check digit for the first 17 digits.

    >>> check_digit("99999919900307008")
    'X'
    """
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def is_id_number(text: str) -> bool:
    """18 characters, the last one the right check digit."""
    digits = text[:17]
    return len(text) == 18 and digits.isascii() and digits.isdigit() and text[17] == check_digit(digits)


def born_on_of(text: str) -> date | None:
    """The birth date inside a number; None where there is no such day."""
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def sex_of(text: str) -> str:
    """The sex that the 17th digit tells: odd for men."""
    return "male" if int(text[16]) % 2 else "female"


def masked(text: str) -> str:
    """The first three and last four characters; a short text keeps only its last two.

    >>> masked("13800005678")
    '138****5678'
    """
    if not text:
        return ""
    if len(text) < 8:
        return "*" * (len(text) - 2) + text[-2:]
    return text[:3] + "*" * (len(text) - 7) + text[-4:]
