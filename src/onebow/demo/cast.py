"""The demonstration sign-ins. Their passwords are public: they exist in demonstration databases only."""

import os
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from onebow import home
from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import NewAccount, activate_account, create_account
from onebow.apps.organizations.models import Grant, Person
from onebow.apps.organizations.services.rights import GrantDraft, make_grant

PASSWORD = "onebow-demo"  # noqa: S105 (public on purpose)
# 32 letters of Base32, to be typed into an authenticator app.
FACTOR = "ONEBOWDEMOONEBOWDEMOONEBOWDEMOAA"


@dataclass(frozen=True)
class Part:
    """A sign-in of the demonstration and what it is there to show."""

    username: str
    label: str
    office: str = User.Office.NONE
    # The person of the bureau behind it, by the builder's word.
    person: str = ""


PARTS = (
    Part("officer", "党务干部:管理全局两棵树"),
    Part("committee", "机关党委书记:审批支部调整方案", person="committee"),
    Part("secretary", "支部书记兼科长:只看本支部、本科室", person="secretary"),
    Part("head", "局长:看全局行政组织", person="unit_head"),
    Part("member", "党员:看自己的支部、科室和本人信息", person="member"),
    Part("staff", "职工(非党员):看本科室和本人信息", person="staff"),
    Part("system", "系统管理员:账号", office=User.Office.SYSTEM),
    Part("security", "安全管理员:授权", office=User.Office.SECURITY),
    Part("audit", "审计管理员:审计记录", office=User.Office.AUDIT),
)


@transaction.atomic
def open_accounts(root_id: int, people: dict[str, int], *, at: datetime) -> None:
    """Open the sign-ins; the officer keeps `root_id` and below.

    Args:
        people: person ids by the builder's words; a part that finds none is left out.
    """
    password_hash = make_password(PASSWORD)
    for part in PARTS:
        if part.person and part.person not in people:
            continue
        person = Person.objects.get(pk=people[part.person]) if part.person else None
        name = person.name if person else part.label.split(":")[0]
        slip = create_account(NewAccount(part.username, name, part.office), by=None, at=at)
        user = activate_account(slip.user_id, slip.code, password_hash, at=at)
        if person:
            person.user = user
            person.save(update_fields=["user"])
        if part.office != User.Office.NONE:
            TOTP.activate(user, FACTOR)
    officer = User.objects.get(username=PARTS[0].username)
    today = timezone.localdate(at)
    make_grant(GrantDraft(officer.pk, Grant.Role.OFFICER, root_id, today, basis="演示数据"), by=None, at=at)


def current_code(at: datetime) -> str:
    """The number that an authenticator with the demonstration's secret shows at a time."""
    return format_hotp_value(hotp_value(FACTOR, int(at.timestamp()) // 30))


def sign_ins() -> str:
    """The sign-ins as lines for the console."""
    width = max(len(part.username) for part in PARTS)
    lines = [f"  {part.username.ljust(width)}  {part.label}" for part in PARTS]
    return "\n".join(
        [
            f"演示账号(仅用于演示,人员和数据均为虚构;密码都是 {PASSWORD}):",
            *lines,
            f"三个管理员登录时要两步验证:在验证器中手工输入密钥 {FACTOR},",
            "或另开一个窗口得到当前验证码:",
            f"  ONEBOW_HOME={os.path.relpath(home.HOME)} .venv/bin/onebow demo --code",
        ]
    )
