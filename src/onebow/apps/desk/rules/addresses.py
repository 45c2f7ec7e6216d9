"""Where a notice may go: mail addresses, and robots at hosts that somebody trustworthy named."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from onebow.apps.base.refusals import Refused
from onebow.apps.desk.models import Channel

K = Channel.Kind
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,128}", re.ASCII)
MOST = 500


@dataclass(frozen=True)
class Vendor:
    """群机器人厂商: where its robots are reached, and where the token stands: in the query, or at the path's end."""

    origin: str
    path: str
    key: str = ""


VENDORS = {
    K.WECOM: Vendor("https://qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key"),
    K.DINGTALK: Vendor("https://oapi.dingtalk.com", "/robot/send", "access_token"),
    K.FEISHU: Vendor("https://open.feishu.cn", "/open-apis/bot/v2/hook/"),
}


@dataclass(frozen=True)
class Robot:
    """群机器人: its kind, the origin that it is reached at, and its token."""

    kind: str
    origin: str
    token: str

    @property
    def address(self) -> str:
        """As stored: nothing of what was pasted but what is needed."""
        vendor = VENDORS[K(self.kind)]
        return f"{self.origin}{vendor.path}" + (f"?{vendor.key}={self.token}" if vendor.key else self.token)


def robot_of(kind: str, typed: str, origins: Collection[str]) -> Robot:
    """The robot at an address.

    Raises:
        Refused: no address of such a robot, or at a host that is neither the vendor's nor among `origins`.
    """
    vendor = VENDORS[K(kind)]
    try:
        parts = urlsplit(typed.strip()[:MOST])
        host = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        raise Refused("这不是一个网址。请从群机器人的设置里复制完整的 Webhook 地址。") from None
    if host not in (vendor.origin, *origins) or parts.username is not None:
        raise Refused(
            f"只能发到 {vendor.origin}。私有部署的机器人,请系统管理员把它的网址写入选项 webhook_origins。"
            if parts.scheme and parts.hostname
            else "这不是一个网址。请从群机器人的设置里复制完整的 Webhook 地址。"
        )
    token = _token(vendor, parts.path, parts.query)
    if not TOKEN.fullmatch(token):
        raise Refused(
            f"地址不完整:应为 {vendor.origin}{vendor.path}{f'?{vendor.key}=' if vendor.key else ''}… 的样子。"
        )
    return Robot(kind, host, token)


def check_mail(typed: str) -> str:
    """A mail address as it is stored.

    Raises:
        Refused: it is none, or more than one.
    """
    address = typed.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("请填写一个完整的邮箱地址,例如 name@example.gov.cn。") from None
    return address


def stored(kind: str, typed: str, origins: Collection[str]) -> str:
    """An address as it is stored, whatever its kind.

    Raises:
        Refused: as for each kind.
    """
    return check_mail(typed) if kind == K.MAIL else robot_of(kind, typed, origins).address


def masked(kind: str, address: str) -> str:
    """What of an address is shown to its owner."""
    if not address:
        return "没有填写地址"
    if kind != K.MAIL:
        return f"尾号 {address[-4:]}"
    name, _, host = address.rpartition("@")
    return f"{name[:1]}***@{host}"


def _token(vendor: Vendor, path: str, query: str) -> str:
    if vendor.key:
        return next(iter(parse_qs(query).get(vendor.key, [])), "") if path.rstrip("/") == vendor.path else ""
    return path.removeprefix(vendor.path).rstrip("/") if path.startswith(vendor.path) else ""
