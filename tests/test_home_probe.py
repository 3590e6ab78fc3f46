"""The probe of the home: paths start at the home, and a failure is an exception, never an empty answer."""

import subprocess
from pathlib import Path

import pytest

from devices import Stop
from devices.desktop.probe import HomeProbe


@pytest.fixture
def probe(tmp_path: Path) -> HomeProbe:
    return HomeProbe(tmp_path, {"PATH": "/usr/bin:/bin", "GREETING": "hello"})


@pytest.mark.parametrize("path", ["~/a/notes.txt", "a/notes.txt", "~//a/notes.txt"])
def test_paths_start_at_the_home(probe: HomeProbe, tmp_path: Path, path: str) -> None:
    probe.write(path, b"x\n")
    assert (tmp_path / "a/notes.txt").read_bytes() == b"x\n"
    assert probe.read(path) == b"x\n"


def test_absolute_paths_are_the_machines(probe: HomeProbe, tmp_path: Path) -> None:
    probe.write(str(tmp_path / "b"), b"y")
    assert probe.read("b") == b"y"


def test_a_file_that_is_not_there_is_an_error_and_not_empty(probe: HomeProbe) -> None:
    with pytest.raises(FileNotFoundError):
        probe.read("~/nothing")


def test_commands_run_at_home_in_its_environment_and_without_a_shell(probe: HomeProbe, tmp_path: Path) -> None:
    assert probe.run(("pwd",)).strip() == str(tmp_path)
    assert "GREETING=hello" in probe.run(("env",))
    assert probe.run(("echo", "$HOME; reboot")) == "$HOME; reboot\n"


def test_a_command_that_fails_hangs_or_is_not_there_raises(probe: HomeProbe) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        probe.run(("false",))
    with pytest.raises(subprocess.TimeoutExpired):
        probe.run(("sleep", "30"), seconds=0.1)
    with pytest.raises(FileNotFoundError):
        probe.run(("no-such-command",))


def test_a_window_left_open_does_not_hold_up_the_probe(probe: HomeProbe) -> None:
    assert Stop().call(lambda: probe.run(("setsid", "-f", "sleep", "3")), seconds=2.5) == ""
