"""What stands behind the doors of talks and work manuals: a branch, a section that is none, batches of two people."""

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import WorkbookBatch
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.config.policy import Near
from tests.targets import Target

LED = {"officer": Near.SUBTREE, "secretary": Near.SUBTREE}


def workbook_targets(
    branch: Organization, abroad: Organization, officer: User, secretary: User
) -> dict[str, list[Target]]:
    """By the first word of their addresses."""
    told = {"year": TODAY.year, "kind": "docx"}
    batches = [
        Target("officer's", {"pk": _batch(officer)}, {"officer": Near.SELF}),
        Target("secretary's", {"pk": _batch(secretary)}, {"secretary": Near.SELF}),
        Target("others", {"pk": _batch(User.objects.create(username="other-officer", made_at=NOON))}),
    ]
    return {
        "talks": [Target("branch", {"pk": branch.pk}, LED), Target("abroad", {"pk": abroad.pk})],
        "workbooks": [
            Target("branch", {"pk": branch.pk, **told}, LED), Target("abroad", {"pk": abroad.pk, **told}), *batches,
        ],
    }  # fmt: skip


def _batch(by: User) -> int:
    # Far from the numbers of organizations.
    known = WorkbookBatch.objects.count()
    return WorkbookBatch.objects.create(
        pk=900_001 + known, year=TODAY.year, as_of=TODAY, reason="年度存档", made_by=by, made_at=NOON
    ).pk
