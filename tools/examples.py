"""Which things of the demonstration the pictures show: for each door the ids that its address wants."""

from collections.abc import Callable, Iterable

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import DuesRelief, Transfer
from onebow.apps.help.queries import chapters
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import Meeting, Resolution
from onebow.apps.methods.models import AppliedPack, NamedList
from onebow.apps.organizations.models import Election, Organization, Person, Place, Restructuring, RosterImport
from onebow.apps.plans.models import (
    Bylaw,
    BylawVersion,
    Change,
    Directive,
    Drive,
    Duty,
    Item,
    ItemKind,
    KeyPoint,
    Occurrence,
    Plan,
    PlanVersion,
    RiskPoint,
)

Ids = Iterable[tuple[object, ...]]
# Answers of these doors are files or parts of a page.
NO_PAGES = (
    "_file", "_xlsx", "_options", "_scan", ":file", ":absence_people", ":owners", "plans:people", ":attachment",
    ":transfer_people", ":transfer_branches", ":transfer_letter",
)  # fmt: skip


def one_each(rows: Iterable[Model], word: str) -> list[tuple[object, ...]]:
    """The first row of every value of `word`."""
    first: dict[object, Model] = {}
    for row in rows:
        first.setdefault(getattr(row, word), row)
    return [(row.pk,) for row in first.values()]


def annual_plans() -> Ids:
    """The fullest plan in force and the fullest that is being written."""
    rows = sorted(Plan.objects.all(), key=lambda plan: -plan.items.count())
    return one_each(sorted(rows, key=lambda plan: plan.number == 0), "number")[:2]


def occurrences() -> Ids:
    """One that is done, one that is over without a word, one to come."""
    today, rows = timezone.localdate(), Occurrence.objects.filter(organization__in=own_organizations())
    bare = rows.filter(proofs=None, excused_on=None, missed_on=None).order_by("due_on", "pk")
    chosen = (rows.exclude(proofs=None), bare.filter(due_on__lt=today), bare.filter(due_on__gte=today))
    return [(row.pk,) for row in (some.first() for some in chosen) if row]


def own_organizations() -> QuerySet[Organization]:
    """The section that most pages are shown of, and its branch."""
    section = Organization.objects.filter(name="就业促进科", ends_on=None)
    branches = Organization.objects.filter(kind="branch", links_out__target__in=section)
    return branches.distinct() | section.distinct()


def organizations() -> Ids:
    """Of the section and its branch."""
    return own_organizations().values_list("pk")[:2]


def notes() -> Ids:
    """A note of work, and the newest entry."""
    noted = Entry.objects.filter(kind="business.noted").order_by("-pk")[:1]
    return [(row.pk,) for row in (*noted, *Entry.objects.order_by("-pk")[:1])]


def changed_items() -> Ids:
    """Items that a draft of a change may alter."""
    for change in Change.objects.filter(state="draft")[:1]:
        for item in change.plan.items.filter(state__in=["planned", "open"])[:1]:
            yield change.plan_id, change.pk, item.pk


def open_stages() -> Ids:
    """An item under way with the stage where it is."""
    return Item.objects.filter(state="open", stage__isnull=False).values_list("pk", "stage_id")[:1]


def packs() -> Ids:
    """A pack in use."""
    return AppliedPack.objects.values_list("key").distinct()[:1]


def months_of_dues() -> Ids:
    """This month of the branch that most pages are shown of, or of any."""
    branches = own_organizations().filter(kind="branch").first() or Organization.objects.filter(kind="branch").first()
    return [(branches.pk, f"{timezone.localdate():%Y-%m}")] if branches else []


# By the longest beginning of a door's name; what is not named shows an organization.
EXAMPLES: dict[str, Callable[[], Ids]] = {
    "": organizations,
    "affairs:transfer": lambda: one_each(Transfer.objects.order_by("-pk"), "state"),
    "affairs:transfer_": lambda: Transfer.objects.filter(state="issued").values_list("pk")[:1],
    "affairs:dues_": lambda: own_organizations().filter(kind="branch").values_list("pk")[:1],
    "affairs:dues_sheet": months_of_dues,
    "affairs:dues_export": months_of_dues,
    "affairs:dues_base": list,
    "affairs:dues_relief": lambda: one_each(DuesRelief.objects.order_by("pk"), "state"),
    "affairs:dues_relief_new": lambda: own_organizations().filter(kind="branch").values_list("pk")[:1],
    "accounts:": lambda: User.objects.filter(username="member").values_list("pk"),
    "help:": lambda: [(slug,) for slug in chapters()],
    "organizations:ledger_": notes,
    "organizations:restructuring": lambda: Restructuring.objects.order_by("-pk").values_list("pk")[:2],
    "organizations:person": lambda: Person.objects.filter(user__username="secretary").values_list("pk"),
    "organizations:place_": lambda: Place.objects.values_list("pk")[:2],
    "organizations:import": lambda: RosterImport.objects.order_by("-pk").values_list("pk")[:2],
    "organizations:election": lambda: Election.objects.order_by("-pk").values_list("pk")[:2],
    "organizations:election_new": organizations,
    "plans:": annual_plans,
    "plans:key_point": lambda: KeyPoint.objects.values_list("plan", "pk")[:1],
    "plans:key_point_new": annual_plans,
    "plans:change": lambda: [(row.plan_id, row.pk) for row in Change.objects.order_by("state", "-pk")[:3]],
    "plans:change_new": annual_plans,
    "plans:change_alteration": changed_items,
    "plans:version": lambda: PlanVersion.objects.order_by("-number").values_list("plan", "number")[:1],
    "plans:versions": annual_plans,
    "plans:difference": lambda: [(row.pk, 1, 2) for row in Plan.objects.filter(number__gte=2)[:1]],
    "plans:item": lambda: one_each(Item.objects.order_by("-kind__is_trip", "pk"), "state"),
    "plans:item_new": annual_plans,
    "plans:item_urgency": open_stages,
    "plans:duty": lambda: Duty.objects.values_list("pk")[:1],
    "plans:duties_year": organizations,
    "plans:occurrence": occurrences,
    "plans:directive": lambda: Directive.objects.order_by("replied_on", "pk").values_list("pk")[:2],
    "plans:drive": lambda: Drive.objects.values_list("pk")[:1],
    "plans:risk": lambda: one_each(RiskPoint.objects.order_by("pk"), "state"),
    "plans:bylaw": lambda: Bylaw.objects.order_by("-versions__number").values_list("pk")[:1],
    "plans:bylaw_compare": lambda: [
        (row.bylaw_id, row.number - 1, row.number) for row in BylawVersion.objects.filter(number__gte=2)[:1]
    ],
    "plans:dual_post": lambda: Person.objects.filter(user__username__in=["secretary", "head"]).values_list("pk"),
    "meetings:": lambda: one_each(Meeting.objects.order_by("-pk"), "state"),
    "meetings:adoption": lambda: Resolution.objects.filter(item=None, passed=True).values_list("meeting", "pk")[:1],
    "methods:": packs,
    "methods:kind": lambda: ItemKind.objects.filter(ends_on=None).values_list("pk")[:1],
    "methods:named_list": lambda: NamedList.objects.values_list("pk")[:1],
}


def examples_of(name: str) -> list[tuple[object, ...]]:
    """Arguments to try for the address of the door `name`."""
    fitting = max((start for start in EXAMPLES if name.startswith(start)), key=len)
    return list(EXAMPLES[fitting]())


def asked_pages() -> list[str]:
    """Addresses that mean something with a question alone."""
    branch = own_organizations().filter(kind="branch").first()
    if branch is None:
        return []
    duties, new = reverse("plans:duties"), f"{reverse('meetings:new')}?organization={branch.pk}"
    kinds = Meeting.objects.filter(organization=branch).values_list("kind", flat=True).distinct()[:1]
    written = [f"{reverse(f'meetings:{door}')}?organization={branch.pk}&kind={kinds[0]}" for door in ("plan", "note")]
    return [*(f"{duties}?view={view}" for view in ("duties", "list", "terms")), new, *(written if kinds else [])]
