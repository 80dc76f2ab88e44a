"""The kinds of work that tests register, by name; apart from them, for settings read this before any table is there."""

KINDS = {
    name: f"financeflow.jobs.tests.kinds.{name}"
    for name in ["count", "fail", "refuse", "lose_database", "asked_to_stop", "taken_over", "end_of_process", "slow"]
}
