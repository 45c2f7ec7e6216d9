"""Takes a picture of every page that can be read, at two widths, into docs/screens/.

Starts a server on a data folder of its own (ONEBOW_HOME, filled with the demonstration at first), walks through the
doors of the policy file and takes each page once, as the first of the sign-ins who may open it. A picture is named
after its door, docs/screens/<app>/<door>[-<example>]-<width>.webp, so that the same page is the same file each time;
README.md beside them lists all of them by app.
Words after the command name the sign-ins; a word with a slash is the beginning of the addresses to take.
"""

import base64
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onebow.config.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from examples import NO_PAGES, asked_pages, examples_of  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from playwright.sync_api import Error as PlaywrightError  # noqa: E402

from onebow.apps.accounts.models import User  # noqa: E402
from onebow.config.policy import DOORS  # noqa: E402

OUT = Path("docs/screens")
WIDTHS = (1440, 390)
# A longer page is cut: what stands further down looks the same.
LONGEST = 2_400
QUALITY = 40
SERVED = "onebow_session"
SIGN_INS = ("officer", "secretary", "member", "system", "security", "audit", "guest")
# Pages that say most to somebody else than the first who may open them.
OF = {"desk/home": "secretary", "desk/todo": "secretary"}
TITLES = {
    "accounts": "账号和授权", "affairs": "支部日常", "base": "其他", "desk": "工作台", "help": "使用手册",
    "meetings": "会议活动", "methods": "工作法", "organizations": "组织、人员和台账", "pages": "登录和账号",
    "plans": "计划、事项和登记",
}  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """A page to take: its address, and the name of its picture, with the app before the slash."""

    path: str
    name: str

    def file(self, width: int) -> Path:
        """Where its picture lies."""
        return OUT / f"{self.name}-{width}.webp"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shots() -> Iterator[Shot]:
    """Every address that is read with GET, with ids where it wants some."""
    for door in DOORS:
        if door.kind != "url" or "GET" not in door.methods or door.name.endswith(NO_PAGES):
            continue
        app, _, name = door.name.rpartition(":")
        for number, path in enumerate(addresses_of(door.name), 1):
            yield Shot(path, f"{app or 'pages'}/{name}" + f"-{number}" * (number > 1))
    for number, path in enumerate(asked_pages(), 1):
        yield Shot(path, f"pages/asked-{number}")


def addresses_of(name: str) -> Iterator[str]:
    """The addresses of a door: one, or one for each example where it wants ids."""
    try:
        yield reverse(name)
    except NoReverseMatch:
        for ids in examples_of(name):
            try:
                yield reverse(name, args=ids)
            except NoReverseMatch:
                print(f"not taken: {name}")


def session_of(username: str) -> str:
    """A session's key; the second factor counts as shown."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "username": username}]
    session.save()
    return str(client.cookies[SERVED].value)


def take(browser: Browser, port: int, who: str, wanted: list[Shot]) -> dict[Shot, str]:
    """Take those of these pages that `who` may open, at both widths; returns their titles."""
    base, titles = f"http://localhost:{port}", dict[Shot, str]()
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    if who != "guest":
        context.add_cookies([{"name": SERVED, "value": session_of(who), "url": base}])
    page = context.new_page()
    for shot in wanted:
        if opened(page, base + shot.path):
            titles[shot] = page.title()
            for width in WIDTHS:
                picture(page, width, shot.file(width))
    context.close()
    return titles


def opened(page: Page, address: str) -> bool:
    """Whether a page stands there for whoever asks, and no file, refusal or other page."""
    try:
        answer = page.goto(address, wait_until="load")
    except PlaywrightError:
        # A file: the browser would keep it.
        return False
    if page.locator("[hx-trigger='load']").count():
        # What is fetched once the page is there is a part of it.
        page.wait_for_load_state("networkidle")
    kind = answer.headers.get("content-type", "") if answer else ""
    return bool(answer and answer.ok and "html" in kind and not answer.request.redirected_from and page.title())


def picture(page: Page, width: int, file: Path) -> None:
    """The whole page at a width; the browser itself writes small .webp files."""
    page.set_viewport_size({"width": width, "height": 900})
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    session = page.context.new_cdp_session(page)
    asked = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
    answer = session.send("Page.captureScreenshot", asked)
    session.detach()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(base64.b64decode(answer["data"]))


def list_of(titles: dict[Shot, str]) -> str:
    """The page that lists the pictures by app, in the order of their names."""
    lines = ["# Pictures of all pages", "", "Made by `make shots` from the demonstration; nobody in them exists.", ""]
    apps = sorted({shot.name.split("/")[0] for shot in titles})
    for app in apps:
        lines += [f"## {TITLES.get(app, app)}", "", "| page | address | 1440 px | 390 px |", "|---|---|---|---|"]
        lines += [line_of(shot, titles[shot]) for shot in sorted(titles, key=lambda one: one.name)
                  if shot.name.startswith(f"{app}/")]  # fmt: skip
        lines.append("")
    return "\n".join(lines)


def line_of(shot: Shot, title: str) -> str:
    """A page with its two pictures."""
    seen = [f"[{width}]({shot.name}-{width}.webp)" for width in WIDTHS]
    # What people typed may hold the sign that parts columns.
    told = title.split(" · 一张弓")[0].replace("|", "/")
    return f"| {told} | `{shot.path}` | {' | '.join(seen)} |"


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server accepts a connection."""
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def walk(port: int, names: Iterable[str], wanted: list[Shot]) -> dict[Shot, str]:
    """Take each page as the first of the sign-ins who may open it."""
    titles: dict[Shot, str] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for who in names:
            taken = take(
                browser, port, who, [one for one in wanted if one not in titles and OF.get(one.name, who) == who]
            )
            titles |= taken
            print(f"{who}: {len(taken)} pages")
        browser.close()
    return titles


def main(words: list[str]) -> None:
    """Take the pages as the sign-ins named, or as all kinds of them; of beginnings of addresses those alone."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", if_empty=True)
    starts = tuple(word for word in words if "/" in word)
    wanted = [shot for shot in dict.fromkeys(shots()) if shot.path.startswith(starts or "/")]
    if not words:
        # Pages that are no more leave no picture behind.
        shutil.rmtree(OUT, ignore_errors=True)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "onebow", "serve", "--port", str(port)])
    try:
        wait_for(port, server)
        titles = walk(port, [word for word in words if "/" not in word] or SIGN_INS, wanted)
    finally:
        server.terminate()
        server.wait(10)
    if not words:
        (OUT / "README.md").write_text(list_of(titles), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
