"""Storeys and rooms: the import contracts hold, and each breaks when a bad import is planted."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import grimp
import pytest
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

from financeflow.tests.house.places import PACKAGES, ROOT

KINDS: dict[str, Any] = {"layers": LayersContract, "forbidden": ForbiddenContract, "protected": ProtectedContract}


def contracts() -> dict[str, Any]:
    """The contracts of .importlinter by their id."""
    configure()
    options = read_user_options(str(ROOT / ".importlinter"))
    return {
        each["id"]: KINDS[each["type"]](each["name"], options.session_options, each)
        for each in options.contracts_options
    }


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        *PACKAGES, include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


@pytest.mark.parametrize("contract", contracts())
def test_a_contract_holds(graph: grimp.ImportGraph, contract: str) -> None:
    assert contracts()[contract].check(deepcopy(graph), verbose=False).kept


@pytest.mark.parametrize(
    ("contract", "importer", "imported"),
    [
        ("storeys", "financeflow.web.views", "ledger.models"),
        ("storeys", "ledger.queries", "budgets.models"),
        ("storeys", "budgets.actions", "bills.models"),
        ("storeys", "banking.actions", "insights"),
        ("ground", "financeflow.money.text", "financeflow.web.pages"),
        ("ground", "financeflow.tenancy.guards", "financeflow.households.models"),
        ("ground", "financeflow.events.publishing", "financeflow.history.models"),
        ("ground", "financeflow.jobs.actions", "financeflow.history.actions"),
        ("ground", "financeflow.households.actions", "financeflow.support.actions"),
        ("rooms", "ledger.models", "ledger.queries"),
        ("rooms", "ledger.queries", "ledger.actions"),
        ("rooms", "ledger.actions", "ledger.forms"),
        ("rooms", "financeflow.events.actions", "financeflow.events.tasks"),
        ("rooms", "ledger.views", "ledger.api"),
        ("rooms", "ledger.calc", "ledger.models"),
        ("tests", "ledger.actions", "ledger.tests.test_models"),
        ("slow", "ledger.actions", "sklearn"),
        ("slow", "banking.actions", "plaid.api"),
    ],
)
def test_a_bad_import_breaks_its_contract(
    graph: grimp.ImportGraph, contract: str, importer: str, imported: str
) -> None:
    planted = deepcopy(graph)
    outside = imported.partition(".")[0] not in PACKAGES
    imported = imported.partition(".")[0] if outside else imported
    planted.add_module(importer)
    planted.add_module(imported, is_squashed=outside)
    planted.add_import(importer=importer, imported=imported)
    assert not contracts()[contract].check(planted, verbose=False).kept


def test_every_contract_is_broken_once() -> None:
    marks = [mark for mark in test_a_bad_import_breaks_its_contract.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(contracts())
