from django.db import migrations

from financeflow.support.group import make_support_group


class Migration(migrations.Migration):

    dependencies = [
        ("support", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_support_group, migrations.RunPython.noop)]
