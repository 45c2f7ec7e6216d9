"""The scenarios of the demonstration: the bureau reformed, its year told, and `onebow demo check`."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import Organization, Restructuring
from onebow.demo.reform.reporting import report

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LINES = Counter(
    {
        "E1": 4,
        "E2": 2,
        "E3": 2,
        "E4": 3,
        "E5": 2,
        "E6": 3,
        "E7": 1,
        "E9": 1,
        "E10": 1,
        "E11": 1,
        "E12": 4,
        "E13": 2,
        "E16": 1,
        "E17": 3,
    }
)


@laid_down
def make_bureau() -> None:
    """The demonstration's bureau, which takes many seconds to build."""
    call_command("demo", stdout=StringIO())


def scenarios(text: str, word: str) -> Counter[str]:
    return Counter(line.split()[1] for line in text.splitlines() if line.startswith(word))


def test_a_rehearsal_shows_every_line_and_leaves_nothing():
    make_bureau()
    entries, out = Entry.objects.count(), StringIO()
    call_command("demo", "check", stdout=out)
    assert scenarios(out.getvalue(), "符合") == LINES
    assert scenarios(out.getvalue(), "不符") == Counter()
    assert "6 个变为 40 个" in out.getvalue()
    assert Entry.objects.count() == entries
    assert not Restructuring.objects.exists()


def test_what_a_hand_has_changed_since_is_found():
    make_bureau()
    told: list[str] = []
    assert report(told.append, keep=True, at=timezone.now())
    branch = Organization.objects.filter(kind="branch", ends_on=None).order_by("-pk").first()
    assert branch is not None
    branch.links_out.filter(kind="covers").update(ends_on=timezone.localdate())
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("demo", "check", stdout=out)
    assert scenarios(out.getvalue(), "不符")["E4"] >= 1
    assert scenarios(out.getvalue(), "符合")["E5"] == 2


def test_without_a_demonstration_there_is_nothing_to_check():
    with pytest.raises(CommandError, match="演示数据"):
        call_command("demo", "check", stdout=StringIO())
