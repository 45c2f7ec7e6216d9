"""Writes on accounts; each is one transaction with its ledger event."""

from onebow.apps.accounts.services.accounts import (
    NewAccount,
    Slip,
    activate_account,
    bump_rights,
    create_account,
    create_accounts,
    disable_account,
    enable_account,
    forget_account,
    issue_slip,
    made_accounts,
    remove_factors,
    unlock_account,
)

__all__ = [
    "NewAccount",
    "Slip",
    "activate_account",
    "bump_rights",
    "create_account",
    "create_accounts",
    "disable_account",
    "enable_account",
    "forget_account",
    "issue_slip",
    "made_accounts",
    "remove_factors",
    "unlock_account",
]
