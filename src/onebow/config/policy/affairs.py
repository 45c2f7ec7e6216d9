"""Doors of everyday affairs."""

from onebow.config.policy.passes import Door
from onebow.config.policy.workbook import WORKBOOK

AFFAIRS: tuple[Door, ...] = (*WORKBOOK,)
