"""Two officers at once: services take locks in one order, so that neither ends the other (PostgreSQL alone)."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from onebow.apps.accounts.services import issue_slip
from onebow.apps.organizations.services.memberships import (
    MembershipDraft,
    PostDraft,
    end_membership,
    start_membership,
    start_post,
)
from onebow.apps.organizations.services.rights import GrantDraft, make_grant
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_person, make_town, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_postgresql]
ROUNDS = 8


def ends_of(*deeds: Callable[[], object]) -> list[str]:
    """How each deed ended, all begun at once."""
    ends, barrier = ["hung"] * len(deeds), Barrier(len(deeds))

    def go(place: int, deed: Callable[[], object]) -> None:
        barrier.wait()
        try:
            deed()
            ends[place] = "done"
        except Exception as error:
            ends[place] = repr(error)[:200]
        finally:
            connection.close()

    threads = [Thread(target=go, args=pair, daemon=True) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


def test_a_membership_a_post_a_grant_and_a_slip_of_one_person_go_side_by_side():
    town = make_town()
    for turn in range(ROUNDS):
        person = make_person(town.bureau, f"周{turn}")
        user = make_user(f"user{turn}", person=person)
        membership = join(person, town.wages)
        posted = PostDraft(person.pk, town.office.pk, "deputy_head")
        joined = MembershipDraft(person.pk, town.office.pk, "staff", TODAY)
        granted = GrantDraft(user.pk, "officer", town.office.pk, TODAY)
        ends = ends_of(
            lambda pk=membership.pk: end_membership(pk, on=TODAY, by=town.officer, at=NOON),
            lambda draft=posted: start_post(draft, by=town.officer, at=NOON),
            lambda draft=joined: start_membership(draft, by=town.officer, at=NOON),
            lambda draft=granted: make_grant(draft, by=None, at=NOON),
            lambda pk=user.pk: issue_slip(pk, by=None, at=NOON),
        )
        assert ends == ["done"] * 5
