"""Every write to what was learned."""
