"""What must hold for accounts."""

from collections.abc import Sequence

from onebow.apps.accounts.models import User
from onebow.apps.accounts.names import PATTERN
from onebow.apps.base.refusals import Refused


def check_names(names: Sequence[str]) -> None:
    """Sign-in names are well-formed, named once, and free."""
    for name in names:
        if not PATTERN.fullmatch(name):
            raise Refused(f"登录名“{name}”不符合要求:以字母开头,只用小写字母、数字和 . _ -,2 至 40 个字符。")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"登录名“{twice}”写了两次,每个账号的登录名必须不同。")
    for start in range(0, len(names), 500):
        taken = User.objects.filter(username__in=names[start : start + 500]).values_list("username", flat=True)
        if found := list(taken[:3]):
            raise Refused(f"登录名“{'、'.join(found)}”已被使用,请换一个。")


def check_can_issue_slip(user: User) -> None:
    """A slip opens a door; a disabled account stays shut."""
    if not user.is_active:
        raise Refused(f"账号“{user.username}”已停用,请先启用再发放激活单。")


def check_can_disable(user: User, by: User) -> None:
    """Nobody shuts the own door, and no office loses its last holder."""
    if user.pk == by.pk:
        raise Refused("不能停用自己的账号。")
    if user.office == User.Office.NONE:
        return
    others = User.objects.filter(office=user.office, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise Refused(f"“{user.username}”是唯一的{user.get_office_display()},不能停用。请先任命另一位。")
