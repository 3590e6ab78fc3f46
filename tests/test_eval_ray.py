"""Ray as the executor: the scores of elsewhere, on two nodes that the test starts, and nothing left running.

Ray itself is imported in other processes only. Half a minute where nothing else runs, most of it Ray's own start.
"""

import os
import signal
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from devices.desktop.private_display import missing
from tests.conftest import until
from tests.live_runs import (
    ROOT,
    SLOW,
    children_of,
    evaluated,
    finished,
    results_in,
    scores_in,
    started,
    summary_of,
    two_nodes,
)

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="pip install 'screenhand[scale]'")
UNITS = ("toy", *SLOW, "--task", "fill-in-the-name", "--policy", "oracle", "--seeds", "2", "--json")


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, int]]:
    with two_nodes() as (address, process):
        yield address, process
        below = children_of(process, "")
    assert not [number for number in below if Path(f"/proc/{number}").exists()], "a node outlives its cluster"


@needs_ray
def test_a_killed_actor_costs_one_retry_and_the_scores_are_those_of_processes(
    tmp_path: Path, cluster: tuple[str, int]
) -> None:
    address, process = cluster
    run = started(*UNITS, "--executor", "ray", "--results", tmp_path / "ray", RAY_ADDRESS=address)
    actors = until(lambda: children_of(process, "ray::RemotePlayer.play"), 90)
    os.kill(actors[0], signal.SIGKILL)
    there = summary_of(finished(run))
    here = summary_of(evaluated(*UNITS, "--workers", "2", "--results", tmp_path / "here"))
    assert scores_in(tmp_path / "ray", 2) == scores_in(tmp_path / "here", 2)
    assert len(scores_in(tmp_path / "ray", 2)) == 4
    assert (there["scored"], there["faults"], there["retried"]) == (4, 0, 1)
    assert (here["scored"], here["faults"], here["retried"]) == (4, 0, 0)
    (fault,) = [fault for result in results_in(tmp_path / "ray", 2).values() for fault in result.faults]
    assert fault.startswith("its actor was lost")
    assert len(list((tmp_path / "ray" / "episodes").glob("*/*/index.html"))) == 4
    assert not children_of(process, "ray::RemotePlayer"), "the actors end with the run"


@needs_ray
@pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
def test_a_node_with_a_display_plays_on_a_desktop_and_one_without_a_phone_is_told(
    tmp_path: Path, cluster: tuple[str, int]
) -> None:
    words = ("--policy", "oracle", "--executor", "ray", "--results")
    run = evaluated("desktop", "--task", "run-a-command", *words, tmp_path / "d", "--json", RAY_ADDRESS=cluster[0])
    assert summary_of(run)["passed"] == 1
    none = evaluated("android", "--task", "wifi-off", *words, tmp_path / "a", RAY_ADDRESS=cluster[0])
    assert none.returncode == 2
    assert "no node of the Ray cluster has the resource 'android'" in none.stderr


def test_without_ray_it_is_told_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "ray.py").write_text("raise ModuleNotFoundError(\"No module named 'ray'\", name='ray')\n")
    words = ("--policy", "oracle", "--executor", "ray", "--results", tmp_path / "r")
    run = evaluated("toy", *words, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert run.returncode == 2
    assert "pip install -c constraints.txt 'screenhand[scale]'" in run.stderr
