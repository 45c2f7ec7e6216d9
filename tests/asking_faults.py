"""What forms fail to say of their fields, in words that are the lines to add (see test_asking.py)."""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from django import forms

import onebow.apps
from onebow.apps.base.asking import AskingForm, Each, Why, key_of, reasons_of, why_of

EXAMPLE = "add it to MADE in tests/asking_examples.py"
Fields = Mapping[str, forms.Field]


@cache
def our_forms() -> tuple[type[forms.Form], ...]:
    """All form classes of all apps; first everything is loaded that could hold one."""
    for module in pkgutil.walk_packages(onebow.apps.__path__, "onebow.apps."):
        # `child` is a program of its own, no module.
        if not {"tests", "migrations", "management", "child"} & set(module.name.split(".")):
            importlib.import_module(module.name)
    found = {one for one in below(forms.BaseForm) if one.__module__.startswith("onebow.apps.")}
    return tuple(sorted(found - {AskingForm} - {one for one in found if ".tests" in one.__module__}, key=key_of))


def below(above: Any) -> Iterator[Any]:
    """All classes that stand on one."""
    for one in above.__subclasses__():
        yield one
        yield from below(one)


def fields_of(form: type[forms.Form], made: forms.Form | None) -> Fields:
    """The fields of a class, and those of an instance beside them."""
    return form.base_fields | (made.fields if made else {})


def faults_of(form: type[forms.Form], made: forms.Form | None = None) -> list[str]:
    """What a form fails to say."""
    if not issubclass(form, AskingForm):
        return [f"{key_of(form)}: write class {form.__name__}(AskingForm), from onebow.apps.base.asking"]
    fields = fields_of(form, made)
    return [*_untitled(form), *_unsaid(form, fields), *_said_too_much(form, fields, is_made=made is not None)]


def _untitled(form: type[AskingForm]) -> list[str]:
    # A class that others stand upon need not be a form by itself.
    return [] if vars(form).get("TITLE") or any(below(form)) else [f'{key_of(form)}: add TITLE = "…" (in Chinese)']


def _unsaid(form: type[AskingForm], fields: Fields) -> list[str]:
    missing = [name for name, field in fields.items() if not field.widget.is_hidden and why_of(form, name) is None]
    names = ", ".join(f'"{name}"' for name in missing)
    return [f"{key_of(form)}: add to ASKED = {{Why.…: ({names},)}} why each of them is asked"] if missing else []


def _said_too_much(form: type[AskingForm], fields: Fields, *, is_made: bool) -> list[str]:
    faults = []
    for one in (one for names in vars(form).get("ASKED", {}).values() for one in names):
        pattern = one.pattern if isinstance(one, Each) else one
        found = [field for name, field in fields.items() if fnmatchcase(name, pattern)]
        if not found and isinstance(one, Each) and not is_made:
            faults.append(f"{key_of(form)}: makes {pattern}; {EXAMPLE}")
        elif not found:
            faults.append(f"{key_of(form)}: take {pattern} out of ASKED, there is no such field")
        elif all(field.widget.is_hidden for field in found):
            faults.append(f"{key_of(form)}: take {pattern} out of ASKED, nobody sees it")
    return faults


def makes_fields(form: type[forms.Form]) -> bool:
    """Whether a class puts fields into a form while it is made."""
    return any(_is_new_field(node) for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(form)))))


def _is_new_field(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(one, ast.Subscript) and ast.unparse(one.value) == "self.fields" for one in node.targets)
    if isinstance(node, ast.AugAssign):
        return ast.unparse(node.target) == "self.fields"
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("self.fields.update", "fields.update", "add_steps")


@cache
def proposals() -> frozenset[str]:
    """All words in functions and lines, of forms and views, that speak of initial values."""
    words: set[str] = set()
    for path in Path(onebow.apps.__path__[0]).rglob("*.py"):
        if not {"tests", "migrations"} & set(path.parts) and "initial" in (text := path.read_text(encoding="utf-8")):
            nodes = [one for one in ast.parse(text).body if "initial" in (ast.get_source_segment(text, one) or "")]
            found = [one.value for node in nodes for one in ast.walk(node) if isinstance(one, ast.Constant)]
            words |= {one for one in found if isinstance(one, str)}
    return frozenset(words)


@cache
def whole_rows() -> frozenset[str]:
    """Forms into which a view puts all that a row says."""
    texts = [path.read_text(encoding="utf-8") for path in Path(onebow.apps.__path__[0]).rglob("views/**/*.py")]
    return frozenset(name for text in texts for name in re.findall(r"(\w+Form)\(.*initial=model_to_dict\(", text))


def unproposed(form: type[AskingForm], made: forms.Form | None) -> list[str]:
    """Fields said to be filled in already, into which nobody puts anything."""
    faults: list[str] = []
    if form.__name__ in whole_rows():
        return faults
    for name, (why, _) in reasons_of(form).items():
        own = [field.initial for key, field in fields_of(form, made).items() if fnmatchcase(key, name)]
        is_handed_in = name.rstrip("*") in proposals() or any(one not in (None, "") for one in own)
        if why is Why.PROPOSED and not is_handed_in:
            faults.append(f"{key_of(form)}: {name} is PROPOSED, but nothing hands in an initial value for it")
    return faults
