"""The sandboxed dialect of Jinja that bodies are written in: values, conditions, loops, a few filters, no calls.

What comes out of data is put between two signs that data cannot hold, so that no mark is ever read in it.
"""

from collections.abc import Mapping, Sized
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from onebow.apps.documents.official import words

# What filling a body may raise that its check did not see.
FAULTS = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, TemplateError)
OPEN, CLOSE, NEWLINE = "\x02", "\x03", "\x1f"
LOOP = ("index", "first", "last", "length")
ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.NSRef, nodes.Const, nodes.If, nodes.For),
    *(nodes.Getattr, nodes.Filter, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub),
    *(nodes.Assign, nodes.CondExpr, nodes.Test),
)


def shown(value: Any) -> str:
    """A value as it is printed, shut off from marks."""
    if value is None or isinstance(value, Undefined):
        text = ""
    elif isinstance(value, date):
        text = words.day(value)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        text = str(value)
    elif isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        text = "、".join(value)
    else:
        raise TypeError(type(value).__name__)
    return OPEN + text.replace("\n", NEWLINE) + CLOSE


class Dialect(ImmutableSandboxedEnvironment):
    """Knows columns of rows and the counters of a loop, and no attribute of any other thing."""

    intercepted_binops = frozenset({"+"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A sum; texts and lists that are put together again and again would fill the memory."""
        if isinstance(left, Sized) and isinstance(right, Sized) and len(left) + len(right) > words.LONGEST:
            raise ValueError("too long")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A column of a row, or where a loop stands."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)


def _environment() -> Dialect:
    dialect = Dialect(
        autoescape=False,
        undefined=StrictUndefined,
        finalize=shown,
        keep_trailing_newline=True,
    )
    dialect.filters.clear()
    dialect.filters.update(words.FILTERS)
    dialect.tests = {"none": lambda value: value is None}
    dialect.globals.clear()
    return dialect


DIALECT = _environment()


def parse(body: str) -> nodes.Template:
    """The syntax tree of a body.

    Raises:
        TemplateSyntaxError: it is no Jinja, or more than the dialect allows; with the line.
    """
    tree = DIALECT.parse(body)
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, ALLOWED):
            raise TemplateSyntaxError(f"{type(node).__name__} is not allowed", node.lineno)
    return tree


def fill(body: str, values: Mapping[str, Any]) -> str:
    """The body with its values in it, each between OPEN and CLOSE."""
    return _compiled(body).render(values)


@lru_cache(maxsize=64)
def _compiled(body: str) -> Template:
    # A batch fills the same body again and again; compiling it takes longer than filling it.
    return DIALECT.from_string(body)
