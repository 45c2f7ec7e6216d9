"""What the codes in entries of plans mean."""

from collections.abc import Mapping

from onebow.apps.base.prepared import Prepared
from onebow.apps.ledger.words import say
from onebow.apps.plans.models import Away, Directive, Drive, Item, ItemKind, Tie
from onebow.apps.plans.models.checks import CheckRun, Sort
from onebow.apps.plans.models.items import SiteVisit
from onebow.apps.plans.models.load import LoadCeiling
from onebow.apps.plans.models.requirements import Category

PLAN = {"key_point_added": "新增工作要点", "key_point": "修改工作要点", "key_point_removed": "删除工作要点"}
CHANGE = {
    "drafted": "新增事项", "edited": "修改草稿", "altered": "调整事项", "cancelled": "取消事项",
    "dropped": "删除一处改动",
}  # fmt: skip
COLUMNS = {
    name: str(field.verbose_name)
    for field in Item._meta.concrete_fields
    for name in (field.name, field.attname)
} | {"people": "参与人员"}  # fmt: skip
_kinds = Prepared(lambda: ItemKind.objects.order_by("pk").values_list("key", "name"))


def say_words() -> None:
    """Of every field that holds a code."""
    say(("check.made", "check.refreshed"), "kind", dict(CheckRun.Kind.choices))
    say(("gap.answered", "gap.returned", "gap.closed", "gap.voided"), "sort", dict(Sort.choices))
    say(("checkpoint.done", "checkpoint.made_up"), "category", dict(Category.choices))
    say(("ceiling.set", "ceiling.ended"), "measure", dict(LoadCeiling.Measure.choices))
    say(("ceiling.set",), "strength", dict(LoadCeiling.Strength.choices))
    say(("directive.registered",), "kind", dict(Directive.Kind.choices))
    say(("drive.opened",), "kind", dict(Drive.Kind.choices))
    say(("site.heard",), "method", dict(SiteVisit.Method.choices))
    say(("site.heard",), "heard", dict(SiteVisit.Heard.choices))
    say(("away.recorded", "away.cancelled"), "kind", dict(Away.Kind.choices))
    say(("item.tied", "item.untied"), "kind", dict(Tie.Kind.choices))
    say(("plan.changed",), "what", PLAN)
    say(("plan.change_edited",), "what", CHANGE)
    say(("item.added", "item.done", "party_item.done"), "kind", _names_of_kinds)
    say(("item.changed",), "fields", COLUMNS)


def _names_of_kinds() -> Mapping[str, str]:
    """By key, the latest name: a key is one kind through all its versions."""
    return dict(_kinds.rows())
