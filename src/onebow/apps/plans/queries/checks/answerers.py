"""Who answers for gaps: for those of items whoever answers for the item, else who leads the organization."""

from collections.abc import Sequence
from datetime import date

from onebow.apps.plans.models import Gap, Item
from onebow.apps.plans.queries.answering import answers_of, leaders_of


def item_of(gap: Gap) -> Item | None:
    """The item that it is about, if any."""
    return gap.item or (gap.checkpoint.item if gap.checkpoint else None)


def answerers_of(gaps: Sequence[Gap], on: date) -> dict[int, int | None]:
    """By gap (read with `ANSWERED`), the id of the person who answers for it on a day: three statements."""
    items = {gap.pk: item for gap in gaps if (item := item_of(gap))}
    answers = answers_of({item.pk: item for item in items.values()}.values(), on) if items else {}
    people = {pk: answers[item.pk].person for pk, item in items.items()}
    others = [gap for gap in gaps if gap.pk not in items]
    posts = leaders_of({gap.organization_id: gap.organization for gap in others}.values(), on) if others else {}
    led = {gap.pk: posts[gap.organization_id] for gap in others}
    named = {pk: person.pk if person else None for pk, person in people.items()}
    return named | {pk: post.person_id if post else None for pk, post in led.items()}
