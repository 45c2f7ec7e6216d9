"""What a password must be, said in Chinese."""

import gzip
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

LENGTH = 10


class LongEnough:
    """At least ten characters; length is worth more than odd signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what is too short."""
        if len(password) < LENGTH:
            raise ValidationError(f"密码至少 {LENGTH} 个字符,可以用一句话。", code="short")

    def get_help_text(self) -> str:
        """For the form."""
        return f"至少 {LENGTH} 个字符,不能是常见密码,不能只有数字,不能包含登录名或姓名。"


class NotCommon:
    """None of the twenty thousand passwords that are tried first, and not digits alone."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what is common."""
        if password.isdigit():
            raise ValidationError("密码不能只有数字。", code="digits")
        if password.lower().strip() in common_passwords() or len(set(password)) < 5:
            raise ValidationError("这个密码太常见,容易被猜到,请换一个。", code="common")

    def get_help_text(self) -> str:
        """Said by the first rule."""
        return ""


class NotTheName:
    """Not the sign-in name, the person's name or its pinyin."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what holds the name."""
        if user is None:
            return
        name = user.display_name
        words = {user.username, name, "".join(import_module("pypinyin").lazy_pinyin(name))}
        if any(len(word) > 2 and word.lower() in password.lower() for word in words):
            raise ValidationError("密码不能包含登录名或姓名。", code="name")

    def get_help_text(self) -> str:
        """Said by the first rule."""
        return ""


@cache
def common_passwords() -> frozenset[str]:
    """Django's list of common passwords."""
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return frozenset(line.strip() for line in file)
