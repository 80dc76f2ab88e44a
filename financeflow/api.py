"""The JSON face: every app's router, under one document."""

from django.conf import settings
from ninja import NinjaAPI

api = NinjaAPI(title="FinanceFlow", version="1", urls_namespace="api", docs_url="/docs")
for prefix, router in settings.API_ROUTERS.items():
    api.add_router(prefix, router)
