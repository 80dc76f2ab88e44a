"""What is loaded once and stays is not searched for garbage again and again: a fifth of the time of all tests."""

import gc


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
