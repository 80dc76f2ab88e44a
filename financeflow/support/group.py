"""The group of support staff, and just what it needs."""

from __future__ import annotations

from typing import Any

NAME = "support"
MAY = {
    ("households", "user"): ["view_user"],
    ("households", "household"): ["view_household"],
    ("households", "membership"): ["view_membership"],
    ("households", "invitation"): ["view_invitation"],
    ("jobs", "job"): ["view_job"],
    ("events", "event"): ["view_event"],
    ("support", "sandbox"): ["view_sandbox"],
    ("support", "signinproblem"): ["view_signinproblem"],
    ("support", "supportlook"): ["assist_people", "run_jobs"],
}


def make_support_group(apps: Any, schema_editor: Any = None) -> None:
    """Make the group, and give it its permissions; used by a migration, so tables are asked for by name.

    The permissions are made here too: Django makes them only after the last migration.
    """
    kinds = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=NAME)
    for (app, model), codenames in MAY.items():
        kind, _made = kinds.get_or_create(app_label=app, model=model)
        for codename in codenames:
            name = f"Can {codename.replace('_', ' ')}"
            permission, _made = permissions.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
            group.permissions.add(permission)
