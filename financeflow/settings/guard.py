"""What production refuses to start with."""

from django.core.exceptions import ImproperlyConfigured


def refuse_unsafe(*, secret_key: str, debug: bool, allowed_hosts: list[str]) -> None:
    if len(secret_key) < 50 or len(set(secret_key)) < 10:
        raise ImproperlyConfigured("SECRET_KEY is missing or weak: set at least 50 random characters.")
    if debug:
        raise ImproperlyConfigured("DEBUG is on: production never starts with it.")
    if not allowed_hosts or any("*" in host or host.startswith(".") for host in allowed_hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name each host, without wildcards.")
