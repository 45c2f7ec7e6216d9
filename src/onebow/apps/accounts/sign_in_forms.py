"""allauth's forms in our words and with our classes."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.contrib.auth.password_validation import password_validators_help_texts

from onebow.apps.base.asking import AskingForm, Each, Why

LABELS = {
    "login": "登录名",
    "password": "密码",
    "oldpassword": "当前密码",
    "password1": "新密码",
    "password2": "再输入一次新密码",
    "code": "验证码",
}


class Ours(AskingForm):
    """Chinese labels, no placeholders (they vanish when typing), the classes of our theme."""

    IS_COUNTED = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "form-control"
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.widget.attrs["autofocus"] = True
        if "password" in self.fields:
            self.fields["password"].help_text = ""
        if "oldpassword" in self.fields:
            self.fields["oldpassword"].help_text = ""
            self.fields["password1"].help_text = password_validators_help_texts()[0]
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


class SignInForm(Ours, LoginForm):
    """登录."""

    TITLE = "登录"
    ASKED = {Why.SECRET: (Each("login", "登录名"), "password"), Why.DECISION: ("remember",)}


class PasswordForm(Ours, ChangePasswordForm):
    """修改密码."""

    TITLE = "修改密码"
    ASKED = {Why.SECRET: ("oldpassword", "password1", "password2")}


class ConfirmPasswordForm(Ours, ReauthenticateForm):
    """再次确认身份, by password."""

    TITLE = "再次确认身份(密码)"
    ASKED = {Why.SECRET: ("password",)}


class SignInCodeForm(Ours, AuthenticateForm):
    """两步验证, the second step of signing in."""

    TITLE = "登录验证码"
    ASKED = {Why.SECRET: ("code",)}


class ConfirmCodeForm(Ours, FactorReauthenticateForm):
    """再次确认身份, by the second factor."""

    TITLE = "再次确认身份(验证码)"
    ASKED = {Why.SECRET: ("code",)}


class FactorForm(Ours, ActivateTOTPForm):
    """启用两步验证."""

    TITLE = "启用两步验证"
    ASKED = {Why.SECRET: ("code",)}
