"""The import desk: verdicts, decisions, what is brought in and taken back, and its pages."""
