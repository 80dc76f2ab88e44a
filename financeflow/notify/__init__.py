"""Telling people: one row for whatever a member is told, shown on a page of theirs and mailed to who wants it."""
