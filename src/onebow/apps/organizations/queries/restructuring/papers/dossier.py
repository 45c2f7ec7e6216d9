"""What all papers of a plan rest on, read once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.models import Organization, PlannedOrganization, Restructuring, RestructuringLine
from onebow.apps.organizations.queries.restructuring.cells import Named, organizations_on
from onebow.apps.organizations.queries.restructuring.comparison import comparison_of
from onebow.apps.organizations.queries.restructuring.facts import side_on
from onebow.apps.organizations.queries.restructuring.lines import ENDING, left_out
from onebow.apps.organizations.queries.restructuring.structures import Branch, Comparison
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces, workplaces_of
from onebow.apps.organizations.queries.subtrees import children_on, with_names_on
from onebow.cores.regulations.table import REGULATION, Rule, rules_on

K = Organization.Kind
WIDE = str.maketrans("(),;:", "（），；：")
# Not those inside numbers and times.
MARKS = re.compile(r"[()]|(?<!\d)[,;:]|[,;:](?!\d)")


@dataclass(frozen=True)
class Reason:
    """A recorded reason why a planned organization stands out against a rule."""

    planned_id: int
    name: str
    rule: str
    words: str


@dataclass(frozen=True)
class Dossier:
    """A plan with its comparison, and the names of the day of its facts: the same before and after enactment."""

    plan: Restructuring
    comparison: Comparison
    rows: tuple[PlannedOrganization, ...]
    reasons: tuple[Reason, ...]
    places: Workplaces
    # What the plan continues, the unit and the committee, by id.
    named: dict[int, Named]
    unit: str
    committee: str
    # Who asks: the leading group of the unit, else the unit.
    issuer: str
    today: date

    @property
    def on(self) -> date:
        """The day whose rules and members hold."""
        return self.plan.effective_on

    @property
    def branches(self) -> list[Branch]:
        """The planned branches in their order, with their members."""
        return [branch for branch in self.comparison.after.branches if branch.is_branch]

    @property
    def generals(self) -> list[PlannedOrganization]:
        """The planned general branches."""
        return [row for row in self.rows if row.is_general]

    def below(self, general: PlannedOrganization) -> list[Branch]:
        """The planned branches under a general branch."""
        return [branch for branch in self.branches if branch.above_id == general.pk]

    def reason_of(self, planned_id: int, rule: str) -> str:
        """The recorded reason; empty if there is none."""
        return next((one.words for one in self.reasons if (one.planned_id, one.rule) == (planned_id, rule)), "")

    @property
    def general_least(self) -> int | None:
        """How many members a general branch has at least by the rule of the day; None: no rule is in force."""
        rule = rules_on(self.on).get("ORG-LEVEL")
        return rule.number("general_branch") if rule else None


def dossier_of(plan: Restructuring, today: date) -> Dossier:
    """Everything that the papers of a plan say; the number of statements does not grow with the plan."""
    on = min(plan.before_on, today)
    rows = list(plan.planned.select_related("unit", "leader", "above").order_by("rank", "pk"))
    continued = {row.continues_id for row in rows if row.continues_id}
    named = organizations_on({plan.root_id, plan.committee_id, *continued}, on)
    group = children_on(plan.root, on).filter(kind=K.LEADING_GROUP).first()
    unit = named[plan.root_id].name
    return Dossier(
        plan=plan,
        comparison=comparison_of(plan),
        rows=tuple(rows),
        reasons=tuple(_reasons(plan)),
        places=workplaces_of(plan.root, on, today, plan.choices),
        named=named,
        unit=unit,
        committee=named[plan.committee_id].name,
        issuer=with_names_on([group], on, today)[0].name if group else unit,
        today=today,
    )


def _reasons(plan: Restructuring) -> Iterator[Reason]:
    rows = plan.planned.filter(plan_reasons__isnull=False).order_by("rank", "pk", "plan_reasons__rule")
    for pk, name, rule, words in rows.values_list("pk", "name", "plan_reasons__rule", "plan_reasons__reason"):
        yield Reason(pk, name, rule, sentence(words))


def dissolved_by(dossier: Dossier) -> list[str]:
    """What the plan dissolves, by name: as it was kept once enacted, else as it stands today."""
    plan = dossier.plan
    if plan.state == Restructuring.State.ENACTED:
        # Groups go with their branch and are not named.
        lines = plan.lines.filter(kind=RestructuringLine.Kind.DISSOLVE, organization__kind__in=ENDING).order_by("order")
        return list(lines.values_list("organization__name", flat=True))
    side = side_on(dossier.places, plan.committee, dossier.today)
    return [one.name for one in left_out(side, {row.continues_id for row in dossier.rows}, plan.committee_id)]


def cited(ids: Iterable[str], on: date) -> list[str]:
    """Rules in force on a day as papers cite them: one citation for each source, with all its articles."""
    articles: dict[str, list[str]] = {}
    for rule in _in_force(ids, on):
        told = articles.setdefault(rule.source, [])
        told += [one for one in rule.article.split("、") if one not in told]
    return [f"《{typeset(source)}》{'、'.join(told)}" for source, told in articles.items()]


def uncompared(ids: Iterable[str], on: date) -> list[str]:
    """Of these rules the citations that were not compared with the text of the regulation."""
    return [typeset(rule.citation) for rule in _in_force(ids, on) if not rule.verified]


def _in_force(ids: Iterable[str], on: date) -> list[Rule]:
    known = rules_on(on)
    return [known[one] for one in ids if one in known and known[one].basis == REGULATION]


def typeset(text: str) -> str:
    """Brackets and signs as papers print them.

    >>> typeset("支部工作条例(试行)")
    '支部工作条例（试行）'
    """
    return MARKS.sub(lambda found: found[0].translate(WIDE), text)


def sentence(text: str) -> str:
    """A text in one line with one full stop.

    >>> sentence("人少,分散。")
    '人少，分散。'
    """
    return f"{clause(text)}。" if clause(text) else ""


def clause(text: str) -> str:
    """A text in one line, without a stop at its end."""
    return typeset("；".join(line.strip().rstrip("。.;；,，") for line in text.splitlines() if line.strip()))


def told(asked: Mapping[str, object], key: str) -> str:
    """What was typed for a question; empty if nothing."""
    return str(asked.get(key) or "")
