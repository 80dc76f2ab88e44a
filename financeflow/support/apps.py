"""Starts listening to failed log-ins."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "financeflow.support"

    def ready(self) -> None:
        from financeflow.support import receivers  # noqa: F401, PLC0415 - signals are connected once apps are ready
