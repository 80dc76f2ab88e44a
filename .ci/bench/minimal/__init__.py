"""A separate, minimal Django site: session, log-in and CSRF and nothing else. What a page costs at the least."""
