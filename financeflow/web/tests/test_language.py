"""Only languages that are spoken throughout are offered."""

import pytest
from django.test import Client

from financeflow.testing import HouseholdFactory, logged_in, owner_of

pytestmark = pytest.mark.django_db


def test_a_language_is_offered_once_it_has_a_catalogue() -> None:
    from financeflow.settings import base

    with_catalogue = {path.parents[1].name for path in base.LOCALE_DIR.glob("*/LC_MESSAGES/django.mo")}
    assert {code for code, _name in base.LANGUAGES} == {"en"} | with_catalogue


def test_a_passer_by_is_answered_in_the_language_of_the_browser() -> None:
    assert b'lang="he" dir="rtl"' in Client().get("/", headers={"Accept-Language": "he"}).content
    assert b'lang="en" dir="ltr"' in Client().get("/", headers={"Accept-Language": "tlh"}).content


def test_what_a_person_chose_goes_before_what_the_browser_says() -> None:
    person = owner_of(HouseholdFactory.create())
    person.language = "he"
    person.save()
    page = logged_in(person).get("/dashboard/", headers={"Accept-Language": "de"})
    assert b'lang="he" dir="rtl"' in page.content
