"""Takes a picture of every page that can be read, at two widths, for people to look at.

Starts a server on a data folder of its own (ONEBOW_HOME, filled with the demonstration at first), walks through the
addresses of the policy file as those who may open them, and writes shots/<who>-<width>-<address>.png.
Words after the command name the sign-ins; a word with a slash is the beginning of the addresses to take.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onebow.config.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from examples import NO_PAGES, asked_pages, examples_of  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from onebow.apps.accounts.models import User  # noqa: E402
from onebow.config.policy import DOORS  # noqa: E402

OUT = Path("shots")
WIDTHS = (1440, 390)
SERVED = "onebow_session"
SIGN_INS = ("guest", "officer", "secretary", "system", "security", "audit")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def addresses() -> Iterator[str]:
    """Every address that is read with GET, with ids where it wants some."""
    for door in DOORS:
        if door.kind != "url" or "GET" not in door.methods or door.name.endswith(NO_PAGES):
            continue
        try:
            yield reverse(door.name)
        except NoReverseMatch:
            yield from addresses_of(door.name)
    yield from asked_pages()


def addresses_of(name: str) -> Iterator[str]:
    """The addresses of a door that wants ids."""
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


def take(browser: Browser, port: int, who: str, paths: list[str]) -> int:
    """Take the pages that `who` may open; returns how many."""
    taken = 0
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
        if who != "guest":
            context.add_cookies([{"name": SERVED, "value": session_of(who), "url": f"http://localhost:{port}"}])
        page = context.new_page()
        for path in paths:
            answer = page.goto(f"http://localhost:{port}{path}", wait_until="load")
            kind = answer.headers.get("content-type", "") if answer else ""
            if not answer or answer.status != 200 or "html" not in kind or answer.request.redirected_from:
                continue
            slug = re.sub(r"[^\w.-]+", "-", path.strip("/")) or "home"
            page.screenshot(path=OUT / f"{who}-{width}-{slug}.png", full_page=True)
            taken += 1
        context.close()
    return taken


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


def main(words: list[str]) -> None:
    """Take the pages as the sign-ins named, or as all kinds of them; of beginnings of addresses those alone."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", if_empty=True)
    OUT.mkdir(exist_ok=True)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "onebow", "serve", "--port", str(port)])
    try:
        wait_for(port, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            starts = tuple(word for word in words if "/" in word) or ("/",)
            paths = [path for path in dict.fromkeys(addresses()) if path.startswith(starts)]
            for who in [word for word in words if "/" not in word] or SIGN_INS:
                print(f"{who}: {take(browser, port, who, paths)} pictures")
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


main(sys.argv[1:])
