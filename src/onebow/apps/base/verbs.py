"""Commands of several verbs: `onebow ledger verify`, `onebow method check FILE`."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand

from onebow.apps.base.refusals import Refused


class VerbCommand(BaseCommand):
    """Each verb of the parser is a method `_verb`; a refusal is told and ends with exit status 2."""

    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the verb says."""
        try:
            getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            for line in self.told(refused, options):
                self.stderr.write(line)
            sys.exit(2)

    def told(self, refused: Refused, options: dict[str, Any]) -> Sequence[str]:
        """What is said of a refusal."""
        return [str(refused)]
