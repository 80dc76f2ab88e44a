# Reports that members keep, and what finds the biggest transactions of a month

import django.core.validators
import django.db.models.deletion
import financeflow.web.plain_text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0002_dashboard"),
        ("ledger", "0009_tax_relevant"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "name",
                    models.CharField(
                        max_length=80, validators=[financeflow.web.plain_text.validate_plain_text], verbose_name="name"
                    ),
                ),
                ("report", models.SlugField(db_index=False, max_length=40, verbose_name="report")),
                (
                    "query",
                    models.CharField(
                        blank=True,
                        max_length=2000,
                        validators=[django.core.validators.MaxLengthValidator(2000)],
                        verbose_name="address",
                    ),
                ),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared with the household")),
                ("position", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "saved report",
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "saved_reports",
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveIndex(
            model_name="transaction",
            name="transaction_latest",
        ),
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(
                condition=models.Q(("trashed_at", None)),
                fields=["household", "-date", "-id", "base_amount", "transfer"],
                name="transaction_latest",
            ),
        ),
        migrations.AddField(
            model_name="savedreport",
            name="household",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="households.household"),
        ),
        migrations.AddField(
            model_name="savedreport",
            name="member",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="savedreport",
            constraint=models.UniqueConstraint(fields=("household", "member", "name"), name="saved_report_once"),
        ),
    ]
