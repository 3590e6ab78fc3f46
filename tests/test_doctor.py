"""The doctor finds what works, and names what does not with the way to mend it."""

import os
from pathlib import Path

import pytest

from agent.doctor import Finding, doctor
from agent.doctor.trial import run_trial
from agent.doctor.typing_window import TITLE
from devices import Stop, Stopped
from devices.desktop.apps import Apps
from devices.desktop.private_display import missing

needs_sandbox = pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
TRIED = ("capture", "displays", "scale", "pointer", "key", "text")


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    assert len({finding.name for finding in findings}) == len(findings)
    return {finding.name: finding for finding in findings}


@needs_sandbox
def test_everything_works_on_a_private_desktop() -> None:
    found = by_name(doctor("sandbox", every_app=True))
    assert {name: finding.found for name, finding in found.items() if finding.works is False} == {}
    assert all(found[name].works for name in (*TRIED, "reading", "sandbox"))
    assert found["displays"].found == "0: 1280x800 at (0, 0)"
    assert found["applications"].found == ", ".join(Apps(os.environ).names()), "not only the first few"
    assert "1280x800" in found["capture"].found
    assert "中文" in found["text"].found


def test_without_bubblewrap_the_doctor_says_what_a_sandbox_loses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = by_name(doctor("sandbox"))["isolation"]
    assert found.works is None
    assert "not installed: in the sandbox applications see your files and the network" in found.found
    assert "apt-get install bubblewrap" in found.fix


@needs_sandbox
def test_a_desktop_is_put_back_as_it_was(x_display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from devices.desktop.backends import this_system

    monkeypatch.setenv("DISPLAY", x_display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    system = this_system(x_display, Stop())
    try:
        system.gui().moveTo(77, 88)
        found = by_name(doctor("desktop"))
        assert {name: finding.found for name, finding in found.items() if finding.works is False} == {}
        assert found["session"].found == f"X11 on {x_display}"
        assert TITLE not in {window.title for window in system.windows()}
    finally:
        system.close()


def test_without_a_screen_the_rest_is_still_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    found = by_name(doctor("desktop"))
    assert found["capture"].works is False
    assert "$DISPLAY is not set" in found["capture"].found
    assert "--device sandbox" in found["capture"].fix
    assert [found[name].works for name in TRIED[1:]] == [None] * 5
    assert found["reading"].works


def test_wayland_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    found = by_name(doctor("desktop"))
    assert found["session"].works is False
    assert "Wayland" in found["session"].found
    assert "Xorg" in found["session"].fix


def test_missing_programs_come_with_the_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = by_name(doctor("sandbox"))
    assert found["sandbox"].works is False
    assert found["sandbox"].fix == "sudo apt-get install xvfb openbox dbus"
    assert found["capture"].fix == found["sandbox"].fix


def test_a_trial_that_breaks_is_a_finding_and_a_stop_is_a_stop() -> None:
    def breaks() -> str:
        raise ZeroDivisionError

    def stops() -> str:
        raise Stopped("enough")

    assert run_trial("x", breaks, "mend it") == Finding("x", False, "ZeroDivisionError", "mend it")
    with pytest.raises(Stopped):
        run_trial("x", stops, "")
