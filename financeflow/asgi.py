"""The door for ASGI servers: every page and the event stream."""

import os

from django.core.asgi import get_asgi_application

from financeflow.web.bodies import limited_asgi
from financeflow.web.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.prod")

application = limited_asgi(get_asgi_application())
settle()
