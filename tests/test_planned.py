"""Statements that PostgreSQL keeps planned."""

import pytest
from django.db import connection

from onebow.config.databases import PLANNED, _keep_statements


@pytest.mark.only_postgresql
def test_what_is_asked_for_the_third_time_stays_planned(db):
    with connection.cursor() as cursor:
        for number in (40_001, 40_002, 40_003):
            cursor.execute("SELECT id FROM organizations_organization WHERE id = %s", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%organizations_organ%%'", [])
        assert cursor.fetchone()[0] >= 1
    _keep_statements(connection)
    assert connection.connection.prepared_max == PLANNED
