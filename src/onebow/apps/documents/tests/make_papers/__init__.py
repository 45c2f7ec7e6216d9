"""Plain data for every shipped template; all names are made up."""

from typing import Any

from onebow.apps.documents.tests.make_papers.elections import ELECTIONS
from onebow.apps.documents.tests.make_papers.facts import AT, BRANCH, COMMITTEE, SUPERIOR, SVG, members
from onebow.apps.documents.tests.make_papers.founding import FOUNDINGS
from onebow.apps.documents.tests.make_papers.meetings import MEETINGS
from onebow.apps.documents.tests.make_papers.work import WORK
from onebow.apps.documents.tests.make_papers.workbook import workbook

SAMPLES: dict[str, dict[str, Any]] = {"workbook": workbook(), **FOUNDINGS, **WORK, **ELECTIONS, **MEETINGS}

__all__ = ["AT", "BRANCH", "COMMITTEE", "SAMPLES", "SUPERIOR", "SVG", "members"]
