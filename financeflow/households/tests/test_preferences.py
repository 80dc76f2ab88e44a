"""Settings of a person and of the household, and pictures that only companions see."""

from __future__ import annotations

import io
import struct
import uuid
import zlib
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from financeflow.history import actions as history
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, Membership, User
from financeflow.households.tests.conftest import inside
from financeflow.tenancy.scope import household_scope
from financeflow.testing import UserFactory, join

pytestmark = pytest.mark.django_db
HOUSEHOLD: dict[str, Any] = {
    "name": "Lindenstraße",
    "base_currency": "CHF",
    "time_zone": "Europe/Zurich",
    "locale": "de-CH",
    "first_weekday": 6,
    "month_start_day": 25,
}


def image(kind: str = "PNG", size: tuple[int, int] = (40, 60), **extra: Any) -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **extra)
    return SimpleUploadedFile(f"me.{kind.lower()}", drawn.getvalue(), content_type="text/html")


def save_profile(person: User, **post: Any) -> Any:
    return inside(person).post("/settings/profile/", {"name": person.name, "language": "", **post})


def test_name_and_language_are_saved(owner: User) -> None:
    assert save_profile(owner, name="  Amara   Lindqvist ", language="de").status_code == 302
    owner.refresh_from_db()
    assert (owner.name, owner.language) == ("Amara Lindqvist", "de")


def test_where_there_is_one_language_none_is_asked_for(owner: User, settings: Settings) -> None:
    settings.LANGUAGES = [("en", "English")]
    owner.language = "he"
    owner.save()
    page = inside(owner)
    assert "id_language" not in page.get("/settings/profile/").content.decode()
    assert page.post("/settings/profile/", {"name": "Amara"}).status_code == 302
    owner.refresh_from_db()
    assert (owner.name, owner.language) == ("Amara", "he")


@pytest.mark.parametrize("wrong", [{"language": "tlh"}, {"name": "x" * 121}])
def test_a_profile_that_cannot_be_is_refused(owner: User, wrong: dict[str, str]) -> None:
    assert save_profile(owner, **wrong).status_code == 422


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_square_without_what_else_was_in_it(owner: User, kind: str) -> None:
    note = Image.Exif()
    note[271] = "A camera that knows where you live"
    extra: dict[str, Any] = {"exif": note} if kind in {"JPEG", "WEBP"} else {}
    assert save_profile(owner, picture=image(kind, **extra)).status_code == 302
    owner.refresh_from_db()
    assert str(owner.picture.name).endswith(".webp")
    with owner.picture.open("rb") as file, Image.open(file) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (256, 256))
        assert not drawn.getexif()


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_camera_that_writes_nonsense_is_no_reason_to_refuse(owner: User) -> None:
    broken = image("JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00")
    assert save_profile(owner, picture=broken).status_code == 302


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny file that would unfold to an enormous picture."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "no picture"),
        (b"%PDF-1.7", "no picture"),
        (png_that_claims(100, 100), "no picture"),
        (png_that_claims(8000, 8000), "too many pixels"),
        (png_that_claims(60000, 60000), "too many pixels"),
        (b"\x89PNG" + b"\x00" * (5 * 1024 * 1024), "larger than 5 MB"),
    ],
    ids=["empty", "svg", "cut off", "pdf", "half", "many pixels", "bomb", "large"],
)
def test_a_bad_picture_is_refused_with_its_reason(owner: User, content: bytes, words: str) -> None:
    answer = save_profile(owner, picture=SimpleUploadedFile("me.png", content, content_type="image/png"))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    owner.refresh_from_db()
    assert not owner.picture


def test_a_picture_that_unfolds_to_gigabytes_is_refused_before_it_is_read(owner: User) -> None:
    """A progressive JPEG is held whole in memory before the first small line of it can be drawn."""
    unfolded = io.BytesIO()
    Image.new("L", (7200, 7200)).save(unfolded, "JPEG", quality=5)
    answer = save_profile(owner, picture=SimpleUploadedFile("me.jpg", unfolded.getvalue(), content_type="image/jpeg"))
    assert answer.status_code == 422
    assert "too many pixels" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_picture_that_was_is_removed() -> None:
    person = UserFactory.create()
    save_profile(person, picture=image())
    person.refresh_from_db()
    first = str(person.picture.name)
    save_profile(person, picture=image("JPEG"))
    assert not default_storage.exists(first)
    person.refresh_from_db()
    second = str(person.picture.name)
    save_profile(person, without_picture="on")
    assert not default_storage.exists(second)
    person.refresh_from_db()
    assert not person.picture


def test_companions_see_the_picture_and_strangers_do_not(owner: User, viewer: User, stranger: User) -> None:
    save_profile(owner, picture=image())
    address = f"/people/{owner.uid}/"
    for person in (owner, viewer):
        answer = inside(person).get(address)
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "private" in answer["Cache-Control"]
    assert inside(viewer).get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert inside(stranger).get(address).status_code == 404
    assert Client().get(address)["Location"].startswith("/auth/login/")
    assert inside(owner).get(f"/people/{viewer.uid}/").status_code == 404
    assert inside(owner).get(f"/people/{uuid.uuid4()}/").status_code == 404
    assert inside(owner).get("/people/nonsense/").status_code == 404


def test_the_owner_changes_the_household_and_can_take_it_back(household: Household, owner: User) -> None:
    assert inside(owner).post("/settings/household/", HOUSEHOLD).status_code == 302
    household.refresh_from_db()
    assert (household.base_currency, household.month_start_day) == ("CHF", 25)
    with household_scope(household.pk):
        done = ChangeSet.objects.get(verb="household.changed")
        history.undo_change(done, by=Membership.objects.get(user=owner))
    household.refresh_from_db()
    assert (household.base_currency, household.month_start_day) == ("EUR", 1)


def test_others_see_the_household_and_cannot_change_it(household: Household, viewer: User, stranger: User) -> None:
    for person in (viewer, join(household, "editor")):
        assert "disabled" in inside(person).get("/settings/household/").content.decode()
        assert inside(person).post("/settings/household/", HOUSEHOLD).status_code == 403
    inside(stranger).post("/settings/household/", HOUSEHOLD)
    household.refresh_from_db()
    assert household.base_currency == "EUR"
    assert Client().get("/settings/household/")["Location"].startswith("/auth/login/")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"month_start_day": 31}, "Choose a day from 1 to 28"),
        ({"month_start_day": "soon"}, "whole number"),
        ({"month_start_day": 0}, "greater than or equal to 1"),
        ({"first_weekday": 3}, "valid choice"),
        ({"base_currency": "DEM"}, "valid choice"),
        ({"time_zone": "Europe/Atlantis"}, "valid choice"),
        ({"name": ""}, "required"),
        ({"name": "x" * 81}, "at most 80"),
    ],
)
def test_a_household_that_cannot_be_says_why(owner: User, wrong: dict[str, Any], words: str) -> None:
    answer = inside(owner).post("/settings/household/", {**HOUSEHOLD, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "<small>Lindenstraße</small>" in answer.content.decode()


def test_appearance_is_saved_and_shown_before_the_first_paint(owner: User) -> None:
    client = inside(owner)
    post = {"theme": "dark", "density": "compact", "blur_amounts": "on"}
    assert client.post("/settings/appearance/", post).status_code == 302
    page = client.get("/settings/appearance/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-density="compact"' in page
    assert "data-blur-amounts" in page


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"density": ""}, {"density": "none"}])
def test_an_appearance_that_cannot_be_is_refused(owner: User, wrong: dict[str, str]) -> None:
    post = {"theme": "", "density": "compact", **wrong}
    assert inside(owner).post("/settings/appearance/", post).status_code == 422


def test_the_eye_hides_amounts_and_stays_on_the_page(owner: User) -> None:
    client = inside(owner)
    answer = client.post("/settings/blur/", headers={"referer": "http://testserver/search/?q=a"})
    assert answer["Location"] == "/search/?q=a"
    owner.refresh_from_db()
    assert owner.blur_amounts
    client.post("/settings/blur/")
    owner.refresh_from_db()
    assert not owner.blur_amounts


@pytest.mark.parametrize("referer", ["https://evil.example/", "http://testserver//evil.example/", "javascript:1", ""])
def test_the_eye_leads_to_no_other_site(owner: User, referer: str) -> None:
    answer = inside(owner).post("/settings/blur/", headers={"referer": referer})
    assert answer["Location"] in {"/dashboard/", "/evil.example/"}


def test_the_theme_can_be_switched_from_anywhere(owner: User) -> None:
    client, seen = inside(owner), []
    for _ in range(2):
        client.post("/settings/theme/")
        owner.refresh_from_db()
        seen.append(owner.theme)
    assert seen == ["dark", "light"]


@pytest.mark.parametrize("address", ["/settings/profile/", "/settings/appearance/", "/settings/blur/"])
def test_a_passer_by_has_no_settings(db: None, address: str) -> None:
    assert Client().post(address)["Location"].startswith("/auth/login/")
