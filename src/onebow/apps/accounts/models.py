"""账号: who may sign in, and the three exclusive administrators."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from onebow.apps.accounts.names import sign_in_name
from onebow.apps.base.classification import Data


class UserManager(BaseUserManager["User"]):
    """Finds users by their sign-in name; making one is a service."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of that sign-in name, whatever its letters' case and width."""
        return self.get(username=sign_in_name(username or ""))


class User(AbstractBaseUser):
    """账号: signs in. Rights come from posts and grants, or from an office, never from both."""

    CLASSIFIED = {
        Data.NONE: ("rights_version",),
        Data.INTERNAL: ("office", "is_active", "activation_expires_at", "made_at"),
        Data.PERSONAL: ("username", "display_name", "last_login"),
        Data.SECRET: ("password", "activation_digest"),
    }

    class Office(models.TextChoices):
        NONE = "none", "无"
        SYSTEM = "system", "系统管理员"
        SECURITY = "security", "安全管理员"
        AUDIT = "audit", "审计管理员"

    username = models.CharField("登录名", max_length=40, unique=True)
    display_name = models.CharField("显示名", max_length=40)
    office = models.CharField("管理员职责", max_length=8, choices=Office, default=Office.NONE)
    is_active = models.BooleanField("启用", default=True)
    # Counts changes of rights; part of the session's hash, so a change ends every session of the account.
    rights_version = models.PositiveIntegerField("权限版本", default=0)
    # Digest of the one-time activation code, empty once used.
    activation_digest = models.CharField("激活码摘要", max_length=64, blank=True, default="")
    activation_expires_at = models.DateTimeField("激活码有效期", null=True, blank=True)
    made_at = models.DateTimeField("开设时间")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Sessions end when the password or the rights change."""
        return f"{super()._get_session_auth_hash(secret)}{self.rights_version}"  # type: ignore[misc]
