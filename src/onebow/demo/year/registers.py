"""What came from above, a drive, a branch's own rules, leave: told once, used wherever it matters."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from onebow.apps.plans.services.absences import AwayDraft, record_away
from onebow.apps.plans.services.bylaws import VersionDraft, make_bylaw
from onebow.apps.plans.services.directives import DirectiveDraft, register_directive
from onebow.apps.plans.services.drives import DriveDraft, open_drive
from onebow.demo import frame
from onebow.demo.story import Deed
from onebow.demo.year.meetings import OWN
from onebow.demo.year.telling import LATER, Year, noon


def registers(year: Year) -> Iterator[Deed]:
    """All of it."""
    yield year.first, LATER, partial(_drive, year, year.first)
    yield year.share(0.1), LATER, partial(_bylaw, year, year.share(0.1))
    yield year.share(0.58), LATER, partial(_directive, year, year.share(0.58))
    yield year.last, LATER, partial(_leave, year)


def _directive(year: Year, on: date) -> None:
    draft = DirectiveDraft(
        year.organization(frame.COMMITTEE), "task", "市就业工作领导小组", "关于掌握平台企业用工情况的通知", on,
        number=f"示例就组〔{year.number}〕9号", issued_on=on - timedelta(days=3),
        reply_due_on=date(year.number, 12, 25), gist="摸清平台企业用工规模、参保和纠纷情况",
    )  # fmt: skip
    register_directive(draft, by=year.user("officer"), at=noon(on))


def _drive(year: Year, on: date) -> None:
    goal = "每个支部办成两件群众看得见的事"
    committee = year.organization(frame.COMMITTEE)
    draft = DriveDraft(committee, "service", "我为群众办实事", on, date(year.number + 1, 1, 1), goal)
    open_drive(draft, by=year.user("officer"), at=noon(on))


def _bylaw(year: Year, on: date) -> None:
    text = "一、走访企业两人以上同行。二、不接受企业宴请和礼品。三、走访情况三日内登记。"
    draft = VersionDraft(on, text, "支部党员大会通过")
    branch = year.organization(frame.branch_key(OWN))
    make_bylaw(branch, "走访企业工作制度", "工作", draft, by=year.leader(on), at=noon(on))


def _leave(year: Year) -> None:
    """The member is away on the day of the meetings ahead."""
    on = year.today + timedelta(days=6)
    draft = AwayDraft(year.person("member"), "training", on, on)
    record_away(draft, by=year.leader(year.last), at=noon(year.last))
