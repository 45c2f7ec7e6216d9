"""Long work of the background worker. A task may be delivered twice; the second time finds nothing to do."""

from django.utils import timezone

from onebow.apps.base.logs import discreet
from onebow.apps.organizations.services import imports, ledger_proof, paths
from onebow.apps.organizations.services.restructuring import enact, lists, proposals


@discreet
def check_import(import_id: int) -> None:
    """Check a roster that was handed in."""
    imports.check_roster(import_id, at=timezone.now())


@discreet
def apply_import(import_id: int, by_id: int) -> None:
    """Apply a roster that was confirmed."""
    imports.apply_roster(import_id, by_id=by_id, at=timezone.now())


@discreet
def roll_paths() -> int:
    """Let the placements that begin today take effect. Run at midnight, and when the worker starts."""
    return paths.roll_paths(timezone.localdate())


@discreet
def check_ledger(by_id: int) -> int:
    """Verify the ledger, as somebody asked on the page. Returns how many faults there are."""
    return ledger_proof.check_with_progress(by_id, at=timezone.now())


@discreet
def check_ledger_daily() -> int:
    """Verify the ledger every day; the front page, the doctor and the page of proof tell of what it found."""
    return ledger_proof.check_with_progress(None, at=timezone.now())


@discreet
def compute_proposal(plan_id: int, run_id: int) -> None:
    """Compute the best structure of a plan's unit."""
    proposals.compute(plan_id, run_id, now=timezone.now)


@discreet
def enact_due() -> int:
    """Enact the plans whose day has come. Run at midnight, and when the worker starts."""
    return enact.enact_due(timezone.localdate(), at=timezone.now())


@discreet
def make_lists(batch_id: int) -> None:
    """Make the member lists of all branches of a plan."""
    lists.make_lists(batch_id, at=timezone.now(), now=timezone.now)


@discreet
def forget_lists() -> int:
    """Drop member lists that were made some days ago. Returns how many batches."""
    return lists.forget_lists(at=timezone.now())
