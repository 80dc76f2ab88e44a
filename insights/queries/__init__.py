"""Questions to what was learned."""
