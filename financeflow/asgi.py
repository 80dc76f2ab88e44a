"""The door for ASGI servers: every page and the event stream."""

import os

from financeflow.web.bodies import limited_asgi
from financeflow.web.memory import settle
from financeflow.web.one_hop import application as one_hop

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.prod")

application = limited_asgi(one_hop())
settle()
