"""Who people are to the application: how they log in, how long they stay, what they may ask for."""

from django.contrib.messages import constants as message_levels

from financeflow.settings import env

AUTH_USER_MODEL = "households.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# E-mail is unique without regard to case, by a constraint on Lower(email).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "landing"

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "financeflow.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {message_levels.DEBUG: "plain", message_levels.ERROR: "bad", message_levels.WARNING: "warn"}
INACTIVITY_MINUTES = env.number("INACTIVITY_MINUTES", 30)

SANDBOX_HOURS = 24
SANDBOX_MONTHS = 18
SANDBOXES_PER_HOUR = env.number("SANDBOXES_PER_HOUR", 10)
TRASH_DAYS = 30
DELETION_GRACE_DAYS = 7
INVITATION_DAYS = 7
INVITATIONS_PER_DAY = env.number("INVITATIONS_PER_DAY", 50)
EXPORT_DAYS = 7

# How many of our own proxies stand in front of us: what they saw is believed, what is claimed beyond them is not.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- Sign-in -----------------------------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "financeflow.households.adapters.AccountAdapter"
MFA_ADAPTER = "financeflow.households.adapters.SecondStepAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "financeflow.households.signin.forms.LogInForm",
    "signup": "financeflow.households.signin.forms.SignUpForm",
    "add_email": "financeflow.households.signin.forms.EmailChangeForm",
    "change_email": "financeflow.households.signin.forms.EmailCorrectForm",
    "confirm_email_verification_code": "financeflow.households.signin.forms.EmailCodeForm",
    "change_password": "financeflow.households.signin.forms.PasswordChangeForm",
    "reset_password": "financeflow.households.signin.forms.PasswordForgottenForm",
    "reset_password_from_key": "financeflow.households.signin.forms.PasswordResetForm",
    "reauthenticate": "financeflow.households.signin.forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "financeflow.households.signin.forms.SecondStepForm",
    "reauthenticate": "financeflow.households.signin.forms.SecondStepAgainForm",
    "activate_totp": "financeflow.households.signin.forms.AuthenticatorForm",
    "add_webauthn": "financeflow.households.signin.forms.PasskeyForm",
    "edit_webauthn": "financeflow.households.signin.forms.PasskeyNameForm",
    "authenticate_webauthn": "financeflow.households.signin.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "financeflow.households.signin.forms.PasskeyAgainForm",
    "login_webauthn": "financeflow.households.signin.forms.PasskeyLogInForm",
}
# "mandatory": nobody gets in before the code from the mail is typed in; "optional": the code is sent, and one gets in
# without it (for a place without mail); "none": no code is sent. Our own step of the log-in sees to it.
EMAIL_VERIFICATION = env.text("EMAIL_VERIFICATION", "optional")
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_RATE_LIMITS = {"confirm_email": "3/m/key"}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
SIGNUP_OPEN = env.flag("SIGNUP_OPEN", True)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = EMAIL_VERIFICATION in {"optional", "none"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "FinanceFlow"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
