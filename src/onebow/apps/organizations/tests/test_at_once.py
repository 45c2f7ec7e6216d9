"""Two deeds at the same moment that are each allowed, and together are not."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import disable_account
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.services.organizations import dissolve_organization, move_organization
from onebow.apps.organizations.services.rights import give_office
from onebow.apps.organizations.tests.make import NOON, K, appoint, join, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 3, 2)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What each deed ended with, sorted: "done" or the refusal."""
    ends: list[str] = []
    ready = threading.Barrier(len(deeds))

    def carry_out(deed: Callable[[], object]) -> None:
        try:
            ready.wait()
            deed()
            ends.append("done")
        except Refused as refused:
            ends.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=carry_out, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ends, key=lambda end: end != "done")


def move(one: Organization, under: Organization) -> Callable[[], object]:
    return lambda: move_organization(one.pk, under.pk, on=ON, basis="", by=None, at=NOON)


@pytest.mark.parametrize("_time", range(3))
def test_two_units_are_not_moved_under_each_other(_time):
    top = make_organization(K.UNIT, "某局")
    one, two = make_organization(K.UNIT, "甲", top), make_organization(K.UNIT, "乙", top)
    first, second = at_once(move(one, two), move(two, one))
    assert first == "done"
    assert "不能移到自己" in second
    one.refresh_from_db()
    two.refresh_from_db()
    assert len({one.path[:10], two.path[:10]}) == 1


def test_nobody_joins_an_organization_that_is_being_dissolved():
    top = make_organization(K.UNIT, "某局")
    section = make_organization(K.SECTION, "某科", top)
    person = make_person(top, "张三")
    dissolve = lambda: dissolve_organization(section.pk, on=ON, basis="", by=None, at=NOON)  # noqa: E731
    first, second = at_once(dissolve, lambda: join(person, section, starts_on=ON))
    assert (first, second != "done") == ("done", True)
    section.refresh_from_db()
    assert (section.ends_on is None) == section.memberships.filter(ends_on=None).exists()


def test_nobody_joins_or_leads_what_was_dissolved():
    top = make_organization(K.UNIT, "某局")
    section, person = make_organization(K.SECTION, "某科", top), make_person(top, "张三")
    dissolve_organization(section.pk, on=ON, basis="", by=None, at=NOON)
    with pytest.raises(Refused, match="已于2026年3月2日撤销"):
        join(person, section, starts_on=ON)
    with pytest.raises(Refused, match="已于2026年3月2日撤销"):
        appoint(person, section, "unit_head")
    assert join(person, section, starts_on=date(2026, 3, 1)).pk


def test_two_security_administrators_do_not_take_each_others_office():
    one, two = make_user("one", office="security"), make_user("two", office="security")
    at_once(
        lambda: give_office(two.pk, "none", by=one, at=NOON),
        lambda: disable_account(one.pk, by=two, at=NOON),
    )
    assert User.objects.filter(office="security", is_active=True).count() == 1
