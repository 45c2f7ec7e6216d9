"""Identity numbers (GB 11643) and phone numbers."""

import re

from onebow.apps.documents.tables import Cell
from onebow.apps.organizations.identity import born_on_of, check_digit
from onebow.apps.organizations.roster.facts import Note, Reading
from onebow.apps.organizations.roster.text import normalised, plain

SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
ID_18 = re.compile(r"\d{17}[\dX]")
ID_15 = re.compile(r"\d{15}")
LABEL = re.compile(r"^(?:公民|居民)?身份证?(?:件)?(?:号码?)?:")
EXTENSION = re.compile(r"(0\d{2,3}-?\d{7,8}|\d{7,8})转\d{1,6}|(0\d{2,3}-\d{7,8})-\d{1,6}")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}\d{7,8}|\d{7,8}")
AS_NUMBER = Note(
    "error",
    "id_as_number",
    "身份号码按数字存放,末几位已经丢失,无法还原。本行没有导入。",
    "请把这一列设为“文本”格式,重新填写完整号码。",
)


# As an export hides them: 990***********1082.
MASKED = re.compile(r"[\dX]{0,8}\*{2,}[\dX]{0,8}")
HIDDEN = Note("info", "masked", "号码是遮盖过的,不作改动;系统里已有的号码保持不变。", "需要更新号码时请填写完整号码。")


def read_id(cell: Cell) -> Reading[str]:
    """An identity number with its check sign; anything else leaves the cell empty and says why."""
    if isinstance(cell, float) or (isinstance(cell, int) and cell >= 10**15):
        return Reading("", (AS_NUMBER,))
    text = plain(cell).upper()
    if not ID_18.fullmatch(text):
        text = LABEL.sub("", re.sub(r"[\s\-]", "", text)).strip(".,;、。")
    if not text:
        return Reading("")
    if MASKED.fullmatch(text):
        return Reading("", (HIDDEN,))
    if SCIENTIFIC.fullmatch(text):
        return Reading("", (AS_NUMBER,))
    if ID_15.fullmatch(text):
        return Reading("", (_old(text),))
    if not ID_18.fullmatch(text):
        return Reading("", (_malformed(text),))
    if text[17] != check_digit(text[:17]) or born_on_of(text) is None:
        message = "身份号码校验不通过,号码可能抄错。这一格留空,人员照常导入。"
        return Reading("", (Note("warning", "id_checksum", message, "请对照身份证原件核对后重新导入。"),))
    return Reading(text, normalised(cell, text))


def _malformed(text: str) -> Note:
    if text.isdigit() or ID_18.sub("", text) != text:
        message = f"身份号码应为 18 位,这里是 {len(text)} 位。这一格留空,人员照常导入。"
        return Note("warning", "id_checksum", message, "请对照身份证原件核对后重新导入。")
    message = "不是公民身份号码(可能是护照、通行证等)。这一格留空,人员照常导入。"
    return Note("warning", "id_other", message, "请填写 18 位公民身份号码;确无的可在人员页登记。")


def _old(text: str) -> Note:
    longer = f"{text[:6]}19{text[6:]}"
    message = "这是 15 位旧号码,已停止使用。这一格留空,人员照常导入。"
    return Note(
        "warning", "id_old", message, f"请核对后改填 18 位号码(末四位可能是 {(longer + check_digit(longer))[-4:]})。"
    )


def read_phone(cell: Cell) -> Reading[str]:
    """A mobile (11 digits) or fixed number; of several in one cell the first.

    >>> read_phone("199-0000-0020").value
    '19900000020'
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = plain(cell)
    if not text:
        return Reading("")
    if MASKED.fullmatch(text):
        return Reading("", (HIDDEN,))
    if MOBILE.fullmatch(text):
        return Reading(text, normalised(cell, text))
    parts = re.split(r"[/、,;或]", text)
    # Spaces stand inside one number or between two: the whole is tried first.
    for part in (*parts, *(piece for words in parts for piece in words.split())):
        if number := _number_in(part):
            return Reading(number, normalised(cell, number))
    message = "号码不是 11 位手机号,也不是固定电话。这一格留空,人员照常导入。"
    return Reading("", (Note("warning", "phone_invalid", message, "请补全号码后重新导入。"),))


def _number_in(part: str) -> str:
    """The number without words, brackets, country code and extension; empty if none is left."""
    part = re.sub(r"^[^\d(+]+|[^\d)]+$", "", re.sub(r"\(\D*\)|\.0$", "", part))
    if found := EXTENSION.fullmatch(re.sub(r"\s", "", part)):
        part = found[1] or found[2]
    number = re.sub(r"^(?:\+?86|0086)(?=1[3-9]\d{9}$)", "", re.sub(r"[\s\-()]", "", part))
    return number if MOBILE.fullmatch(number) or LANDLINE.fullmatch(number) else ""
