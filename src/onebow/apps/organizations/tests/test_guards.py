"""The database itself keeps the administrators apart, against any program."""

import pytest
from django.db import IntegrityError, connection, transaction

from onebow.apps.base.guards import set_up_guards, take_down_guards
from onebow.apps.organizations.tests.make import grant, make_user

REFUSED = "administrator|takes no office"


def sql(statement: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def insert_grant(user_id: int, organization_id: int, ends_on: str | None) -> int:
    return sql(
        "INSERT INTO organizations_grant (user_id, organization_id, role, basis, ends_on, created_at, updated_at)"
        " VALUES (%s, %s, 'officer', '', %s, '2026-01-01 00:00+00', '2026-01-01 00:00+00')",
        user_id,
        organization_id,
        ends_on,
    )


@pytest.mark.parametrize("office", ["system", "security", "audit"])
@pytest.mark.parametrize("ends_on", [None, "2999-01-01"])
def test_an_administrator_takes_no_grant(town, office, ends_on):
    user = make_user("guard", office=office)
    with pytest.raises(IntegrityError, match=REFUSED):
        insert_grant(user.pk, town.bureau.pk, ends_on)


def test_an_ended_grant_of_earlier_times_may_stand(town):
    assert insert_grant(make_user("guard", office="audit").pk, town.bureau.pk, "2020-01-01") == 1


def test_an_ended_grant_of_an_administrator_is_not_opened_again(town):
    user = make_user("guard", office="audit")
    insert_grant(user.pk, town.bureau.pk, "2020-01-01")
    with pytest.raises(IntegrityError, match=REFUSED):
        sql("UPDATE organizations_grant SET ends_on = NULL WHERE user_id = %s", user.pk)


def test_a_grant_is_not_handed_to_an_administrator(town):
    user = make_user("guard", office="audit")
    with pytest.raises(IntegrityError, match=REFUSED):
        sql("UPDATE organizations_grant SET user_id = %s WHERE user_id = %s", user.pk, town.officer.pk)


def test_who_holds_a_grant_takes_no_office(town):
    with pytest.raises(IntegrityError, match=REFUSED):
        sql("UPDATE accounts_user SET office = 'audit' WHERE id = %s", town.officer.pk)


def test_whose_grant_ended_may_take_an_office(town):
    user = make_user("former")
    grant(user, town.bureau, ends_on="2020-01-01")
    assert sql("UPDATE accounts_user SET office = 'audit' WHERE id = %s", user.pk) == 1


def test_a_person_takes_no_office(town):
    with pytest.raises(IntegrityError, match=REFUSED):
        sql("UPDATE accounts_user SET office = 'system' WHERE id = %s", town.member.pk)


def test_an_administrator_becomes_no_person(town):
    user = make_user("guard", office="system")
    with pytest.raises(IntegrityError, match=REFUSED):
        sql("UPDATE organizations_person SET user_id = %s WHERE id = %s", user.pk, town.neighbour_person.pk)


def test_one_account_has_one_office_only(db):
    user = make_user("guard", office="system")
    assert sql("UPDATE accounts_user SET office = 'audit' WHERE id = %s", user.pk) == 1
    user.refresh_from_db()
    assert user.office == "audit"


def test_guards_can_be_taken_down_for_a_migration_and_set_up_again(town):
    take_down_guards(connection)
    user = make_user("guard", office="audit")
    assert insert_grant(user.pk, town.bureau.pk, None) == 1
    sql("DELETE FROM organizations_grant WHERE user_id = %s", user.pk)
    set_up_guards(connection)
    set_up_guards(connection)
    with pytest.raises(IntegrityError, match=REFUSED):
        insert_grant(user.pk, town.bureau.pk, None)
