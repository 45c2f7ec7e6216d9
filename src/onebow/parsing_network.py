"""Reads options that name other machines; each raises ValueError with the reason in Chinese."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from onebow.parsing import names, text

# How the connection to a mail server is secured, and its usual port.
MODES = {"smtp": ("insecure", 25), "smtp+starttls": ("starttls", 587), "smtps": ("ssl", 465)}


@dataclass(frozen=True)
class MailServer:
    """邮件服务器: `mode` is insecure, starttls or ssl; without a user nobody signs in."""

    mode: str
    host: str
    port: int
    user: str = ""

    def __str__(self) -> str:
        scheme = next(scheme for scheme, (mode, _) in MODES.items() if mode == self.mode)
        return f"{scheme}://{f'{self.user}@' if self.user else ''}{self.host}:{self.port}"


def mail_server(value: Any) -> MailServer | None:
    """`smtp://host`, `smtp+starttls://user@host:587`, `smtps://user@host`; the password stands in a file of its own."""
    address = text(value)
    if not address:
        return None
    parts = _split(address)
    if parts.scheme not in MODES or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("应为 smtp://主机、smtp+starttls://用户@主机 或 smtps://用户@主机")
    if parts.password:
        raise ValueError("口令不写在地址里,请写入 mail_password_file 指定的文件")
    mode, port = MODES[parts.scheme]
    return MailServer(mode, parts.hostname, parts.port or port, unquote(parts.username or ""))


def address(value: Any) -> str:
    """An address of the web without anything behind the host: `https://dj.example.gov.cn`."""
    typed = text(value).rstrip("/")
    if not typed:
        return ""
    parts = _split(typed)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.path or parts.query or parts.username:
        raise ValueError(f"“{typed}”应为 https://主机 的样子")
    return typed


def addresses(value: Any) -> tuple[str, ...]:
    """Several of them."""
    return tuple(address(one) for one in names(value))


def _split(typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        # Looked at here: a port that is none is told only when it is asked for.
        _ = parts.port
    except ValueError:
        raise ValueError("地址格式有误") from None
    return parts
