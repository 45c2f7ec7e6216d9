"""The statements behind the checks: the facts of a day about whole subtrees, counted in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from onebow.apps.organizations.queries.sql import FORMER_SEAT, FORMER_TERM, SEAT, TABLES, TERM, joined, valid

# What a person was on the day: of the person `q`, and of what the record said before (`was`, after `_WAS`).
_WAS = f"LEFT JOIN {TABLES['formerstanding']} was ON was.person_id = q.id AND {valid('was')}"


def _then(column: str) -> str:
    return f"CASE WHEN was.id IS NULL THEN q.{column} ELSE was.{column} END"


_STANDING, _FULL_ON, _FULL_PRECISION = _then("standing"), _then("full_on"), _then("full_precision")
# `queries.standings`, in the database's words. Neither true nor false without a date: never to be negated.
_MEMBER = f"{_STANDING} IN ('full_member', 'probationary_member')"
_FULL = f"({_MEMBER} AND {_FULL_ON} <= %(on)s OR {_STANDING} = 'full_member' AND {_FULL_ON} IS NULL)"
_UNDATED = f"({_STANDING} = 'full_member' AND {_FULL_ON} IS NULL)"
_JOINED = f"({_then('joined_on')} IS NULL OR {_then('joined_on')} <= %(on)s)"

# Below an organization of a day gone by there may be what has moved away since.
_MOVED = f"""
  UNION
  SELECT p.child_id FROM node
    JOIN {TABLES["placement"]} p ON p.parent_id = node.id AND {valid("p")}
    JOIN {TABLES["organization"]} o ON o.id = p.child_id AND {valid("o")}
"""  # noqa: S608 (table names of our own models)

# node: what is checked.  above: what lies above it, and the units that it covers.  every: these, and what covers them.
# Parents are asked one by one, and numbers taken as a list (`_taken`): how many rows a recursion gives is overrated by
# PostgreSQL, which would read whole tables to join them with it.
_NODES = f"""
WITH RECURSIVE node(id) AS (
  SELECT o.id FROM {TABLES["organization"]} o WHERE ({{ranges}}) AND {valid("o")} {{moved}}
), above(id) AS (
  SELECT p.parent_id FROM node
    JOIN {TABLES["placement"]} p ON p.child_id = node.id AND {valid("p")} WHERE p.parent_id IS NOT NULL
  UNION
  SELECT l.target_id FROM node
    JOIN {TABLES["link"]} l ON l.source_id = node.id AND {valid("l")} WHERE l.kind IN ('covers', 'set_in')
  UNION
  SELECT (SELECT p.parent_id FROM {TABLES["placement"]} p WHERE p.child_id = above.id AND {valid("p")}) FROM above
   WHERE above.id IS NOT NULL
), near(id) AS (SELECT id FROM node UNION SELECT id FROM above
), tie(source_id, target_id, kind) AS (
  SELECT l.source_id, l.target_id, l.kind FROM {TABLES["link"]} l
   WHERE l.target_id {{near}} AND l.kind IN ('covers', 'set_in', 'serves') AND {valid("l")}
), every(id) AS (SELECT id FROM node UNION SELECT id FROM above UNION SELECT source_id FROM tie)
"""  # noqa: S608 (table names of our own models)

ORGANIZATIONS = f"""
SELECT o.id, p.parent_id, o.kind,
       COALESCE((SELECT f.name FROM {TABLES["formername"]} f
                  WHERE f.organization_id = o.id AND f.ends_on > %(on)s ORDER BY f.ends_on LIMIT 1), o.name),
       o.path, {TERM}, CASE WHEN node.id IS NULL THEN 0 ELSE 1 END
  FROM {TABLES["organization"]} o
  LEFT JOIN {TABLES["placement"]} p ON p.child_id = o.id AND {valid("p")}
  LEFT JOIN node ON node.id = o.id
  {FORMER_TERM}
 WHERE o.id {{every}}
 ORDER BY o.path
"""  # noqa: S608

# Everything that is counted or tied. Columns: what, two ids, three numbers, a word.
#   link: source, target, kind (word); how many organizations the source covers or is set in, here and elsewhere.
#   members: a Party organization; full members, probationary ones, full ones without a date.
#   seat: a Party organization, an office (or none); how many of its members sit there.
#   work: where somebody works, the person, who is a full member; whether without a date, and in which branch.
#   free: where somebody works, or who keeps the record; members who belong to no Party organization.
COUNTS = f"""
SELECT 'link', source_id, target_id,
       (SELECT COUNT(*) FROM {TABLES["link"]} l
         WHERE l.source_id = tie.source_id AND l.kind IN ('covers', 'set_in') AND {valid("l")}), 0, 0, kind FROM tie
UNION ALL
SELECT 'members', m.organization_id, CAST(NULL AS BIGINT), SUM(CASE WHEN {_FULL} THEN 1 ELSE 0 END),
       SUM(CASE WHEN {_FULL} THEN 0 WHEN {_MEMBER} THEN 1 ELSE 0 END), SUM(CASE WHEN {_UNDATED} THEN 1 ELSE 0 END), ''
  FROM {TABLES["membership"]} m JOIN {TABLES["person"]} q ON q.id = m.person_id {_WAS}
 WHERE m.organization_id {{node}} AND m.side = 'party' AND {valid("m")} AND {joined("m")} GROUP BY m.organization_id
UNION ALL
SELECT 'seat', m.organization_id, COALESCE(s.place_id, {SEAT}), COUNT(DISTINCT m.person_id), 0, 0, ''
  FROM {TABLES["membership"]} m
  LEFT JOIN {TABLES["membership"]} s ON s.person_id = m.person_id AND s.side = 'staff' AND {valid("s")}
  LEFT JOIN {TABLES["organization"]} o ON o.id = s.organization_id
  {FORMER_SEAT}
 WHERE m.organization_id {{node}} AND m.side = 'party' AND {valid("m")} AND {joined("m")} GROUP BY 2, 3
UNION ALL
SELECT 'work', s.organization_id, s.person_id, CASE WHEN {_UNDATED} THEN 1 ELSE 0 END,
       COALESCE(g.parent_id, m.organization_id, 0), 0, ''
  FROM {TABLES["membership"]} s JOIN {TABLES["person"]} q ON q.id = s.person_id {_WAS}
  LEFT JOIN {TABLES["membership"]} m ON m.person_id = s.person_id AND m.side = 'party' AND {valid("m")}
  LEFT JOIN {TABLES["organization"]} o ON o.id = m.organization_id AND o.kind = 'group'
  LEFT JOIN {TABLES["placement"]} g ON g.child_id = o.id AND {valid("g")}
 WHERE s.organization_id {{node}} AND s.side = 'staff' AND s.relation_elsewhere = '' AND {valid("s")}
   AND {_FULL} AND {_JOINED}
UNION ALL
SELECT 'free', s.organization_id, NULL, COUNT(*), 0, 0, ''
  FROM {TABLES["membership"]} s JOIN {TABLES["person"]} q ON q.id = s.person_id {_WAS}
 WHERE s.organization_id {{node}} AND s.side = 'staff' AND {valid("s")}
   AND q.merged_into_id IS NULL AND {_MEMBER} AND {_JOINED}
   AND NOT EXISTS (SELECT 1 FROM {TABLES["membership"]} m WHERE m.person_id = q.id AND {valid("m")}
                      AND (m.side = 'party' OR m.relation_elsewhere <> ''))
 GROUP BY s.organization_id
UNION ALL
SELECT 'free', q.root_id, NULL, COUNT(*), 0, 0, ''
  FROM {TABLES["person"]} q {_WAS}
 WHERE q.root_id {{node}} AND %(is_today)s = 1 AND q.merged_into_id IS NULL AND {_MEMBER}
   AND NOT EXISTS (SELECT 1 FROM {TABLES["membership"]} m WHERE m.person_id = q.id)
 GROUP BY q.root_id
"""  # noqa: S608

# Who holds which post as what kind of member, and which papers are there. Columns: what, an organization, a role or
# step, a person, standing, a day, its precision, whether named until an election.
DATED = f"""
SELECT 'post', t.organization_id, t.role, q.id, {_STANDING}, {_FULL_ON}, {_FULL_PRECISION},
       CASE WHEN t.appointed = 'designated' THEN 1 ELSE 0 END
  FROM {TABLES["post"]} t JOIN {TABLES["person"]} q ON q.id = t.person_id {_WAS}
 WHERE t.organization_id {{every}} AND {valid("t")}
UNION ALL
SELECT 'paper', a.organization_id, a.step, NULL, '', a.document_on, '', 0
  FROM {TABLES["approval"]} a
 WHERE a.organization_id {{node}} AND a.decision <> 'returned' AND a.step IN ('level', 'extension')
   AND a.document_on <= %(on)s
 ORDER BY 2, 4
"""  # noqa: S608


@dataclass(frozen=True)
class Scope:
    """What is checked: subtrees by their paths, on a day."""

    paths: tuple[str, ...]
    on: date
    today: date


def rows(statement: str, scope: Scope) -> list[tuple[Any, ...]]:
    """The rows of one of the statements above."""
    adapt = connection.ops.adapt_datefield_value
    values = {"on": adapt(scope.on), "is_today": int(scope.on == scope.today)}
    for number, path in enumerate(scope.paths):
        values |= {f"from{number}": path, f"to{number}": path + "~"}
    parts = {"ranges": _ranges(range(len(scope.paths))), "moved": "" if scope.on == scope.today else _MOVED}
    parts |= {name: _taken(name) for name in ("node", "near", "every")}
    with connection.cursor() as cursor:
        cursor.execute((_NODES + statement).format_map(parts), values)
        return cursor.fetchall()


def _taken(name: str) -> str:
    """That a column's value is one of the numbers of a table above."""
    listed = f"(SELECT id FROM {name})"  # noqa: S608 (a name of ours)
    return f"= ANY(ARRAY{listed})" if connection.vendor == "postgresql" else f"IN {listed}"


def _ranges(numbers: Iterable[int]) -> str:
    return " OR ".join(f"o.path >= %(from{number})s AND o.path < %(to{number})s" for number in numbers)
