"""Files of other apps that were cut or spoilt: a reader finds something or refuses, and never falls."""

from __future__ import annotations

import contextlib
import random

import pytest
from django.utils.module_loading import import_string

from ledger.importing.formats import Format
from ledger.importing.found import Found, Refused
from ledger.importing.source import Source
from ledger.tests.importing.samples import Sample, samples

KEYS = ("firefly", "actual", "ynab", "mint", "monarch", "sure", "gnucash", "beancount", "ledger_cli", "own")
SAMPLES = [each for each in samples("apps") if not each.is_refused]


def readers() -> list[Format]:
    return [import_string(f"ledger.importing.apps.{key}.FORMAT") for key in KEYS]


def own_reader(sample: Sample) -> Format:
    return next(each for each in readers() if each.knows(Source(sample.path.name, sample.content)))


def is_sound(found: Found) -> bool:
    """Whether every row is whole: parts add up, and a key is shared by two rows at most."""
    rows = [row for statement in found.statements for row in statement.rows]
    keys = [row.transfer_key for row in rows if row.transfer_key]
    return all(not row.parts or sum(part.amount for part in row.parts) == row.amount for row in rows) and all(
        keys.count(key) <= 2 for key in keys
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_cut_or_spoilt_file_is_read_or_refused(sample: Sample) -> None:
    chance = random.Random(f"apps {sample}")
    reader = own_reader(sample)
    for _ in range(25):
        content = bytearray(sample.content[: chance.randrange(1, len(sample.content) + 1)])
        for _wound in range(chance.randrange(4)):
            content[chance.randrange(len(content))] = chance.choice(b'\0\xff",;\n 0-{}')
        with contextlib.suppress(Refused):
            assert is_sound(reader.read(Source(sample.path.name, bytes(content)), sample.how))


@pytest.mark.parametrize("key", KEYS)
def test_other_files_and_noise_are_read_or_refused(key: str) -> None:
    reader: Format = import_string(f"ledger.importing.apps.{key}.FORMAT")
    chance = random.Random(f"noise {key}")
    for content in [b"", b"\n", b"PK\x03\x04", b"SQLite format 3\0" + b"x" * 200, *(each.content for each in SAMPLES)]:
        for source in (Source("a", content), Source("a.zip", content + chance.randbytes(9))):
            assert reader.knows(source) in (True, False)
            with contextlib.suppress(Refused):
                assert is_sound(reader.read(source, SAMPLES[0].how))


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_file_is_known_by_one_app_alone(sample: Sample) -> None:
    source = Source(sample.path.name, sample.content)
    assert len([each.key for each in readers() if each.knows(source)]) == 1


@pytest.mark.parametrize("sample", [each for each in samples() if each.folder != "apps"], ids=str)
def test_a_bank_s_file_is_never_taken_for_an_app_s(sample: Sample) -> None:
    source = Source(sample.path.name, sample.content)
    assert [each.key for each in readers() if each.knows(source)] == []
