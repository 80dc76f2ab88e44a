"""The ledger's JSON face."""

from ninja import Router

router = Router(tags=["accounts"])
