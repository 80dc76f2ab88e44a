"""Shapes of what the JSON face takes and tells."""
