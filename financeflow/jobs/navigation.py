"""What jobs hang into the frame: the list of background work."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from financeflow.web.frame import NavigationItem


def items(request: HttpRequest) -> list[NavigationItem]:
    return [NavigationItem("job_list", _("Background work"), "clock", ("more",), key="g j", order=85)]
