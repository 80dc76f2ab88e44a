"""Tables of what was learned."""

from insights.models.forgetting import Forgotten
from insights.models.learning import Lesson, Outcome, School

__all__ = ["Forgotten", "Lesson", "Outcome", "School"]
