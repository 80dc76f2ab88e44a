"""Settings for servers: everything from the environment, and nothing starts that is not safe."""

from financeflow.settings import env
from financeflow.settings.base import *
from financeflow.settings.guard import refuse_unnamed, refuse_unsafe
from financeflow.web.logs import configuration

SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = env.flag("DEBUG", False)
SITE_URL = env.text("SITE_URL", f"https://{next(iter(ALLOWED_HOSTS), 'localhost')}")
LOGGING = configuration(as_json=env.text("LOG_FORMAT", "json") == "json", level=env.text("LOG_LEVEL", "INFO"))
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_VERIFICATION = env.text("EMAIL_VERIFICATION", "mandatory")
MFA_ALLOW_UNVERIFIED_EMAIL = EMAIL_VERIFICATION in {"optional", "none"}

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = env.flag("SECURE_COOKIES", True)
CSRF_COOKIE_SECURE = env.flag("SECURE_COOKIES", True)

refuse_unsafe(secret_keys=[SECRET_KEY, *SECRET_KEY_FALLBACKS], debug=DEBUG, allowed_hosts=ALLOWED_HOSTS)
refuse_unnamed("DATABASE_URL", "REDIS_URL")
