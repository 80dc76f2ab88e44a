"""Starts listening to what history announces."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from insights import receivers  # noqa: F401, PLC0415 - signals are connected once apps are ready
