"""Terms that were: the end of the present one stands on the organization."""

from django.db import models

from onebow.apps.base.classification import Data
from onebow.apps.organizations.models.organizations import Organization


class FormerTerm(models.Model):
    """曾任届期: the planned end of the term that held until a day; no end where none was registered."""

    CLASSIFIED = {Data.INTERNAL: ("organization", "term_ends_on", "until")}

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="former_terms")
    term_ends_on = models.DateField("届满日期", null=True)
    # The first day on which another term held.
    until = models.DateField("至")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "until"], name="former_term_once_a_day")]
