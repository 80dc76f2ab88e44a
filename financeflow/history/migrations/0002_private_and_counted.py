"""Change-sets that one member keeps private; how many rows each touched; indexes for change-sets of many rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COUNT = """
UPDATE history_changeset
SET touched = (SELECT COUNT(*) FROM history_change WHERE history_change.change_set_id = history_changeset.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_initial"),
        ("households", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="changeset",
            name="private_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="private_change_sets",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="changeset",
            name="touched",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="change",
            name="change_set",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="history.changeset",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="household",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="households.household"
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["change_set", "id"], name="change_in_order"),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
