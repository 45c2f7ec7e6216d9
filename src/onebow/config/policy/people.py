"""Doors of sign-in, accounts, the desk, and what stands below all apps."""

from onebow.config.policy.passes import ANY_ROLE, ANYONE, PEOPLE, SECURITY, SIGNED_IN, SYSTEM, Door, url

BASE: tuple[Door, ...] = (url("base:style", "GET", ANYONE),)


ACCOUNTS: tuple[Door, ...] = (
    url("account_login", "GET POST", ANYONE),
    url("mfa_authenticate", "GET POST", ANYONE),
    url("accounts:activate", "GET POST", ANYONE),
    url("account_logout", "GET POST", SIGNED_IN),
    url("account_change_password", "GET POST", SIGNED_IN),
    url("account_reauthenticate", "GET POST", SIGNED_IN),
    url("mfa_reauthenticate", "GET POST", SIGNED_IN),
    url("mfa_index", "GET", SIGNED_IN),
    url("mfa_activate_totp", "GET POST", SIGNED_IN),
    url("mfa_deactivate_totp", "GET POST", SIGNED_IN),
    url("mfa_view_recovery_codes", "GET", SIGNED_IN),
    url("mfa_generate_recovery_codes", "GET POST", SIGNED_IN),
    url("accounts:account", "GET", SIGNED_IN),
    url("accounts:index", "GET", SYSTEM),
    url("accounts:new", "GET POST", SYSTEM),
    url("accounts:slip", "GET POST", SYSTEM),
    url("accounts:closure", "POST", SYSTEM),
    url("accounts:opening", "POST", SYSTEM),
    url("accounts:locks", "GET", SECURITY),
    url("accounts:unlock", "POST", SECURITY),
)


DESK: tuple[Door, ...] = (
    url("desk:home", "GET", SIGNED_IN),
    url("desk:search", "GET POST", PEOPLE),
    url("desk:todo", "GET", PEOPLE),
    # Of oneself alone: nothing in these addresses is another one's.
    url("desk:notices", "GET POST", ANY_ROLE),
    url("desk:notices_silence", "POST", ANY_ROLE),
    url("desk:notices_sent", "GET", ANY_ROLE),
    url("desk:channel", "GET POST", ANY_ROLE),
    url("desk:channel_removal", "POST", ANY_ROLE),
    url("desk:channel_test", "POST", ANY_ROLE),
    url("desk:burden", "GET", PEOPLE),
    url("desk:burden_forms", "GET", PEOPLE),
)

# All that an administrator may open before the second factor is set up.
BEFORE_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "account_change_password",
    }
)
