"""Keeping what a row said before it changed, for pages that speak of earlier days."""

from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import FormerFacts, FormerStanding, Organization, Person

# What of an organization changes on a day; all else that the form changes is corrected.
KEPT = ("place_id", "supervisor", "duties")


def keep_facts(organization: Organization, since: date) -> None:
    """Keep where it sat, who supervised it and what it did until a day; called before the row is changed.

    Raises:
        Refused: the day does not lie after its founding and after the last change.
    """
    last = organization.former_facts.order_by("ends_on").last()
    starts_on = last.ends_on if last else organization.starts_on
    if starts_on and since <= starts_on:
        what = "上次变动" if last else "成立"
        raise Refused(f"变动日期({day(since)})必须晚于{what}日期({day(starts_on)});如果只是原来填错了,请不填变动日期。")
    FormerFacts.objects.create(
        organization=organization,
        place_id=organization.place_id,
        supervisor=organization.supervisor,
        duties=organization.duties,
        starts_on=last.ends_on if last else None,
        ends_on=since,
    )


def former_standing(person: Person) -> FormerStanding:
    """What a person is registered as, to be kept: made before the record is changed."""
    names = ("standing", "joined_on", "joined_precision", "full_on", "full_precision")
    return FormerStanding(person=person, **{name: getattr(person, name) for name in names})


def keep_standing(former: FormerStanding, since: date) -> None:
    """Keep it until a day.

    Raises:
        Refused: the day does not lie after the last change.
    """
    last = FormerStanding.objects.filter(person=former.person_id).order_by("ends_on").last()
    if last and last.ends_on and since <= last.ends_on:
        raise Refused(
            f"变动日期({day(since)})必须晚于上次变动的日期({day(last.ends_on)});如果只是原来填错了,请不填变动日期。"
        )
    former.starts_on, former.ends_on = last.ends_on if last else None, since
    former.save()


def day_of_standing(was: str, person: Person, since: date | None) -> date | None:
    """From which day the record's standing holds, which was another: by its own dates, else as told.

    None if that needs no history: from probation to full membership the conversion date tells what was before.
    """
    if was in ("", person.standing):
        return None
    if person.is_member and was not in Person.MEMBERS:
        return person.joined_on or since
    if was == Person.Standing.PROBATIONARY_MEMBER and person.standing == Person.Standing.FULL_MEMBER and person.full_on:
        return None
    return since
