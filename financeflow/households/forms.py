"""HTML in, clean values out: people, households, members and the ways out."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from financeflow.households.choices import LOCALES
from financeflow.households.models import Household, Membership, User
from financeflow.households.pictures import square_picture
from financeflow.money.currencies import CURRENCIES
from financeflow.tenancy.clock import TIME_ZONES
from financeflow.web.plain_text import validate_plain_text
from financeflow.web.widgets import Arrangement

ROLES = [
    (Membership.Role.VIEWER, _("Viewer: sees everything, changes nothing")),
    (Membership.Role.EDITOR, _("Editor: adds and changes money")),
    (Membership.Role.OWNER, _("Owner: also decides on members, settings and the end of the household")),
]


def plain_name(text: str) -> str:
    """A name as people write it: on one line, and all of it to be seen."""
    name = " ".join(text.split())
    validate_plain_text(name)
    return name


class KeepForm(forms.Form):
    """What turns a guest into a person with an account."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "aria-describedby": "password-rules"}),
    )

    @property
    def password_rules(self) -> list[str]:
        return [str(rule) for rule in password_validation.password_validators_help_texts()]

    def clean_name(self) -> str:
        return plain_name(self.cleaned_data["name"])

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        taken = User.objects.filter(email__iexact=email).exists() or EmailAddress.objects.filter(
            email__iexact=email, verified=True
        )
        if taken:
            raise ValidationError(_("An account with this address exists already. Use another, or log in there."))
        return email

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if password := values.get("password"):
            person = User(email=values.get("email", ""), name=values.get("name", ""))
            try:
                password_validation.validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class ProfileForm(forms.Form):
    """Name, picture and language of a person."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Like the browser")), *settings.LANGUAGES]
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, up to 5 MB. Only people of your households see it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    without_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": person.name, "language": person.language}
        super().__init__(*args, **kwargs)
        if not person.picture:
            del self.fields["without_picture"]
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]

    def clean_name(self) -> str:
        return plain_name(self.cleaned_data["name"])

    def clean_picture(self) -> ContentFile[bytes] | None:
        upload: Any = self.cleaned_data["picture"]
        return square_picture(upload, upload.size) if upload else None


class AppearanceForm(forms.ModelForm[User]):
    """How pages look to one person."""

    class Meta:
        model = User
        fields = ("theme", "density", "blur_amounts")
        widgets = {"theme": forms.RadioSelect, "density": forms.RadioSelect}


class HouseholdForm(forms.ModelForm[Household]):
    """What holds for everybody in a household."""

    base_currency = forms.ChoiceField(
        label=_("Base currency"),
        choices=CURRENCIES,
        help_text=_("Totals are shown in it. Amounts keep their own currency."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=TIME_ZONES, help_text=_("Decides when a day begins and ends.")
    )
    locale = forms.ChoiceField(label=_("Dates and numbers"), choices=LOCALES)

    class Meta:
        model = Household
        fields = ("name", "base_currency", "time_zone", "locale", "first_weekday", "month_start_day")
        widgets = {"month_start_day": forms.NumberInput(attrs={"min": 1, "max": 28, "inputmode": "numeric"})}
        help_texts = {"month_start_day": _("A day from 1 to 28, say the day the salary comes.")}

    def __init__(self, *args: Any, may_change: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.disabled = not may_change

    def clean_name(self) -> str:
        return plain_name(self.cleaned_data["name"])


class NewHouseholdForm(HouseholdForm):
    """The least one must say to open another household; the rest is guessed and can be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["first_weekday"], self.fields["month_start_day"]
        self.fields["name"].widget.attrs["autofocus"] = True


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial="editor", widget=forms.RadioSelect)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class RoleForm(forms.Form):
    """What a member may do."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)


class ConfirmForm(forms.Form):
    """A word that this is meant: the password, or a tick from those who have none."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    sure = forms.BooleanField(label=_("Yes, I am sure"))

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        del self.fields["sure" if person.has_usable_password() else "password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise ValidationError(_("This is not your password."))
        return password


def asked_arrangement(sent: QueryDict, before: Arrangement) -> tuple[list[str], set[str]]:
    """The order in which the parts of the dashboard were sent, and what is to be done to one of them: `do=up:worth`."""
    order, hidden = sent.getlist("widget")[:100] or list(before.order), set(before.hidden)
    deed, _colon, key = sent.get("do", "").partition(":")
    if deed in {"up", "down"} and key in order:
        place = order.index(key)
        order.insert(max(0, place - 1 if deed == "up" else place + 1), order.pop(place))
    elif deed == "hide":
        hidden.add(key)
    elif deed == "show":
        hidden.discard(key)
    elif deed:
        raise ValidationError(_("A part of the dashboard can be moved, hidden and shown."))
    return order, hidden
