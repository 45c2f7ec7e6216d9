"""Services record last: what the watch in conftest.py sees, and that it sees it."""

from datetime import timedelta

import pytest
from django.db import transaction

from onebow.apps.accounts.models import User
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.services.links import found_chains
from onebow.apps.organizations.services.memberships import (
    MembershipDraft,
    PostDraft,
    end_membership,
    end_post,
    start_membership,
    start_post,
)
from onebow.apps.organizations.tests.make import NOON, TODAY


def test_the_watch_fails_at_a_write_after_the_ledger(town):
    def deed() -> None:
        with transaction.atomic():
            record(Event("account.enabled", source=town.staff), by_id=None, at=NOON)
            User.objects.filter(pk=town.staff.pk).update(rights_version=9)

    with pytest.raises(AssertionError, match="written after the ledger"):
        deed()
    town.staff.refresh_from_db()
    assert town.staff.rights_version == 0


def test_a_transfer_ends_sessions_before_it_is_recorded(town):
    person = town.member.person
    draft = MembershipDraft(person.pk, town.second.pk, "party", TODAY, transfer=True)
    membership = start_membership(draft, by=town.officer, at=NOON)
    end_membership(membership.pk, on=TODAY + timedelta(days=1), by=town.officer, at=NOON)
    town.member.refresh_from_db()
    assert town.member.rights_version == 2


def test_a_post_begins_and_ends_before_it_is_recorded(town):
    post = start_post(PostDraft(town.member.person.pk, town.first.pk, "committee_member"), by=town.officer, at=NOON)
    end_post(post.pk, on=TODAY, by=town.officer, at=NOON)
    town.member.refresh_from_db()
    assert town.member.rights_version == 2


def test_many_chains_are_all_founded_before_any_is_recorded(town):
    assert len(found_chains(town.wages.pk, ["社保链", "就业链"], starts_on=None, by=town.officer, at=NOON)) == 2
