"""What stands behind the doors of registers: directives, drives, bylaws, and people's two duties."""

from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON
from onebow.apps.plans.models import PackDocument
from onebow.apps.plans.services.bylaws import VersionDraft, adopt_version, make_bylaw
from onebow.apps.plans.services.directives import register_directive
from onebow.apps.plans.tests.make_registers import START, draft_of, make_drive
from tests.targets import Target


def register_targets(near: Target, far: Target, abroad: Target, people: list[Target]) -> dict[str, list[Target]]:
    """Registers of two organizations of the bureau (the targets of their own pages) and of a neighbour's."""
    places = (near, far, abroad)
    return {
        "directives": [replace(one, ids=_directive(_at(one))) for one in places],
        "drives": [replace(one, ids={"pk": make_drive(_at(one)).pk}) for one in places],
        "bylaws": [replace(one, ids=_bylaw(_at(one))) for one in places],
        "posts": [replace(one, ids={"pk": one.ids["pk"], "kind": "pdf"}) for one in people],
    }


def _at(target: Target) -> Organization:
    return Organization.objects.get(pk=target.ids["pk"])


def _directive(organization: Organization) -> dict[str, int | str]:
    """One with its file, and a paper that a pack brought."""
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    row = register_directive(draft_of(organization), upload=upload, by=None, at=NOON)
    facts = {"key": "answer", "name": "反馈单", "of": "directive", "text": "{{ subject }}"}
    paper = PackDocument.objects.create(scope=organization, **facts)
    return {"pk": row.pk, "kind": "pdf", "document_id": paper.pk}


def _bylaw(organization: Organization) -> dict[str, int | str]:
    """One of two versions, of which the second is a file as well."""
    bylaw = make_bylaw(organization.pk, "首问负责制", "", VersionDraft(START, "第一条"), by=None, at=NOON)
    draft, upload = VersionDraft(date(2026, 1, 1), "第二条"), SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    adopt_version(bylaw.pk, draft, upload=upload, by=None, at=NOON)
    return {"pk": bylaw.pk, "number": 2, "former": 1, "later": 2, "kind": "pdf"}
