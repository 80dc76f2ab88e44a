"""Announcements: what changed in a household, for open pages and for the cache."""
