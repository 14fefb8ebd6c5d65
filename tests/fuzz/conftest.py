"""How much is damaged, and from which seed: `make fuzz N=10000 SEED=1`."""

import os

import pytest

BATCH = 250


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Damage number by number, in batches, so that a long run shows how far it is."""
    if "numbers" in metafunc.fixturenames:
        count = int(os.environ.get("VADEMECUM_FUZZ", "2500"))
        seed = int(os.environ.get("VADEMECUM_FUZZ_SEED", "1"))
        batches = [(seed, range(start, min(start + BATCH, count))) for start in range(0, count, BATCH)]
        metafunc.parametrize("numbers", batches, ids=[f"{seed}-{numbers.start}" for seed, numbers in batches])
