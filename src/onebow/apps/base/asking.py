"""Why a field is asked: what the system could know is never typed.

A form says it once, by reason:
    class AwayForm(AskingForm):
        TITLE = "请假、出差"
        ASKED = {Why.EVENT: ("person", "first", "last"), Why.DECISION: ("kind",)}
What a class above declares is inherited. Fields made while the form is made are named together:
`Each("part_*", "每人的出席")`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django import forms
from django.db.models import TextChoices

from onebow.apps.base.metering import note_form


class Why(TextChoices):
    """为什么要填: each with the sentence that the product shows."""

    DECISION = "decision", "这是填表人的决定或意见,系统不能代替。"
    REASON = "reason", "为什么这样做,只有作决定的人知道。"
    EVENT = "event", "只有经办或在场的人知道,系统里没有记录。"
    PAPER = "paper", "写在系统外的文件、证件或材料上,系统读不到。"
    PLAN = "plan", "这是对以后的打算,还没有发生。"
    SECRET = "secret", "口令和验证码只有本人知道。"
    VIEW = "view", "要看或要取出哪一部分,由本人选定。"
    CONFIRM = "confirm", "须由本人核对后确认,系统不能代为确认。"
    PROPOSED = "proposed", "系统已经填好,不对时才改。"

    @property
    def word(self) -> str:
        """In a word, for lists."""
        return WORDS[self]


WORDS = {
    Why.DECISION: "本人决定",
    Why.REASON: "理由",
    Why.EVENT: "经办才知道",
    Why.PAPER: "外来材料",
    Why.PLAN: "打算",
    Why.SECRET: "口令",
    Why.VIEW: "查看范围",
    Why.CONFIRM: "核对确认",
    Why.PROPOSED: "已代填",
}


@dataclass(frozen=True)
class Each:
    """Fields that a form makes while it is made, named by a pattern; `label` names them together."""

    pattern: str
    label: str


Asked = Mapping[Why, tuple[str | Each, ...]]


# What Django says of any field: it names none.
UNNAMED = forms.Field.default_error_messages["required"]


def missing_words(field: forms.Field) -> str:
    """What to do about a field that was left empty, by its name."""
    if isinstance(field.widget, forms.CheckboxInput):
        return f"请勾选“{field.label}”。"
    is_chosen = isinstance(field.widget, forms.Select | forms.RadioSelect | forms.FileInput)
    return f"请{'选择' if is_chosen else '填写'}{field.label}。" if field.label else str(UNNAMED)


class AskingForm(forms.Form):
    """A form that says why it asks, and that is counted once it was carried out (see metering)."""

    # How the product names the form; a class that is only stood upon has none.
    TITLE = ""
    ASKED: Asked = {}
    # How often people sign in is nobody's business: such forms are not counted.
    IS_COUNTED = True

    # Each is of a kind of its own, which the stubs do not know.
    fields: dict[str, Any]

    def full_clean(self) -> None:
        """Clean, and lay the form on the sheet of the request."""
        for field in self.fields.values():
            if field.required and field.error_messages["required"] == UNNAMED:
                field.error_messages["required"] = missing_words(field)
        super().full_clean()
        if self.IS_COUNTED and self.is_bound and not self.errors:
            note_form(self)


def key_of(form: type[forms.Form]) -> str:
    """A form's name in tallies: `plans.absences.AwayForm`, its file with it, since names come back."""
    parts = [part for part in form.__module__.removeprefix("onebow.apps.").split(".") if part != "forms"]
    return ".".join([*parts, form.__qualname__])


def reasons_of(form: type[forms.Form]) -> dict[str, tuple[Why, str]]:
    """Name or pattern -> why it is asked and the label of a pattern; what stands above the class included.

    Raises:
        ValueError: a class names a field twice.
    """
    found: dict[str, tuple[Why, str]] = {}
    for one in reversed(form.__mro__):
        own: dict[str, tuple[Why, str]] = {}
        for why, name, label in _lines(vars(one).get("ASKED", {})):
            if name in own:
                raise ValueError(f"{one.__name__} names {name} twice")
            own[name] = (why, label)
        found |= own
    return found


def _lines(asked: Asked) -> Iterator[tuple[Why, str, str]]:
    for why, names in asked.items():
        for one in names:
            yield (why, one.pattern, one.label) if isinstance(one, Each) else (why, one, "")


def why_of(form: type[forms.Form], name: str) -> Why | None:
    """Why a field is asked; None if nobody said so."""
    reasons = reasons_of(form)
    if name in reasons:
        return reasons[name][0]
    return next((why for pattern, (why, _) in reasons.items() if fnmatchcase(name, pattern)), None)


def asking_forms(above: type[forms.Form] = AskingForm) -> list[type[AskingForm]]:
    """All classes with a title, as far as they are loaded; by key."""
    found = {one for one in _below(above) if one.__dict__.get("TITLE") and issubclass(one, AskingForm)}
    return sorted(found, key=key_of)


def _below(above: type[forms.Form]) -> Iterator[type[AskingForm]]:
    for one in above.__subclasses__():
        if issubclass(one, AskingForm):
            yield one
        yield from _below(one)


@dataclass(frozen=True)
class Question:
    """A field as the product tells of it."""

    label: str
    why: Why


def questions_of(form: type[AskingForm]) -> list[Question]:
    """What a form asks, in its order; patterns last. Of a field that it takes over and hides nothing is told."""
    reasons, fields = reasons_of(form), form.base_fields
    named = [
        Question(str(field.label or name), reasons[name][0])
        for name, field in fields.items()
        if name in reasons and not field.widget.is_hidden
    ]
    return named + [Question(label, why) for why, label in reasons.values() if label]
