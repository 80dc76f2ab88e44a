"""The door for ASGI servers: every page and the event stream."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.prod")

application = get_asgi_application()
