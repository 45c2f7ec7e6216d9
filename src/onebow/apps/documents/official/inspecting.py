"""Looks at a drawing before anything draws it."""

import re
from xml.etree import ElementTree

LARGEST = 5_000_000
# A document type could define entities that unfold without end or name files of the machine.
TYPED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
HREF = re.compile(r"\{.*\}href|href")


def check_svg(text: str) -> str:
    """Why a text is no drawing of its own; empty if it is."""
    if len(text) > LARGEST:
        return f"超过 {LARGEST // 1_000_000} MB"
    if TYPED.search(text):
        return "含有文档类型定义"
    try:
        # Without document types there are no entities to unfold.
        root = ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError as error:
        return f"XML 不完整({error})"
    if root.tag.rpartition("}")[2] != "svg":
        return "最外层不是 svg"
    return "引用了图以外的文件" if any(map(_reaches_out, root.iter())) else ""


def _reaches_out(element: ElementTree.Element) -> bool:
    return any(
        HREF.fullmatch(name) and not value.startswith(("#", "data:image/")) for name, value in element.attrib.items()
    )
