"""What production refuses to start with."""

import os

from django.core.exceptions import ImproperlyConfigured


def refuse_unsafe(*, secret_keys: list[str], debug: bool, allowed_hosts: list[str]) -> None:
    if any(len(key) < 50 or len(set(key)) < 10 for key in secret_keys):
        raise ImproperlyConfigured("SECRET_KEY is missing or weak: set at least 50 random characters.")
    if debug:
        raise ImproperlyConfigured("DEBUG is on: production never starts with it.")
    if not allowed_hosts or any("*" in host or host.startswith(".") for host in allowed_hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name each host, without wildcards.")


def refuse_unnamed(*names: str) -> None:
    """Several processes serve production: they meet in a database and a Redis that somebody has chosen."""
    for name in names:
        if not os.environ.get(name):
            raise ImproperlyConfigured(f"{name} is not set: production runs on a database and a Redis that you name.")
