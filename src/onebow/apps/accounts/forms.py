"""What people type about accounts."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from onebow.apps.accounts.models import User
from onebow.apps.accounts.names import LENGTH, PATTERN, sign_in_name
from onebow.apps.base.asking import AskingForm, Why


class SignInNameField(forms.CharField):
    """登录名: kept in half-width lower case."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "以字母开头,可用小写字母、数字和 . _ -")
        super().__init__(label=kwargs.pop("label", "登录名"), max_length=LENGTH, **kwargs)

    def clean(self, value: Any) -> str:
        """Normalised and well-formed."""
        name = sign_in_name(super().clean(value))
        if name and not PATTERN.fullmatch(name):
            raise ValidationError("以字母开头,只能用小写字母、数字和 . _ -,2 至 40 个字符。")
        return name


class AccountForm(AskingForm):
    """开设账号."""

    TITLE = "开设账号"
    ASKED = {Why.DECISION: ("username", "display_name")}

    username = SignInNameField()
    display_name = forms.CharField(label="显示名", max_length=40, help_text="页面上显示的名字")


class ActivationForm(AskingForm):
    """激活账号: name and code of the slip, and the password that the person chooses."""

    TITLE = "激活账号"
    ASKED = {Why.PAPER: ("username",), Why.SECRET: ("code", "password1", "password2")}

    username = forms.CharField(
        label="登录名", max_length=LENGTH, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label="激活码",
        max_length=40,
        help_text="激活单上的 16 位字母和数字,横线可不填",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password1 = forms.CharField(
        label="设置密码",
        max_length=256,
        strip=False,
        help_text="至少 10 个字符,不能是常见密码,不能只有数字,不能包含登录名或姓名。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="再输入一次密码",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and good enough as far as one can say without the account."""
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", "两次输入的密码不一致。")
        if first:
            self.check_password(first, None)
        return values

    def check_password(self, password: str, user: User | None) -> bool:
        """Hold the password against the rules; what is wrong stands beside the field."""
        try:
            password_validation.validate_password(password, user)
        except ValidationError as error:
            self.add_error("password1", error)
        return not self.errors
