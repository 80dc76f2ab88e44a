"""What people say about themselves; it belongs to no household, so no history keeps it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from financeflow.households.models import User


@transaction.atomic
def open_account(*, email: str, password: str, name: str) -> User:
    """A person made by whoever runs the server, who answers for the address."""
    person = User(email=User.objects.normalize_email(email), name=name)
    validate_password(password, person)
    person.set_password(password)
    person.full_clean()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email.lower(), primary=True, verified=True)
    return person


@transaction.atomic
def change_profile(
    person: User,
    *,
    name: str,
    language: str | None = None,
    picture: ContentFile[bytes] | None = None,
    without_picture: bool = False,
) -> None:
    """Change name, language and picture; the picture that was is gone once this is committed."""
    old = person.picture.name
    person.name = name
    person.language = person.language if language is None else language
    if picture is not None:
        person.picture.save(picture.name or "", picture, save=False)
    elif without_picture:
        person.picture = ""
    person.full_clean(exclude=["password"])
    person.save(update_fields=["name", "language", "picture"])
    if old and old != person.picture.name:
        transaction.on_commit(lambda: default_storage.delete(old))


def change_appearance(person: User, *, theme: str, density: str, blur_amounts: bool) -> None:
    """Change how pages look to this person."""
    person.theme, person.density, person.blur_amounts = theme, density, blur_amounts
    person.full_clean(exclude=["password"])
    person.save(update_fields=["theme", "density", "blur_amounts"])


def toggle_blur(person: User) -> None:
    """Hide amounts, or show them again."""
    person.blur_amounts = not person.blur_amounts
    person.save(update_fields=["blur_amounts"])


def switch_theme(person: User) -> None:
    """Dark where it is not dark by choice, else light."""
    person.theme = User.Theme.LIGHT if person.theme == User.Theme.DARK else User.Theme.DARK
    person.save(update_fields=["theme"])
