"""Tables of what was learned."""

from insights.models.learning import Lesson, Outcome, School

__all__ = ["Lesson", "Outcome", "School"]
