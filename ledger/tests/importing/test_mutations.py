"""A file that was changed and means the same reads the same; one that was damaged is never silently misread."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from ledger.importing.found import Found, Refused
from ledger.importing.reading import read_file
from ledger.importing.source import Source
from ledger.importing.told import FileTold
from ledger.tests.importing import mutations
from ledger.tests.importing.mutations import HARMLESS, Change, Table, table_of
from ledger.tests.importing.samples import CORPUS, Sample, moves, samples, sound, told_of

pytestmark = pytest.mark.once

# name: encoding, delimiter, the line of its heading, lines after its rows
PLAIN: dict[str, tuple[str, str, int, int]] = {
    "at-george-utf16.csv": ("utf-16", ",", 1, 0),
    "au-ing-negative-debits.csv": ("utf-8", ",", 1, 0),
    "be-kbc-amount-three-times.csv": ("utf-8", ";", 1, 0),
    "br-sign-letters.csv": ("latin-1", ";", 1, 0),
    "ca-rbc-several-accounts.csv": ("utf-8", ",", 1, 0),
    "ch-zkb-apostrophes.csv": ("utf-8", ";", 1, 0),
    "cn-wallet-sign-words.csv": ("utf-8-sig", ",", 8, 0),
    "de-dkb-payer-and-payee.csv": ("utf-8-sig", ";", 5, 0),
    "de-n26.csv": ("utf-8", ",", 1, 0),
    "de-sparkasse-camt.csv": ("latin-1", ";", 1, 0),
    "es-currency-glued-to-amount.csv": ("iso8859-15", ";", 1, 0),
    "fi-payer-message.tsv": ("utf-8", "\t", 3, 0),
    "gb-lloyds.csv": ("utf-8", ",", 1, 0),
    "gb-monzo-emoji.csv": ("utf-8", ",", 1, 0),
    "in-icici-serial-numbers.csv": ("utf-8", ",", 2, 0),
    "jp-shift-jis-era-free.csv": ("cp932", ",", 1, 0),
    "kw-three-decimals.csv": ("utf-8", ",", 1, 0),
    "nl-ing-af-bij.csv": ("utf-8", ",", 1, 0),
    "us-capital-one-card.csv": ("utf-8", ",", 1, 0),
    "us-chase-card.csv": ("utf-8", ",", 1, 0),
    "us-paypal-three-currencies.csv": ("utf-8-sig", ",", 1, 0),
    "us-stripe-payments-with-fees.csv": ("utf-8", ",", 1, 0),
}
TIMES = 2
CUTS = 8
WOUNDS = 8
# These say themselves where they end, so that a loss can always be told.
CLOSED = ("camt", "ofx")
TEXTS = [each for each in samples() if not each.is_refused and each.path.suffix not in (".xlsx", ".zip")]
TABLES = [each for each in TEXTS if each.folder == "csv"]

Move = tuple[str, int, str]


@cache
def plain(name: str) -> tuple[Sample, Table]:
    encoding, delimiter, heading, after = PLAIN[name]
    sample = Sample(CORPUS / "csv" / name)
    return sample, table_of(sample.content, encoding, delimiter, heading, after)


@pytest.mark.parametrize("change", HARMLESS, ids=lambda each: str(each.__name__))
@pytest.mark.parametrize("name", PLAIN)
def test_a_change_that_keeps_the_meaning_keeps_the_rows(name: str, change: Change) -> None:
    sample, table = plain(name)
    chance = random.Random(f"{name} {change.__name__}")
    for _ in range(TIMES if change not in (mutations.everything_quoted, mutations.no_last_line_end) else 1):
        changed = change(table, chance).written()
        assert _with_payees(sample.read(changed)) == _expected_with_payees(sample), changed


@pytest.mark.parametrize("name", PLAIN)
def test_several_changes_at_once_keep_the_rows(name: str) -> None:
    sample, table = plain(name)
    chance = random.Random(f"{name} several")
    for _ in range(TIMES):
        changed = table
        for change in chance.sample(HARMLESS, 4):
            changed = change(changed, chance)
        assert _with_payees(sample.read(changed.written())) == _expected_with_payees(sample), changed.written()


def _with_payees(found: Found) -> Counter[tuple[object, ...]]:
    rows = (row for statement in found.statements for row in statement.rows)
    return Counter((row.date.isoformat(), row.amount, row.currency, " ".join(row.payee.split())) for row in rows)


def _expected_with_payees(sample: Sample) -> Counter[tuple[object, ...]]:
    rows = (row for statement in sample.expected["statements"] for row in statement["rows"])
    return Counter((row["date"], row["amount"], row["currency"], " ".join(row["payee"].split())) for row in rows)


@pytest.mark.parametrize("sample", TEXTS, ids=str)
def test_a_file_that_was_cut_gives_its_whole_rows_or_says_so(sample: Sample) -> None:
    chance = random.Random(f"cut {sample}")
    for _ in range(CUTS):
        content, place = mutations.cut(sample.content, chance)
        read = _read(sample, content)
        if read is None:
            continue
        found, is_told = read
        invented = found - sample.moves()
        assert not invented or is_told or not _is_seen(sample, place), (place, content[-200:], invented)
        if sample.folder in CLOSED:
            assert not sample.moves() - found or is_told, (place, content[-200:])
        elif sample.folder == "csv":
            whole = _above(sample, place)
            assert not whole - found or is_told, (place, content[-200:], whole - found)


def _read(sample: Sample, content: bytes) -> tuple[Counter[Move], bool] | None:
    """What was found, and whether anything was said that is not said of the sound file; None where it is refused."""
    try:
        found = sample.read(content)
    except Refused:
        return None
    told = told_of(found)
    return moves(told), bool(_words(told) - _words_of_sound(sample))


def _words(told: FileTold) -> Counter[tuple[int | None, str]]:
    return Counter((warning["line"], warning["message"]) for each in told["statements"] for warning in each["warnings"])


@cache
def _words_of_sound(sample: Sample) -> Counter[tuple[int | None, str]]:
    return _words(told_of(sound(sample)))


def _is_seen(sample: Sample, place: int) -> bool:
    """Whether the rows above show that an amount is cut: two of them, in a file whose amounts have decimals."""
    if sample.folder != "csv":
        return True
    rows = [row for statement in sample.expected["statements"] for row in statement["rows"]]
    return sum(_above(sample, place).values()) >= 2 and any(row["amount"] % 10 ** row["exponent"] for row in rows)


def _above(sample: Sample, place: int) -> Counter[Move]:
    """The rows that end before a byte: all whose next row begins before it."""
    reached = _line_at(sample.content, place)
    return _rows_where(sample, lambda line, following: following <= reached)


def _rows_where(sample: Sample, wanted: Callable[[int, int], bool]) -> Counter[Move]:
    return Counter(move for line, following, move in _rows_of(sample) if wanted(line, following))


def _rows_of(sample: Sample) -> Iterator[tuple[int, int, Move]]:
    """Each row's line, the line after it, and what it says."""
    rows = [row for statement in sample.expected["statements"] for row in statement["rows"]]
    lines = sorted({row["line"] for row in rows})
    for row in rows:
        later = [line for line in lines if line > row["line"]]
        yield row["line"], later[0] if later else row["line"] + 1, (row["date"], row["amount"], row["currency"])


def _heading_of(sample: Sample) -> int:
    return min((line for line, _, _ in _rows_of(sample)), default=1) - 1


def _line_at(content: bytes, place: int) -> int:
    """Counted in bytes, so that it is right for every encoding, UTF-16 included."""
    before = content[:place]
    if before.startswith((b"\xff\xfe", b"\xfe\xff")):
        return before.decode("utf-16", "ignore").count("\n") + 1
    return before.count(b"\n") + 1 if b"\n" in content else before.count(b"\r") + 1


@pytest.mark.parametrize("sample", TABLES, ids=str)
def test_damage_to_one_line_leaves_the_other_rows_or_is_told(sample: Sample) -> None:
    chance = random.Random(f"wounds {sample}")
    for wound in mutations.DAMAGE * (WOUNDS // 4):
        content, place = wound(sample.content, chance)
        read = _read(sample, content)
        if read is None:
            continue
        found, is_told = read
        hurt = _line_at(sample.content, place)
        if hurt < _heading_of(sample) and "currency" in sample.path.name:
            # The only place that names the currency: nobody can know what stood there.
            continue
        elsewhere = _rows_where(sample, lambda line, following, hurt=hurt: not line - 1 <= hurt <= following)  # type: ignore[misc]
        assert is_told or not elsewhere - found, (place, content, elsewhere - found)
        # What was no row may have become one in the hurt line, and nowhere else.
        assert is_told or sum(found.values()) <= sum(sample.moves().values()) + 1, (place, content)


@pytest.mark.parametrize("sample", TABLES, ids=str)
def test_where_a_household_lives_changes_no_row_without_a_word(sample: Sample) -> None:
    for locale in ("en-US", "de-DE", "ja-JP"):
        found = read_file(Source(sample.path.name, sample.content), replace(sample.how, locale=locale))
        told = told_of(found)
        assert moves(told) == sample.moves() or _words(told) - _words_of_sound(sample), locale


@pytest.mark.parametrize("sample", [each for each in TEXTS if each.folder != "csv"], ids=str)
def test_damage_to_any_file_is_read_or_refused(sample: Sample) -> None:
    chance = random.Random(f"damage {sample}")
    for _ in range(WOUNDS):
        content, place = chance.choice(mutations.DAMAGE)(sample.content, chance)
        read = _read(sample, content)
        if read is None:
            continue
        found, is_told = read
        assert is_told or len(list((found - sample.moves()).elements())) <= 2, (place, content)
