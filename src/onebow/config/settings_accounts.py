"""Sign-in: allauth, lock-out, sessions."""

import os
from datetime import timedelta

from onebow.options import OPTIONS_READ as OPTIONS

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "onebow.apps.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
# Closing the browser ends the sign-in; nobody is remembered.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 30 * 60
# Passwords are counted by axes; codes of the second factor by allauth, for each account.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key"}

MFA_ADAPTER = "onebow.apps.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OneBow"
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10

# How many proxies of ours write X-Forwarded-For; 0: the header is whatever the client likes, and unread.
PROXIES = OPTIONS.proxies
FAILURES_PER_NAME = 5
FAILURES_PER_ADDRESS = 20
AXES_HANDLER = "onebow.apps.accounts.throttle.Throttle"
# In this order the handler knows them: the name's limit, then the address's.
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
# The handler counts the limits that are reached.
AXES_FAILURE_LIMIT = 1
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Trying on while locked does not lengthen the lock: somebody else may be trying.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "onebow.apps.accounts.throttle.locked_answer"
AXES_USERNAME_CALLABLE = "onebow.apps.accounts.throttle.name_of"
AXES_CLIENT_IP_CALLABLE = "onebow.apps.accounts.addresses.client_address"
# The ledger holds who signed in; axes holds failures only, and no form fields.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "login",
    "code",
    "password1",
    "password2",
    "oldpassword",
    "csrfmiddlewaretoken",
]

PASSWORD_HASHERS = ["onebow.apps.accounts.hashing.CappedArgon2Hasher"]
HASH_SLOTS = OPTIONS.hash_slots or os.cpu_count() or 1
HASH_WAIT_SECONDS = 3.0
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "onebow.apps.accounts.passwords.LongEnough"},
    {"NAME": "onebow.apps.accounts.passwords.NotCommon"},
    {"NAME": "onebow.apps.accounts.passwords.NotTheName"},
]

IDLE_MINUTES_ADMINISTRATOR = OPTIONS.idle_administrator_minutes
IDLE_MINUTES = OPTIONS.idle_minutes

ACCOUNT_FORMS = {
    "login": "onebow.apps.accounts.sign_in_forms.SignInForm",
    "change_password": "onebow.apps.accounts.sign_in_forms.PasswordForm",
    "reauthenticate": "onebow.apps.accounts.sign_in_forms.ConfirmPasswordForm",
}
MFA_FORMS = {
    "authenticate": "onebow.apps.accounts.sign_in_forms.SignInCodeForm",
    "reauthenticate": "onebow.apps.accounts.sign_in_forms.ConfirmCodeForm",
    "activate_totp": "onebow.apps.accounts.sign_in_forms.FactorForm",
}
