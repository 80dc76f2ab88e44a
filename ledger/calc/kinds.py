"""Rules of the ledger that need no table: kinds of accounts, colours and icons, and the categories one starts with."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

# The account kinds as a page groups them, in order: name of the group, its kinds.
ACCOUNT_GROUPS: Final = (
    (_("Everyday money"), ("checking", "cash")),
    (_("Savings"), ("savings",)),
    (_("Cards"), ("credit_card",)),
    (_("Investments and property"), ("investment", "property", "other")),
    (_("Loans"), ("loan",)),
)
ACCOUNT_ICONS: Final = {
    "checking": "bank",
    "savings": "piggy",
    "credit_card": "card",
    "cash": "cash",
    "loan": "scale",
    "investment": "chart-line",
    "property": "house",
    "other": "wallet",
}

# The icons one may choose for an account; none chosen means that of its kind.
ACCOUNT_ICON_CHOICES: Final = (
    ("bank", _("Bank")),
    ("piggy", _("Piggy bank")),
    ("card", _("Card")),
    ("cash", _("Cash")),
    ("scale", _("Scales")),
    ("chart-line", _("Line going up")),
    ("house", _("House")),
    ("wallet", _("Wallet")),
    ("car", _("Car")),
    ("plane", _("Plane")),
    ("school", _("School")),
    ("gift", _("Gift")),
    ("heart", _("Heart")),
    ("briefcase", _("Work")),
    ("coins", _("Coins")),
    ("umbrella", _("Umbrella")),
)

HUES: Final = (
    (1, _("Petrol")),
    (2, _("Ochre")),
    (3, _("Indigo")),
    (4, _("Coral")),
    (5, _("Leaf")),
    (6, _("Plum")),
    (7, _("Sky")),
    (8, _("Brick")),
    (9, _("Olive")),
    (10, _("Violet")),
    (11, _("Slate")),
    (12, _("Rose")),
)
CATEGORY_ICONS: Final = (
    ("tag", _("Tag")),
    ("basket", _("Basket")),
    ("cup", _("Cup")),
    ("home", _("Home")),
    ("house", _("House")),
    ("bolt", _("Power")),
    ("phone", _("Phone")),
    ("wifi", _("Internet")),
    ("umbrella", _("Umbrella")),
    ("percent", _("Percent")),
    ("tax", _("Tax")),
    ("train", _("Train")),
    ("car", _("Car")),
    ("bike", _("Bicycle")),
    ("fuel", _("Fuel")),
    ("school", _("School")),
    ("book", _("Book")),
    ("paw", _("Paw")),
    ("baby", _("Baby")),
    ("kite", _("Kite")),
    ("heart", _("Heart")),
    ("medical", _("Medicine")),
    ("scissors", _("Scissors")),
    ("film", _("Film")),
    ("repeat", _("Again and again")),
    ("bag", _("Bag")),
    ("shirt", _("Clothes")),
    ("plane", _("Plane")),
    ("gift", _("Gift")),
    ("music", _("Music")),
    ("sport", _("Sport")),
    ("game", _("Game")),
    ("sofa", _("Sofa")),
    ("wrench", _("Wrench")),
    ("leaf", _("Garden")),
    ("cash", _("Cash")),
    ("coins", _("Coins")),
    ("piggy", _("Piggy bank")),
    ("briefcase", _("Work")),
    ("star", _("Star")),
    ("flag", _("Flag")),
    ("dots", _("Other")),
)
