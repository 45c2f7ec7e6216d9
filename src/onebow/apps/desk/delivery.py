"""Sending messages: many at a time, each with seconds, by the library that knows robots and mail.

Called by the worker alone: the library is heavy, so it is imported when there is something to send.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings

from onebow.apps.base.refusals import Refused
from onebow.apps.desk.models import Channel
from onebow.apps.desk.rules.addresses import Robot, check_mail, robot_of

# So many at a time: as many may be sent once more if the worker is killed.
WIDTH = 8
# To be connected, and between two parts of an answer.
CONNECT_SECONDS, READ_SECONDS = 4.0, 6.0
# In all, whatever trickles in.
WHOLE_SECONDS = 15.0
F = Channel.Failure
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What is sent, and where: how many things wait."""

    pk: int
    kind: str
    address: str
    count: int


def text_of(count: int) -> str:
    """All that a message ever says."""
    return f"您有 {count} 项待办" + (f"\n{settings.ADDRESS}" if settings.ADDRESS else "")


def send_all(messages: Sequence[Message]) -> dict[int, str]:
    """Send them side by side. Returns the failure of each, empty where it went out."""
    plugins = {one.pk: _plugin_or_why(one) for one in messages}
    pool = ThreadPoolExecutor(WIDTH)
    futures = {
        one.pk: pool.submit(_send, one, plugins[one.pk]) for one in messages if not isinstance(plugins[one.pk], str)
    }
    wait(futures.values(), timeout=WHOLE_SECONDS)
    # Who trickles is not waited for; its thread ends when the other side does.
    pool.shutdown(wait=False, cancel_futures=True)
    return {pk: plugin for pk, plugin in plugins.items() if isinstance(plugin, str)} | {
        pk: _told(future) for pk, future in futures.items()
    }


def _told(future: Future[str]) -> str:
    if not future.done() or future.cancelled():
        return F.NO_ANSWER
    if error := future.exception():
        # Its words could hold the address.
        log.warning("a notice was not sent: %s", type(error).__name__)
        return F.REJECTED
    return future.result()


def _send(message: Message, plugin: Any) -> str:
    started = monotonic()
    title = f"您有 {message.count} 项待办" if message.kind == Channel.Kind.MAIL else ""
    if plugin.send(body=text_of(message.count), title=title):
        return F.NONE
    return F.NO_ANSWER if monotonic() - started >= min(CONNECT_SECONDS, READ_SECONDS) else F.REJECTED


def _plugin_or_why(message: Message) -> Any:
    """The library's sender for a channel, or why there is none."""
    try:
        return _plugin(message) or F.SERVER
    except Refused:
        return F.ADDRESS
    except Exception as error:
        # No sender's address, a password that cannot be read, a token that the library does not like: the fault of
        # this channel alone. Its words could hold the address.
        log.warning("a notice could not be made ready: %s", type(error).__name__)
        return F.SERVER if message.kind == Channel.Kind.MAIL else F.ADDRESS


def _plugin(message: Message) -> Any:
    """The library's sender for a channel; None where there is no mail server.

    Raises:
        Refused: the address is none, or not of a host that is allowed (any more).
    """
    import apprise

    asset = apprise.AppriseAsset(app_id="OneBow", app_desc="一张弓", http_redirects=False)
    make = partial(apprise.Apprise.instantiate, asset=asset, suppress_exceptions=False)
    if message.kind == Channel.Kind.MAIL:
        return _mail(check_mail(message.address), make)
    return _robot(robot_of(message.kind, message.address, settings.WEBHOOK_ORIGINS), make)


def _robot(robot: Robot, make: Any) -> Any:
    limits = {"cto": CONNECT_SECONDS, "rto": READ_SECONDS, "redirect": False}
    schema, key = {"wecom": ("wecombot", "key")}.get(robot.kind, (robot.kind, "token"))
    plugin = make({"schema": schema, key: robot.token, **limits})
    # A robot on premises: the same interface at another origin. Each of the three keeps its address under one of these.
    if robot.kind == Channel.Kind.WECOM:
        plugin.api_url = robot.address
    else:
        plugin.notify_url = robot.address
    return plugin


def _mail(address: str, make: Any) -> Any:
    server = settings.MAIL_SERVER
    if server is None:
        return None
    file = settings.MAIL_PASSWORD_FILE
    password = Path(file).read_text(encoding="utf-8").strip() if file else None
    return make(
        {
            "schema": "mailto", "host": server.host, "smtp_host": server.host, "port": server.port,
            "secure_mode": server.mode, "user": server.user or None, "password": password,
            "from_addr": settings.MAIL_FROM, "targets": [address], "format": "text", "cto": CONNECT_SECONDS,
        }
    )  # fmt: skip
