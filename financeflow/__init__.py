"""The ground of FinanceFlow: money, households, history, events, jobs, web and api. It imports no app."""

from financeflow.celery import app as celery_app

VERSION = "0.1.0"

__all__ = ["VERSION", "celery_app"]
