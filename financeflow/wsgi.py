"""The door for WSGI servers: every page, but not the event stream."""

import os

from django.core.wsgi import get_wsgi_application

from financeflow.web.bodies import limited_wsgi
from financeflow.web.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.prod")

application = limited_wsgi(get_wsgi_application())
settle()
