"""Support staff: what they may see and do, and the record of what they looked at."""
