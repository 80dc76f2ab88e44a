"""Reading the mail that is kept instead of sent."""

from __future__ import annotations

from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from financeflow.tenancy.guards import passer_by
from financeflow.web import mail


@passer_by()
def mail_list(request: HttpRequest) -> HttpResponse:
    if not mail.is_open_to(request.user):
        raise Http404
    return render(request, "dev/mail_list.html", {"mails": mail.kept_mails()})


@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
@passer_by()
def mail_show(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "dev/mail_show.html", {"mail": _kept(request, name)})


# The mail's own look is in its head, as mail programs want it; it runs nothing and may only open links.
@csp_replace(  # type: ignore[arg-type]
    {
        "style-src": ["'unsafe-inline'"],
        "script-src": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
    }
)
@xframe_options_sameorigin
@passer_by()
def mail_body(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(_kept(request, name).html)


def _kept(request: HttpRequest, name: str) -> mail.KeptMail:
    found = mail.kept_mail(name) if mail.is_open_to(request.user) else None
    if found is None:
        raise Http404
    return found
