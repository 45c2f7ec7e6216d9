"""Templates of papers as a pack says them: put in place once, replaced when they say something else."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from onebow.apps.documents.official.faults import BadTemplate
from onebow.apps.documents.official.trying import problems_of_body
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import PackDocument
from onebow.apps.plans.queries.documents import template_for
from onebow.apps.plans.services.kinds import PackMark, end_packed, mark_packed


@dataclass(frozen=True)
class DocumentDraft:
    """A template: `of` and `layout` are words of `PackDocument`, `kinds` keys of kinds of meetings or items."""

    key: str
    name: str
    of: str
    text: str
    layout: str = PackDocument.Layout.PLAIN
    kinds: tuple[str, ...] = ()


def put_document(scope: Organization, draft: DocumentDraft, mark: PackMark, *, on: date) -> str:
    """Put a template in place from a day on: `same`, `added`, or `changed` (the former row ends). In a transaction.

    Raises:
        BadTemplate: its text does not pass the check of papers.
    """
    if problems := problems_of_body(template_for(draft.of, draft.name, draft.layout, draft.text)):
        raise BadTemplate(draft.name, problems)
    former = PackDocument.objects.filter(scope=scope, key=draft.key, ends_on=None).first()
    if former is not None and said_by(former) == draft:
        mark_packed(former, mark)
        return "same"
    if former is not None:
        end_packed(former, on)
    facts = asdict(draft) | {"kinds": list(draft.kinds), "pack": mark.key, "pack_version": mark.version}
    PackDocument.objects.create(scope=scope, starts_on=on, **facts)
    return "changed" if former else "added"


def said_by(row: PackDocument) -> DocumentDraft:
    """What a template says, as it stands."""
    said = DocumentDraft(**{name: getattr(row, name) for name in DocumentDraft.__dataclass_fields__})
    return replace(said, kinds=tuple(row.kinds))
