"""The statements behind the picture of two trees; counts are summed in the database."""

from datetime import date
from typing import Any

from django.db import connection

from onebow.apps.organizations.queries.sql import FORMER_SEAT, FORMER_TERM, SEAT, TABLES, TERM, joined, valid

# Follows Placement, not today's paths, so that one statement serves every day. UNION (not UNION ALL) drops
# what is reached twice and ends on a circle, should a wrong history hold one.
# CROSS JOIN keeps SQLite from starting at the rows of every other unit.
# Party side: what is set in these units, and whatever covers their sections from elsewhere; with all below.
NODES = f"""
WITH RECURSIVE unit(id, parent_id) AS (
  SELECT o.id, p.parent_id FROM {TABLES["organization"]} o
    LEFT JOIN {TABLES["placement"]} p ON p.child_id = o.id AND {valid("p")}
   WHERE o.id = %(root)s AND {valid("o")}
  UNION
  SELECT p.child_id, p.parent_id FROM unit
    JOIN {TABLES["placement"]} p ON p.parent_id = unit.id AND {valid("p")}
    JOIN {TABLES["organization"]} o ON o.id = p.child_id AND o.tree = 'administrative' AND {valid("o")}
), party(id, parent_id) AS (
  SELECT o.id, p.parent_id FROM unit
   CROSS JOIN {TABLES["link"]} l
    JOIN {TABLES["organization"]} o ON o.id = l.source_id AND o.tree = 'party' AND {valid("o")}
    LEFT JOIN {TABLES["placement"]} p ON p.child_id = o.id AND {valid("p")}
   WHERE l.target_id = unit.id AND l.kind IN ('set_in', 'covers') AND {valid("l")}
  UNION
  SELECT p.child_id, p.parent_id FROM party
    JOIN {TABLES["placement"]} p ON p.parent_id = party.id AND {valid("p")}
    JOIN {TABLES["organization"]} o ON o.id = p.child_id AND {valid("o")}
), node(id, parent_id) AS (SELECT * FROM unit UNION SELECT * FROM party)
"""  # noqa: S608 (table names of our own models)

ORGANIZATIONS = f"""{NODES}
SELECT node.id, node.parent_id, o.tree, o.kind,
       COALESCE((SELECT f.name FROM {TABLES["formername"]} f
                  WHERE f.organization_id = o.id AND f.ends_on > %(on)s ORDER BY f.ends_on LIMIT 1), o.name),
       o.rank, {TERM},
       CASE WHEN EXISTS (SELECT 1 FROM {TABLES["formername"]} f WHERE f.organization_id = o.id AND f.ends_on > %(on)s)
            THEN '' ELSE o.initials END
  FROM node JOIN {TABLES["organization"]} o ON o.id = node.id
  {FORMER_TERM}
 ORDER BY o.rank, o.id
"""  # noqa: S608

# Everything that is counted or tied, in one statement, so that the nodes are walked once. Columns: what, two ids,
# an office by its name, a number, a word.
#   seat: people of an organization by side (word) and office; who has no place of their own sits where it sits.
#   pair: Party members by branch, the section where they work and the office where they sit.
#   link: source, target, whether derived, kind (word).  head: an organization, the post's id, the name (word); who was
#   named until an election is no secretary yet, and is marked.
FACTS = f"""{NODES}, fact(what, one, other, place, number, word) AS (
SELECT 'seat', o.id, CAST(NULL AS BIGINT), COALESCE(seats.place_id, {SEAT}), seats.people, seats.side FROM (
  SELECT m.organization_id, m.side, m.place_id, COUNT(*) AS people
    FROM node
    JOIN {TABLES["membership"]} m ON m.organization_id = node.id AND {valid("m")} AND {joined("m")}
   GROUP BY 1, 2, 3
) AS seats JOIN {TABLES["organization"]} o ON o.id = seats.organization_id {FORMER_SEAT}
UNION ALL
SELECT 'pair', pairs.branch, pairs.section, pairs.place, pairs.people, '' FROM (
  SELECT m.organization_id AS branch, s.organization_id AS section, COALESCE(s.place_id, {SEAT}) AS place,
         COUNT(*) AS people
    FROM party
   CROSS JOIN {TABLES["membership"]} m
    JOIN {TABLES["membership"]} s ON s.person_id = m.person_id AND s.side = 'staff' AND {valid("s")}
    JOIN {TABLES["organization"]} o ON o.id = s.organization_id
    {FORMER_SEAT}
   WHERE m.organization_id = party.id AND m.side = 'party' AND {valid("m")} AND {joined("m")}
   GROUP BY 1, 2, 3
) AS pairs
UNION ALL
SELECT 'link', l.source_id, l.target_id, NULL, CASE WHEN l.derived THEN 1 ELSE 0 END, l.kind
  FROM node JOIN {TABLES["link"]} l ON l.target_id = node.id AND {valid("l")}
 WHERE l.kind IN ('covers', 'set_in', 'serves')
UNION ALL
SELECT 'head', t.organization_id, NULL, NULL, t.id,
       CASE WHEN t.appointed = 'designated' THEN person.name || '(指定)' ELSE person.name END
  FROM node
  JOIN {TABLES["post"]} t ON t.organization_id = node.id AND {valid("t")}
  JOIN {TABLES["person"]} person ON person.id = t.person_id
 WHERE t.role IN ('secretary', 'unit_head')
) SELECT fact.what, fact.one, fact.other, place.name, fact.number, fact.word
    FROM fact LEFT JOIN {TABLES["place"]} place ON place.id = fact.place
"""  # noqa: S608


def rows(statement: str, root_id: int, on: date) -> list[tuple[Any, ...]]:
    """The rows of one of the statements above."""
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"root": root_id, "on": day})
        return cursor.fetchall()
