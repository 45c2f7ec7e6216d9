"""Items in motion: each of these locks the item first, so that two who press at once follow one another."""

from onebow.apps.plans.services.items.beginning import begin_item
from onebow.apps.plans.services.items.checkpoints import acknowledge_checkpoints, do_checkpoints, make_up_checkpoint
from onebow.apps.plans.services.items.ending import close_item, reopen_item
from onebow.apps.plans.services.items.following import follow_item
from onebow.apps.plans.services.items.stages import pass_stage, pass_urgently
from onebow.apps.plans.services.items.telling import VisitDraft, hear_on_site, note_progress
from onebow.apps.plans.services.items.trips import TripDraft, set_trip

__all__ = [
    "TripDraft",
    "VisitDraft",
    "acknowledge_checkpoints",
    "begin_item",
    "close_item",
    "do_checkpoints",
    "follow_item",
    "hear_on_site",
    "make_up_checkpoint",
    "note_progress",
    "pass_stage",
    "pass_urgently",
    "reopen_item",
    "set_trip",
]
