"""The wires: linked banks, kept in step with the books."""
