"""A private display starts, stays private, and leaves nothing behind however its owner ends."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices import DeviceLost, Stop, Stopped
from devices.desktop import bubblewrap
from devices.desktop.private_display import PrivateDisplay, missing
from devices.desktop.probe import SandboxProbe

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"a private display needs {', '.join(missing())}")

OWNER = """
import sys
from devices import Stop
from devices.desktop.apps import Apps
from devices.desktop.private_display import PrivateDisplay
display = PrivateDisplay(Stop(), isolated=sys.argv[1] == "isolated")
Apps(display.environ, display.control.launch).start("xterm")
print(display.home.parent, flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["isolated", "not isolated"])
def kind(request: pytest.FixtureRequest) -> str:
    if request.param == "isolated" and (why := bubblewrap.why_unusable()):
        pytest.skip(why)
    return str(request.param)


@pytest.fixture
def display(kind: str) -> Iterator[PrivateDisplay]:
    private = PrivateDisplay(Stop(), (640, 480), isolated=kind == "isolated")
    assert private.isolated is (kind == "isolated")
    yield private
    private.close()


def _belonging(folder: Path) -> list[str]:
    """The command lines of the processes that the sandbox in `folder` started."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "environ").read_bytes().split(b"\0")
            if f"SCREENHAND_SANDBOX={folder}".encode() in words:
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def _eventually(happens: Callable[[], bool], seconds: float = 20.0) -> bool:
    stop = Stop()
    for _ in range(int(seconds / 0.05)):
        if happens():
            return True
        stop.wait(0.05)
    return False


def test_it_has_the_asked_size_a_window_manager_and_a_message_bus(display: PrivateDisplay) -> None:
    probe = SandboxProbe(display.control)
    assert "-geometry 640x480" in probe.run(("xwininfo", "-root"))
    assert "window id" in probe.run(("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
    assert {line.split()[0] for line in _belonging(display.home.parent)} >= {"Xvfb", "openbox", "dbus-daemon"}
    assert "org.freedesktop.DBus" in probe.run(
        ("dbus-send", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames")
    )


def test_two_side_by_side_share_neither_display_nor_home_nor_bus(display: PrivateDisplay) -> None:
    other = PrivateDisplay(Stop(), (640, 480))
    try:
        for name in ("DISPLAY", "HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
            assert display.environ[name] != other.environ[name]
        for folder in ("HOME", "TMPDIR"):
            SandboxProbe(display.control).write(f"{display.environ[folder]}/mine", b"")
            with pytest.raises(FileNotFoundError):
                SandboxProbe(other.control).read(f"{other.environ[folder]}/mine")
    finally:
        other.close()
    assert display.home.exists()
    assert _belonging(display.home.parent)


def test_closing_ends_every_program_and_removes_the_home(display: PrivateDisplay) -> None:
    folder = display.home.parent
    SandboxProbe(display.control).run(("setsid", "-f", "sleep", "1000"))
    assert any("sleep" in line for line in _belonging(folder))
    display.close()
    assert not _belonging(folder)
    assert not folder.exists()
    display.close()


def test_nothing_is_left_when_the_owner_is_killed(kind: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout
        folder = Path(owner.stdout.readline().strip())
        assert _belonging(folder)
        owner.send_signal(signal.SIGKILL)
        assert _eventually(lambda: not _belonging(folder) and not folder.exists())


def test_nothing_runs_on_when_its_supervisor_is_killed(display: PrivateDisplay) -> None:
    folder = display.home.parent
    display._supervisor.kill()
    assert _eventually(lambda: not _belonging(folder))


def test_what_a_killed_sandbox_left_is_swept_at_the_next_start(display: PrivateDisplay) -> None:
    left = Path(tempfile.mkdtemp(prefix="screenhand-sandbox-"))
    (left / "lock").touch()
    PrivateDisplay(Stop(), (640, 480)).close()
    assert not left.exists()
    assert display.home.exists()


def test_no_secret_of_the_caller_reaches_its_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_API_KEY", "hunter2")
    private = PrivateDisplay(Stop(), (640, 480))
    try:
        assert "hunter2" not in SandboxProbe(private.control).run(("env",))
    finally:
        private.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_of_the_machine_cannot_look_in(display: PrivateDisplay) -> None:
    stranger = ("setpriv", "--reuid=65534", "--clear-groups")
    look = ("xwininfo", "-root", "-display", display.display_name)
    assert subprocess.run(look, capture_output=True, check=False).returncode == 0
    assert subprocess.run((*stranger, *look), capture_output=True, check=False).returncode != 0


def test_a_stop_ends_a_start(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Stop()
    stop.ask("enough")
    with tempfile.TemporaryDirectory() as folder:  # other runs on this machine have sandboxes of their own
        monkeypatch.setattr(tempfile, "tempdir", folder)
        with pytest.raises(Stopped, match="enough"):
            PrivateDisplay(stop)
        assert list(Path(folder).iterdir()) == []


def test_missing_programs_are_named_with_the_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "openbox").symlink_to(shutil.which("openbox") or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceLost, match=r"no Xvfb, dbus-daemon.*apt-get install xvfb openbox dbus"):
        PrivateDisplay(Stop())


def test_a_server_that_does_not_start_is_reported_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = tmp_path / "Xvfb"
    server.write_text("#!/bin/sh\necho 'no memory for a screen' >&2\nexit 1\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(DeviceLost, match="Xvfb did not start: no memory for a screen"):
        PrivateDisplay(Stop(), isolated=False)  # bubblewrap hides a program that lies where this one does


def test_a_size_that_the_server_refuses_is_reported_in_its_own_words(kind: str) -> None:
    with pytest.raises(DeviceLost, match=r"Xvfb did not start: .*server"):
        PrivateDisplay(Stop(), (0, 0), isolated=kind == "isolated")
