"""How a view answers: a whole page, or the part that htmx asked for."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django_htmx.http import HttpResponseClientRedirect
from jinja2 import Environment
from jinja2_fragments import render_block

from onebow.apps.base.shell import shell_of


def jinja() -> Environment:
    """The environment of our own templates."""
    return cast(Jinja2, engines["jinja2"]).env


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page, or the block after `#` if htmx asked: `page(request, "people/show.html#panel", …)`."""
    name, _, block = template.partition("#")
    values = {**shell_of(request), **context}
    env = jinja()
    # A block rendered by itself does not see what its page imports, so the components come with the context.
    values["ui"] = env.get_template("ui/kit.html").make_module(values)
    htmx = getattr(request, "htmx", None)
    # A boosted link or form asks for the whole page and picks its part itself.
    if block and htmx and not htmx.boosted:
        return HttpResponse(render_block(env, name, block, **values), status=status)
    return HttpResponse(env.get_template(name).render(values), status=status)


def repeatable(response: HttpResponse) -> HttpResponse:
    """An answer to a form that may be sent again as it is: its once key stays unused (middleware.OnceMiddleware).

    For what writes nothing, or finds by itself what it wrote the first time; anybody sent on to a page instead would
    lose what they typed.
    """
    response.may_be_sent_again = True  # type: ignore[attr-defined]
    return response


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, done: str = "", status: int = 200
) -> HttpResponse:
    """After a form: go to `done` if there is one, else show the form again with 422."""
    if done:
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(done)
        return HttpResponseRedirect(done)
    return page(request, template, context, status=422 if status == 200 else status)


def show_or_do(
    request: HttpRequest, template: str, context: dict[str, Any], do: Callable[[], object], *, done: str = ""
) -> HttpResponse:
    """Show the `form` of a page; filled in well, do its deed and go on to `done`, or else to where `do` says.

    A deed that finds something to be looked at first (base/second_look.py) puts it into the form, which is shown again.
    The block `panel` of the page is what htmx swaps.
    """
    if request.method == "GET":
        return page(request, template, context)
    if not context["form"].is_valid():
        return answer(request, f"{template}#panel", context)
    led_to = do()
    if context["form"].errors:
        return answer(request, f"{template}#panel", context)
    return answer(request, "", {}, done=done or str(led_to))
