"""What the family of the sample data does with its money: who is paid, how much, how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

# The accounts of the story, by the names that the code below gives them.
EVERYDAY, HOUSEHOLD, WALLET, RAINY_DAY, CARD, ABROAD, FUNDS, LOAN = range(8)


@dataclass(frozen=True)
class Monthly:
    """Something that comes on about the same day each month; `rises` is added from the middle of the story on."""

    payee: str
    category: str
    account: int
    day: int
    low: int
    high: int
    words: str
    rises: int = 0
    every: int = 1


@dataclass(frozen=True)
class Often:
    """Something that happens so many times a month, for about so much; `months` are those it happens in."""

    payee: str
    category: str
    account: int
    times: float
    low: int
    high: int
    words: str = ""
    tags: tuple[str, ...] = ()
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moved:
    """Money moved between two accounts each month."""

    source: int
    target: int
    day: int
    amount: int


MONTHLY: Final = (
    Monthly("Nordwind Software GmbH", "salary", EVERYDAY, 2, 348_000, 348_000, "SALARY", rises=11_000),
    Monthly("Stadtbibliothek", "salary", HOUSEHOLD, 14, 196_050, 196_050, "WAGES PART TIME"),
    Monthly("Hausverwaltung Berger", "housing", EVERYDAY, 1, 118_000, 118_000, "RENT LINDENSTR 12"),
    Monthly("Stadtwerke Nord", "utilities", EVERYDAY, 5, 8_600, 9_400, "POWER AND WATER ADVANCE"),
    Monthly("Lumen Internet", "telecom", EVERYDAY, 6, 4_495, 4_495, "INTERNET 250"),
    Monthly("Funkturm Mobile", "telecom", EVERYDAY, 9, 2_998, 2_998, "2 SIM CARDS", rises=200),
    Monthly("Meridian Insurance", "insurance", EVERYDAY, 3, 11_240, 11_240, "HOUSEHOLD AND LIABILITY", every=3),
    Monthly("Klangstrom", "subscriptions", CARD, 12, 1_099, 1_099, "FAMILY PLAN"),
    Monthly("Filmhaus+", "subscriptions", CARD, 17, 1_299, 1_299, "STANDARD", rises=200),
    Monthly("Kraftwerk Gym", "personal-care", CARD, 2, 3_990, 3_990, "MEMBERSHIP"),
    Monthly("Hort am Park", "kids-pets", EVERYDAY, 24, 18_600, 18_600, "AFTER-SCHOOL CARE"),
    Monthly("Klavierschule Hoffmann", "education", EVERYDAY, 10, 5_800, 5_800, "LESSONS MILA"),
    Monthly("Sparbank", "interest", RAINY_DAY, 30, 1_850, 2_450, "INTEREST", every=3),
    Monthly("Sparbank", "fees-interest", EVERYDAY, 30, 490, 490, "ACCOUNT FEE", every=3),
)
OFTEN: Final = (
    Often("Biomarkt am Zionskirchplatz", "groceries", CARD, 4.2, 2_400, 9_800, "CARD 4471 BIOMARKT"),
    Often("Wochenmarkt Kollwitzplatz", "groceries", WALLET, 2.4, 1_200, 4_200),
    Often("Discount Frische", "groceries", CARD, 3.1, 1_800, 6_900, "CARD 4471 DISCOUNT FRISCHE 0231"),
    Often("Bäckerei Lindner", "dining", CARD, 4.5, 340, 1_280, "CARD 4471 BAECKEREI LINDNER"),
    Often("Café Morgenrot", "dining", CARD, 2.6, 420, 1_690, "CARD 4471 CAFE MORGENROT"),
    Often("Ramen Tatsu", "dining", CARD, 1.3, 2_400, 4_600, "CARD 4471 RAMEN TATSU"),
    Often("Gutes Essen Cantine", "dining", CARD, 3.5, 790, 1_290, "", ("work",)),
    Often("City Transit", "transport", CARD, 2.2, 320, 3_600, "CITY TRANSIT APP"),
    Often("City Cab", "transport", CARD, 0.6, 1_400, 3_200, "CITY CAB", ("work",)),
    Often("Tankhof Ost", "fuel", CARD, 1.5, 4_200, 7_600, "TANKHOF OST PUMP 3"),
    Often("Apotheke am Markt", "health", CARD, 0.9, 590, 3_400, "APOTHEKE AM MARKT"),
    Often("Physio am Park", "health", EVERYDAY, 0.6, 3_200, 6_400, "INVOICE PHYSIO"),
    Often("Haarwerk", "personal-care", CARD, 0.5, 3_600, 7_200),
    Often("Buchbox", "entertainment", CARD, 0.9, 1_290, 3_990, "CARD 4471 BUCHBOX"),
    Often("Kino Babylon", "entertainment", CARD, 0.6, 2_200, 3_400),
    Often("Kleiderei Mitte", "shopping", CARD, 0.7, 2_990, 14_900, "CARD 4471 KLEIDEREI"),
    Often("Haus & Heim", "shopping", CARD, 0.5, 1_990, 18_900, "HAUS & HEIM 1180"),
    Often("Pfotenladen", "kids-pets", CARD, 0.8, 1_890, 4_990),
    Often("Help the Forest", "gifts-donations", EVERYDAY, 0.34, 2_500, 2_500, "DONATION", ("tax",)),
    Often("Spielzeugkiste", "gifts-donations", CARD, 1.6, 1_990, 7_990, "", (), (11, 12)),
    Often("Bahn Direkt", "travel", CARD, 1.1, 4_990, 16_900, "BAHN DIREKT ONLINE", ("holiday",), (4, 7, 8, 10)),
    Often("Ferienhaus Ostsee", "travel", EVERYDAY, 0.5, 38_000, 62_000, "BOOKING", ("holiday",), (6, 7)),
    Often("Harbor Diner", "dining", ABROAD, 1.5, 1_800, 6_400, "POS HARBOR DINER", ("holiday",), (8, 9)),
    Often("Lakeside Hotel", "travel", ABROAD, 0.8, 14_900, 39_000, "POS LAKESIDE HOTEL", ("holiday",), (8,)),
    Often("Cloud Locker", "subscriptions", ABROAD, 1.0, 999, 999, "CLOUD LOCKER 2TB"),
)
MOVED: Final = (
    Moved(EVERYDAY, RAINY_DAY, 28, 55_000),
    Moved(EVERYDAY, FUNDS, 26, 25_000),
    Moved(EVERYDAY, LOAN, 15, 24_500),
    Moved(HOUSEHOLD, RAINY_DAY, 4, 45_000),
    Moved(EVERYDAY, WALLET, 8, 8_000),
    Moved(HOUSEHOLD, CARD, 22, 113_000),
)
# What a bank writes and nobody has filed yet.
UNFILED: Final = (
    ("SUMUP *K. BRANDT 0049 BERLIN", 1_850, 2),
    ("PAYMENT 8841 OTR MEDIA", 2_499, 5),
    ("VENDING 224 HBF", 320, 6),
    ("ZETTLE_*FLOHMARKT", 2_300, 9),
    ("LS 77120 SERVICE", 1_499, 15),
    ("M. WINTER THANKS", -3_500, 11),
    ("CARD 4471 SB TANK 0071", 5_210, 19),
)
WEEKLY_SHOP: Final = "Biomarkt am Zionskirchplatz"
COAT_SHOP: Final = "Kleiderei Mitte"
COFFEE: Final = "Café Morgenrot"
NOTES: Final = {
    "coat": _("Wool coat, went back: one size too small"),
    "dinner": _("Dinner for four; Jonas pays his share back"),
    "split": _("Groceries, and a lamp for the kitchen"),
}
