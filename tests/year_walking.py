"""What the walks through a year share: a bureau without packs or plans, one browser, and how a plan is decided on."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from onebow.apps.accounts.models import User
from onebow.apps.organizations.tests.make import (
    K,
    Town,
    appoint,
    join,
    make_organization,
    make_person,
    make_town,
    make_user,
)
from tests.test_looks import enter

TODAY = timezone.localdate()
END = date(TODAY.year, 12, 31)
NAMES = ("陈东", "褚南", "卫西", "蒋北")


@dataclass(frozen=True)
class Bureau:
    """The town with five full members in its first branch and a leading group; who decides, and who travels."""

    town: Town
    committee: User
    chief: User
    traveller: User


def make_bureau() -> Bureau:
    """Five full members in the branch, so that three are a quorum."""
    town = make_town()
    people = [make_person(town.bureau, name) for name in NAMES]
    for person in people:
        join(person, town.office)
        join(person, town.first)
    group = make_organization(K.LEADING_GROUP, "人社局党组", town.bureau)
    head, chief = make_person(town.bureau, "冯书记"), make_person(town.bureau, "郑局长")
    appoint(head, town.committee, "secretary")
    appoint(chief, group, "secretary")
    users = [make_user(f"user{one.pk}", person=one) for one in (head, chief, people[0])]
    return Bureau(town, *users)


class Walk:
    """One browser, in which one person after another signs in."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        page.set_default_timeout(10_000)

    def enter(self, user: User) -> None:
        """Somebody else sits down."""
        enter(self.page, self.base, user)
        self.page.goto(self.base)

    def visit(self, label: str) -> None:
        """Open a main page by the menu."""
        self.link(label, self.page.locator("#navigation"))

    def link(self, name: str, within: Locator | None = None) -> None:
        """Follow a link."""
        with self.page.expect_navigation():
            (within or self.page.locator("main")).get_by_role("link", name=name, exact=True).first.click()

    def open(self, selector: str) -> None:
        """Click what leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def send(self, name: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.press(name)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def fill(self, **fields: object) -> None:
        """Type into fields by name."""
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", str(value))

    def sees(self, text: str, within: str = "main") -> None:
        """A text stands there."""
        expect(self.page.locator(within).first).to_contain_text(text)

    def plan(self) -> None:
        """Open the plan."""
        self.visit("年度计划")
        self.link("第1党支部")

    def item(self, title: str) -> None:
        """Open an item from its plan."""
        self.plan()
        self.link(title)


def agree(walk: Walk) -> None:
    walk.visit("年度计划")
    walk.open("#waiting .btn")
    walk.link("审批")
    walk.page.check("[name=decision][value=approved]")
    walk.send("提交意见")
    walk.sees("等待审批", "#steps")


def record_on_paper(walk: Walk, number: str) -> None:
    """The leading group did not sign in: an officer records what it decided."""
    walk.visit("年度计划")
    walk.open("#waiting .btn")
    walk.link("登记线下批复")
    walk.fill(number=number, on=TODAY)
    walk.send("登记")
    walk.sees(number, "#approvals")


def find_all_in_the_ledger(walk: Walk, town: Town, labels: set[str]) -> None:
    """Nobody typed any of it again."""
    walk.enter(town.officer)
    walk.visit("工作台账")
    found: set[str] = set()
    pages = walk.page.locator(".page-number").last.inner_text()
    for number in range(1, int(pages) + 1):
        walk.page.goto(f"{walk.base}/ledger/?page={number}")
        found |= {text.split()[0] for text in walk.page.locator("[data-label=事项]").all_inner_texts()}
    assert not labels - found
