"""Every way in is declared in the policy file, and every declared way in exists."""

import importlib
import inspect
import logging
import pkgutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.http import HttpResponseNotAllowed
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

import onebow
from onebow.apps.desk.sorts import SORTS
from onebow.config.policy import ANYONE, BEFORE_FACTOR, BY_METHOD, DOORS, URL_NAMES, may_pass, url

KNOWN = {"anyone", "signed_in", "machine", "system", "security", "audit", "officer", "secretary", "unit_head"}
KNOWN |= {"member", "staff", "handler", "reviewer", "dispatched", "liaison"}


@pytest.fixture
def _quiet(caplog):
    """Hundreds of refused methods, each with a line in the log."""
    caplog.set_level(logging.CRITICAL, "django.request")


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address with its full name."""
    waiting = [("", entry) for entry in get_resolver().url_patterns]
    while waiting:
        prefix, entry = waiting.pop()
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.lookup_str}", entry
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            waiting += [(inner, child) for child in entry.url_patterns]


def accepts(pattern: URLPattern, method: str) -> bool:
    """Whether the view itself takes the method: it is asked without middleware, so it gets no further than that."""
    request = RequestFactory().generic(method, "/")
    try:
        response = pattern.callback(request, **dict.fromkeys(pattern.pattern.converters, 0))
    except Exception:
        return True
    return not isinstance(response, HttpResponseNotAllowed)


def tasks() -> set[str]:
    """Every public function of every `tasks` module."""
    found = set()
    for module in pkgutil.walk_packages(onebow.__path__, "onebow."):
        if module.name.rpartition(".")[2] != "tasks":
            continue
        inside = importlib.import_module(module.name)
        functions = inspect.getmembers(inside, inspect.isfunction)
        found |= {f"{module.name}.{name}" for name, f in functions if f.__module__ == module.name and name[0] != "_"}
    return found


def declared(kind: str) -> set[str]:
    return {door.name for door in DOORS if door.kind == kind}


def test_every_address_is_declared_and_every_declared_address_exists():
    assert {name for name, _ in patterns()} == set(URL_NAMES)


@pytest.mark.django_db
@pytest.mark.usefixtures("_quiet")
def test_every_view_takes_exactly_the_methods_that_its_door_declares():
    wrong = []
    for name, pattern in patterns():
        ours = not hasattr(pattern.callback, "view_class")
        for method in ("GET", "POST", "PUT", "DELETE"):
            is_declared = (name, method) in BY_METHOD
            # Views of others take more than we open; the middleware shuts the rest.
            if (is_declared or ours) and accepts(pattern, method) is not is_declared:
                wrong.append(f"{method} {name}: declared {is_declared}")
    assert wrong == []


def test_every_command_of_ours_is_declared_and_exists():
    ours = {name for name, app in get_commands().items() if str(app).startswith("onebow.")}
    assert ours == declared("command")


def test_every_task_is_declared_and_exists():
    assert tasks() == declared("task")


def test_what_is_done_by_the_clock_is_a_declared_task():
    assert {*settings.DAILY, *settings.HOURLY, *settings.QUARTER_HOURLY} <= declared("task")


def test_the_policy_speaks_only_words_that_mean_somebody():
    assert {allowed.who for door in DOORS for allowed in door.passes} <= KNOWN


def test_what_opens_before_the_second_factor_is_declared():
    assert BEFORE_FACTOR <= URL_NAMES


def test_an_undeclared_door_is_shut_and_says_so_in_the_log(client, monkeypatch, caplog):
    monkeypatch.setattr("onebow.config.doors.BY_METHOD", {})
    monkeypatch.setattr("onebow.config.doors.URL_NAMES", frozenset())
    assert client.get("/sign-in/").status_code == 404
    assert "account_login is not declared" in caplog.text


def test_a_method_that_is_not_declared_is_refused_before_the_view(client):
    response = client.delete("/sign-in/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, POST"


def test_a_door_for_anyone_is_open_to_all_and_others_only_to_those_they_name():
    assert may_pass(url("x", "GET", ANYONE), None, frozenset())
    by_name = {door.name: door for door in DOORS}
    grants = by_name["organizations:grants"]
    assert not may_pass(grants, None, frozenset())
    assert not may_pass(grants, "none", frozenset({"officer", "member"}))
    assert not may_pass(grants, "system", frozenset())
    assert may_pass(grants, "security", frozenset())


def test_whatever_waits_for_somebody_leads_to_doors_that_are_declared():
    doors = {door for one in SORTS for door in (one.all_door, one.door, one.deed_door or one.door)}
    assert not [door for door in doors if (door, "GET") not in BY_METHOD]
