"""The door for WSGI servers: every page, but not the event stream."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.prod")

application = get_wsgi_application()
