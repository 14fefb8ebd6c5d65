"""Timing of whole processes, taking turns, so that a machine that slows down slows both sides of a ratio."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Job:
    """A command of Python to be timed.

    Attributes:
        arguments: what follows the name of the interpreter.
        folder: where it runs.
    """

    arguments: tuple[str, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds.

    Attributes:
        processor: time that the processor spent on it, user and system; other work on the machine hardly counts.
        wall: time that passed.
    """

    processor: float
    wall: float


def environment() -> dict[str, str]:
    """What the commands that are measured find in their environment."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}


def run(job: Job) -> Time:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: it failed; its output is in the exception's `stderr`.
    """
    command = [sys.executable, *job.arguments]
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=job.folder, env=environment(), capture_output=True, text=True, check=False)
    passed, after = time.perf_counter() - begun, os.times()
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Time(used, passed)


def take_turns[K](jobs: Mapping[K, Job], rounds: int) -> dict[K, Time]:
    """The median time of every job: each runs once a round, in a round's order that alternates."""
    times: dict[K, list[Time]] = {name: [] for name in jobs}
    for number in range(rounds):
        for name in list(jobs)[:: -1 if number % 2 else 1]:
            times[name].append(run(jobs[name]))
    return {name: middle(found) for name, found in times.items()}


def middle(times: Sequence[Time]) -> Time:
    """The median of processor times, and that of wall times."""
    return Time(median(item.processor for item in times), median(item.wall for item in times))
