"""Numbers of persons: the 18-digit citizen number, after GB 11643-1999, and telephone numbers."""

import re
import unicodedata
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
MISTYPED = "号码有误:校验位不符,请对照证件核对。"
PHONE = re.compile(r"1\d{10}|0?\d{7,11}")
# An identity or mobile number inside any text.
_WITHIN = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?![\dXx])")


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


def compact_id(text: str) -> str:
    """An identity number as the database keeps it: normal width, no spaces, capital X."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def compact_phone(text: str) -> str:
    """A telephone number as the database keeps it.

    >>> compact_phone("+86 199-0000-0020")
    '19900000020'
    """
    return re.sub(r"[\s\-—()]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")


def number_in(text: str) -> str:
    """The whole identity or telephone number that a text is; empty if it is none.

    >>> number_in("999 999 19900307 008x")
    '99999919900307008X'
    """
    number, phone = compact_id(text), compact_phone(text)
    return number if is_id_number(number) else phone if PHONE.fullmatch(phone) else ""


def is_mistyped(text: str) -> bool:
    """Whether a text looks like an identity number but its check digit is wrong.

    >>> is_mistyped("999999199003070081"), is_mistyped("99999919900307008x")
    (True, False)
    """
    number = compact_id(text)
    return bool(re.fullmatch(r"[0-9]{17}[0-9X]", number)) and not is_id_number(number)


def holds_number(text: str) -> bool:
    """Whether an identity or mobile number stands in a text.

    >>> holds_number("/search/?q=19900000020"), holds_number("20191102")
    (True, False)
    """
    return bool(_WITHIN.search(re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))))


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
