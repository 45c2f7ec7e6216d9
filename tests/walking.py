"""What the browser walks share: the worker in one breath, sign-in, and a look at every page."""

from importlib import import_module
from typing import Any

from django_q.brokers import get_broker
from django_q.signing import SignedPackage
from playwright.sync_api import Page, expect


def work_off_queue() -> int:
    """Do what the background worker would do, here and now. Returns how many tasks were done."""
    broker, done = get_broker(), 0
    while tasks := broker.dequeue():
        for ack, package in tasks:
            task: dict[str, Any] = SignedPackage.loads(package)
            module, _, name = task["func"].rpartition(".")
            getattr(import_module(module), name)(*task["args"], **task["kwargs"])
            broker.acknowledge(ack)
            done += 1
    return done


def activate(page: Page, base: str, username: str, code: str, password: str) -> None:
    """Use an activation slip; the person is signed in afterwards."""
    page.goto(f"{base}/activate/")
    page.fill("[name=username]", username)
    page.fill("[name=code]", code)
    page.fill("[name=password1]", password)
    page.fill("[name=password2]", password)
    page.click("main button[type=submit], form button[type=submit]")
    expect(page.locator("h1")).to_contain_text("您好")


def slips_on(page: Page) -> dict[str, str]:
    """The activation slips on a page: code by sign-in name."""
    slips = page.locator("[data-slip]")
    return {
        str(slip.get_attribute("data-slip")): slip.locator(".slip-code").inner_text().strip() for slip in slips.all()
    }


def sign_out(page: Page) -> None:
    """Leave through the user's menu."""
    page.click(".user-menu > summary")
    page.click(".user-menu button[type=submit]")
