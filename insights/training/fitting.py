"""Fitting the model by scikit-learn, and finding out how far one may believe it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import SGDClassifier

from insights.calc.shared import SharedModel
from insights.calc.wording import BUCKETS, features_of_neighbours, features_of_word, stands_alone, words_in
from insights.training.corpus import CORPUS, fingerprint, read_corpus, read_numbers
from insights.training.writing import KEYS, Example, write_examples

VERSION: Final = "1"
HELD_OUT: Final = 0.15
STRICTNESS: Final = 3e-7
ROUNDS: Final = 6
# Weights of so few steps say nothing, and what is nothing takes no room.
SILENT: Final = 1
# How often each category stands in the exports of real households, about; what is rare needs better reasons.
COMMON: Final = {
    "groceries": 170, "dining": 180, "shopping": 130, "transport": 80, "subscriptions": 55, "fuel": 40, "health": 40,
    "entertainment": 40, "personal-care": 25, "travel": 30, "housing": 30, "utilities": 25, "telecom": 25,
    "insurance": 25, "fees-interest": 30, "taxes": 10, "education": 14, "kids-pets": 20, "gifts-donations": 15,
    "cash": 30, "other": 30, "salary": 20, "bonus": 4, "interest": 8, "other-income": 20, "transfer": 60,
}  # fmt: skip
# How far the fitted model is moved towards that.
TOWARDS_COMMON: Final = 0.5


@dataclass(frozen=True)
class Fitted:
    """Weights for each feature and class, how rare features are, and what each class starts from."""

    weights: Any
    rarity: Any
    prior: Any


def train(folder: Path = CORPUS, *, seed: int = 1, say: Any = print) -> dict[str, Any]:
    """The arrays of a model that was fitted to the whole corpus, believed as far as one that had not seen all of it."""
    examples = write_examples(read_corpus(folder), seed=seed)
    say(f"{len(examples)} lines of {len({each.group for each in examples})} names, words and phrases")
    held = _held_out(examples, seed)
    known = [each for each in examples if each.group not in held]
    partial = fit(known)
    say("Fitted to a part; looking how it fares on the rest")
    arrays = packed(partial, told={"version": VERSION, "corpus": fingerprint(folder)})
    sure, honest = believable(arrays, _judged(examples, held, seed))
    whole = packed(fit(examples), told={"version": VERSION, "corpus": fingerprint(folder)})
    return whole | {"sure": sure, "honest": honest}


def _amounts() -> Any:
    """Of each class what it usually costs and how far that spreads, as powers of ten."""
    known = read_numbers(CORPUS / "amounts.txt")
    return np.array([(np.log10(known[key][0]), known[key][1]) for key in KEYS], dtype="float32")


def _currencies() -> dict[str, float]:
    return {code: number for code, [number] in read_numbers(CORPUS / "currencies.txt").items()}


def _held_out(examples: Sequence[Example], seed: int) -> set[str]:
    groups = sorted({each.group for each in examples})
    return set(random.Random(seed).sample(groups, int(len(groups) * HELD_OUT)))


def _judged(examples: Sequence[Example], held: set[str], seed: int) -> list[Example]:
    """Merchants that were not seen, and as many lines of those that were: real statements hold both."""
    chance = random.Random(f"{seed} judged")
    unseen = [each for each in examples if each.group in held and each.group.startswith("merchant")]
    seen = [each for each in examples if each.group not in held and each.group.startswith("merchant")]
    return unseen + chance.sample(seen, min(len(seen), len(unseen)))


def fit(examples: Sequence[Example]) -> Fitted:
    counts = _counted(examples)
    rarity = np.log((1 + counts.shape[0]) / (1 + np.bincount(counts.indices, minlength=BUCKETS))) + 1
    matrix = csr_matrix((rarity[counts.indices], counts.indices, counts.indptr), shape=counts.shape)
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    matrix = csr_matrix(matrix.multiply(1 / np.maximum(lengths, 1e-6)[:, None]))
    used = np.unique(matrix.indices)
    labels = np.array([KEYS.index(each.key) for each in examples])
    model = SGDClassifier(loss="log_loss", alpha=STRICTNESS, max_iter=ROUNDS, tol=None, random_state=1, n_jobs=-1)
    model.fit(matrix[:, used], labels)
    weights = np.zeros((BUCKETS, len(KEYS)), dtype="float32")
    weights[used[:, None], model.classes_[None, :]] = model.coef_.T
    prior = np.full(len(KEYS), -10.0)
    prior[model.classes_] = model.intercept_ + _towards_common(labels)[model.classes_]
    rarity[np.setdiff1d(np.arange(BUCKETS), used)] = rarity.max()
    return Fitted(weights, rarity, prior)


def _towards_common(labels: Any) -> Any:
    share = np.bincount(labels, minlength=len(KEYS)) / len(labels)
    common = np.array([COMMON[key] for key in KEYS], dtype=float)
    return TOWARDS_COMMON * np.log((common / common.sum()) / np.maximum(share, 1e-6))


def _counted(examples: Sequence[Example]) -> Any:
    """Which features each line has, just as the model that ships will see it."""
    pointers, indices = [0], []
    for each in examples:
        words = words_in(each.text)
        found = [feature for word in words if stands_alone(word) for feature in _of_word(word)]
        indices += [*found, *features_of_neighbours(words)]
        pointers.append(len(indices))
    return csr_matrix((np.ones(len(indices), dtype="float32"), indices, pointers), shape=(len(examples), BUCKETS))


_of_word = lru_cache(maxsize=None)(features_of_word)


def packed(fitted: Fitted, *, told: dict[str, Any]) -> dict[str, Any]:
    """In bytes: a weight is one of 255 steps of its class, a rarity one of 255 of all."""
    scale = np.maximum(np.abs(fitted.weights).max(axis=0), 1e-6) / 127
    step = float(fitted.rarity.max()) / 255
    told = {"keys": KEYS, "rarity_step": step, "currencies": _currencies(), **told}
    weights = np.round(fitted.weights / scale).astype("int8")
    weights[np.abs(weights) <= SILENT] = 0
    return {
        "weights": weights,
        "scale": scale.astype("float32"),
        "rarity": np.round(fitted.rarity / step).astype("uint8"),
        "prior": fitted.prior.astype("float32"),
        "amounts": _amounts(),
        "sure": np.array([0.0, 1.0], dtype="float32"),
        "honest": np.array([0.0, 1.0], dtype="float32"),
        "told": np.frombuffer(json.dumps(told).encode(), dtype="uint8"),
    }


def believable(arrays: dict[str, Any], judged: Sequence[Example]) -> tuple[Any, Any]:
    """How often one is right who says how sure it is."""
    model = SharedModel(arrays)
    rated = np.array([each.chances for each in model.rate([each.text for each in judged])])
    truth = np.array([KEYS.index(each.key) for each in judged])
    best, right = rated.max(axis=1), rated.argmax(axis=1) == truth
    isotonic = IsotonicRegression(y_min=0.02, y_max=0.995, out_of_bounds="clip").fit(best, right)
    grid = np.linspace(0, 1, 101)
    return grid.astype("float32"), isotonic.predict(grid).astype("float32")


def save(arrays: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, **arrays)
