"""Make the tables and a session of the minimal site; print its cookie."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minimal.settings")

import django

django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

call_command("migrate", verbosity=0)
user, _created = User.objects.get_or_create(username="bench")
client = Client()
client.force_login(user)
print(client.cookies["sessionid"].value)
