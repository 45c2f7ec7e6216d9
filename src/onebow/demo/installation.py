"""What this database is for: demonstration and own data never share one."""

from django.core.management.base import CommandError

from onebow.apps.accounts.models import User
from onebow.apps.base.models import Installation
from onebow.apps.organizations.models import Organization

USES = {
    Installation.Use.OWN: "正式数据(make run DATA=own)",
    Installation.Use.DEMONSTRATION: "演示数据(make run)",
}


def claim(*, demonstration: bool) -> None:
    """Say what the database is for, once.

    Raises:
        CommandError: it is already for the other use.
    """
    wanted = Installation.Use.DEMONSTRATION if demonstration else Installation.Use.OWN
    row, _ = Installation.objects.get_or_create(pk=1, defaults={"use": wanted})
    if row.use != wanted:
        raise CommandError(
            f"这个数据目录存的是{USES[Installation.Use(row.use)]},不能用于{USES[wanted]}。"
            "请用环境变量 ONEBOW_HOME 指定另一个目录。"
        )


def is_empty() -> bool:
    """Whether nothing was entered yet."""
    return not Organization.objects.exists()


def has_no_accounts() -> bool:
    """Whether nobody can sign in yet."""
    return not User.objects.exists()
