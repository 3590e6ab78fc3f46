"""Applications in a sandbox: opened, opened again, and refused when there is none."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from devices import ActionRefused, DeviceLost, OpenApp, Stop
from devices.desktop.sandbox import Sandbox
from devices.settled import Settled


@pytest.fixture
def sandbox() -> Iterator[Settled]:
    stop = Stop()
    try:
        opened = Sandbox(stop)
    except DeviceLost as missing:
        pytest.skip(str(missing))
    with closing(opened):
        yield Settled(opened, stop)


def test_opening_an_editor_that_runs_already_is_no_failure_to_open(sandbox: Settled) -> None:
    for title in ("Untitled 1 - Mousepad", "Untitled 2 - Mousepad"):
        sandbox.perform(OpenApp("mousepad"))
        assert sandbox.observe().front == title


def test_an_application_that_is_not_there_is_refused_with_what_is(sandbox: Settled) -> None:
    with pytest.raises(ActionRefused, match=r"'flight booker'.*Mousepad"):
        sandbox.perform(OpenApp("flight booker"))
