"""The JSON face of insights."""

from insights.api.learning import learning

__all__ = ["learning"]
