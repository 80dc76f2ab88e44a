"""The tax report: what is marked as mattering for taxes, by tax year, with each transaction and the papers for it."""

from ledger.reporting.tax.building import KIND, build

__all__ = ["KIND", "build"]
