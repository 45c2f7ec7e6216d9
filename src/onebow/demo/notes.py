"""What the people behind the demonstration sign-ins told of their work: in time, late, corrected, taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.services import sign_head
from onebow.apps.organizations.models import Membership
from onebow.apps.organizations.services.notes import NoteDraft, correct_note, decide_late_for, note_work, void_note
from onebow.cores.timekeeping import is_working_day

BUSINESS, PARTY = "business.noted", "party.noted"


@dataclass(frozen=True)
class Told:
    """Who tells what, of how many working days ago."""

    username: str
    kind: str
    back: int
    text: str
    hours: str = ""


TOLD = (
    Told("member", BUSINESS, 2, "到园区 3 家企业走访,收集用工和社保方面的问题 7 个", "4"),
    Told("member", PARTY, 1, "参加支部学习,交流走访企业的体会", "1.5"),
    Told("staff", BUSINESS, 1, "窗口接待咨询 26 人次,当场办结 24 件", "7.5"),
    Told("secretary", BUSINESS, 1, "与法制科核对规范性文件清单,确定 4 件需要修订", "3"),
    Told("secretary", PARTY, 0, "讲授党课:把党建要求写进业务流程", "1"),
    Told("staff", BUSINESS, 0, "整理一季度办件资料 120 份,移交档案", "3"),
)
LATE = (
    Told("member", BUSINESS, 18, "周末到社区开展政策宣讲,现场解答 40 余人", "5"),
    Told("staff", BUSINESS, 16, "协助企业办理批量参保 63 人", "4"),
    Told("secretary", PARTY, 12, "与两名青年党员谈心", "1"),
)


def tell_work(*, at: datetime) -> None:
    """Write all of it; leaves one late entry for the secretary and the secretary's own for the officer."""
    today = timezone.localdate(at)
    told = [_tell(one, today, at) for one in TOLD]
    late = [_tell(one, today, at) for one in LATE]
    wrong, needless = told[0], told[5]
    member, staff, secretary = (User.objects.get(username=name) for name in ("member", "staff", "secretary"))
    draft = _draft(TOLD[0], today, "到园区 4 家企业走访,收集用工和社保方面的问题 9 个")
    correct_note(wrong.pk, draft, by=member, at=at)
    void_note(needless.pk, reason="与前一条重复", by=staff, at=at)
    decide_late_for([late[0].pk], accepted=True, reason="情况属实", by=secretary, at=at)
    sign_head(at=at)


def _tell(one: Told, today: date, at: datetime) -> Entry:
    return note_work(_draft(one, today), by=User.objects.get(username=one.username), at=at)


def _draft(one: Told, today: date, text: str = "") -> NoteDraft:
    user = User.objects.select_related("person").get(username=one.username)
    side = Membership.Side.PARTY if one.kind == PARTY else Membership.Side.STAFF
    where = Membership.objects.on(today).filter(person=user.person, side=side).values_list("organization_id", flat=True)
    hours = Decimal(one.hours) if one.hours else None
    return NoteDraft(one.kind, where[0], _days_back(today, one.back), text or one.text, (user.person.pk,), hours)


def _days_back(today: date, count: int) -> date:
    """So many working days ago."""
    while count:
        today -= timedelta(days=1)
        count -= is_working_day(today)
    return today
