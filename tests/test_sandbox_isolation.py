"""What a sandbox keeps with bubblewrap: the caller's files, processes and network out, and all that ran in it ended."""

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from devices import OpenApp, Stop, TypeText
from devices.desktop import bubblewrap
from devices.desktop.chromium import PROGRAMS
from devices.desktop.kiosk import Kiosk
from devices.desktop.private_display import PrivateDisplay, missing
from devices.desktop.sandbox import Sandbox
from devices.desktop.sandbox_control import SandboxControl
from devices.desktop.x11 import connect
from devices.settled import Settled
from tests.conftest import until

ROOT = Path(__file__).parent.parent
TMP = "/tmp"  # noqa: S108 - the sandbox's own
STARTS = int(os.environ.get("SCREENHAND_SANDBOXES", "2"))
"""How often everything is started and closed; the recorded proof is 50."""

pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=f"a sandbox needs {', '.join(missing())}"),
    pytest.mark.skipif(bool(bubblewrap.why_unusable()), reason=bubblewrap.why_unusable()),
]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox(Stop())) as opened:
        assert opened.private.isolated
        yield opened


def namespace_of(process: int | str) -> str:
    """The PID namespace of a process; "" when it is gone."""
    try:
        return str(Path(f"/proc/{process}/ns/pid").readlink())
    except OSError:
        return ""


def processes_in(namespace: str) -> list[str]:
    """The command lines of all processes in a PID namespace, as this machine counts them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        if namespace_of(entry.name) == namespace:
            found.append((entry / "cmdline").read_text("utf-8", "replace").replace("\0", " ") or entry.name)
    return found


def inside(private: PrivateDisplay) -> str:
    """The sandbox's PID namespace."""
    seen = {namespace_of(entry.name) for entry in Path("/proc").glob("[0-9]*") if belongs(entry, private)}
    (one,) = seen - {namespace_of("self"), ""}
    return one


def belongs(process: Path, private: PrivateDisplay) -> bool:
    try:
        return f"HOME={private.home}".encode() in (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def test_nothing_of_the_callers_is_seen(sandbox: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    for path in (Path.home(), ROOT, tmp_path, secret, Path("/home"), Path("/root"), Path("/mnt"), Path("/srv")):
        with pytest.raises(OSError, match="No such file"):
            sandbox.probe.read(str(path))
    assert sandbox.probe.run(("ls", TMP)) == f"{sandbox.private.home.parent.name}\n"
    assert str(os.getpid()) not in sandbox.probe.run(("ls", "/proc")).split()


def test_the_system_cannot_be_written_to(sandbox: Sandbox) -> None:
    for path in ("/usr/bin/planted", "/etc/planted", "/proc/sys/kernel/hostname", "/proc/sys/vm/swappiness"):
        with pytest.raises(OSError, match=r"Read-only file system|Permission denied"):
            sandbox.probe.write(path, b"1")


def test_a_sandbox_of_root_does_not_read_what_only_root_may(sandbox: Sandbox) -> None:
    for path in filter(os.path.exists, ("/etc/shadow", "/etc/gshadow")):
        with pytest.raises(OSError, match=r"Permission denied|no regular file"):
            sandbox.probe.read(path)


def test_a_file_in_its_own_tmp_is_judged_and_stays_out_of_the_machines(sandbox: Sandbox) -> None:
    name = f"{TMP}/screenhand-{os.getpid()}.txt"
    screen = Settled(sandbox, Stop())
    screen.perform(OpenApp("terminal"))
    screen.perform(TypeText(f"echo hi > {name}; ln -s {name} ~/link\n"))
    screen.observe()
    assert sandbox.probe.read(name) == sandbox.probe.read("~/link") == b"hi\n"
    assert not Path(name).exists()
    sandbox.probe.write(name, b"there")
    assert sandbox.probe.run(("cat", name)) == "there"


@pytest.mark.parametrize("network", [False, True])
def test_the_network_is_absent_unless_it_is_asked_for(network: bool) -> None:
    script = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5).close()"
    with socket.create_server(("127.0.0.1", 0)) as server, closing(PrivateDisplay(Stop(), network=network)) as private:
        port = str(server.getsockname()[1])
        with closing(private.control.start((private.python, "-I", "-S", "-c", script, port))) as program:
            assert (program.wait(20) == 0) is network


def test_what_the_caller_allows_is_read_and_not_written(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("hello")
    with closing(PrivateDisplay(Stop(), readable=[tmp_path])) as private:
        os.close(private.control.open(tmp_path / "page.html"))
        with pytest.raises(OSError, match="Read-only"):
            private.control.open(tmp_path / "page.html", write=True)


def test_a_program_inherits_its_own_descriptors_and_no_others(sandbox: Sandbox) -> None:
    assert sandbox.probe.run(("ls", "/proc/self/fd")).split() == ["0", "1", "2", "3"]  # 3 is the listing's


@pytest.mark.parametrize("trap", [("ln", "-s", "/dev/zero"), ("mkfifo",), ("truncate", "-s", "1T")])
def test_what_a_program_leaves_behind_neither_stalls_nor_fills_the_caller(
    trap: tuple[str, ...], sandbox: Sandbox
) -> None:
    sandbox.probe.run((*trap, "trap"))
    with pytest.raises(OSError, match=r"no regular file|more than 64 MiB"):
        sandbox.probe.read("~/trap")


def test_asking_for_a_folder_leaks_no_descriptor(sandbox: Sandbox) -> None:
    before = os.listdir("/proc/self/fd")  # noqa: PTH208
    with pytest.raises(IsADirectoryError):
        sandbox.probe.read("~")
    assert os.listdir("/proc/self/fd") == before  # noqa: PTH208


def test_a_program_cannot_lead_the_caller_to_another_display(sandbox: Sandbox) -> None:
    number = sandbox.private.display_name.removeprefix(":")
    with closing(PrivateDisplay(Stop(), (320, 240))) as other:
        sandbox.probe.run(("ln", "-sf", f"{TMP}/.X11-unix/X{other.display_name[1:]}", f"{TMP}/.X11-unix/X{number}"))
        with closing(connect(sandbox.private.display_name)) as display:
            assert display.screen().width_in_pixels == 1280


@pytest.mark.parametrize(
    "answer",
    [b"\xff", b"[" * 60_000, b"[]", b"null", b'{"error": [], "errno": "x"}', b'{"error": "no", "errno": 1e999}'],
)
def test_a_hostile_answer_is_a_refusal_and_leaks_no_descriptor(answer: bytes) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs, closing(SandboxControl(ours)) as control:
        before = os.listdir("/proc/self/fd")  # noqa: PTH208
        socket.send_fds(theirs, [answer], [theirs.fileno()] * 3)
        with pytest.raises(OSError):  # noqa: PT011 - any will do
            control.open("x")
        assert os.listdir("/proc/self/fd") == before  # noqa: PTH208


@contextmanager
def killed(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    with process:
        try:
            yield process
        finally:
            process.kill()


def programs() -> dict[str, tuple[str, ...]]:
    """A browser, a GTK and a Qt application, by what they are; those that this machine has."""
    browser = next(filter(None, map(shutil.which, PROGRAMS)), None)
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    found = {"browser": (browser, *root, "--no-first-run", "about:blank")} if browser else {}
    return found | {name: (name,) for name in ("mousepad", "qps") if shutil.which(name)}


def test_nothing_is_left_after_close_and_nothing_else_is_ended() -> None:
    apps = programs()
    if absent := {"browser", "mousepad", "qps"} - apps.keys():
        pytest.skip(f"not installed: {', '.join(absent)}")
    starts, left = [], []
    with killed(subprocess.Popen(["sleep", "1000"])) as bystander:
        for _ in range(STARTS):
            began = time.perf_counter()
            sandbox = Sandbox(Stop())
            starts.append(time.perf_counter() - began)
            with closing(sandbox):
                namespace = inside(sandbox.private)
                for command in apps.values():
                    sandbox.private.control.launch(command)
                until(lambda: len(sandbox.observe().elements) >= len(apps), 60)  # noqa: B023 - called at once
                assert sum("chrom" in line for line in processes_in(namespace)) > 3
            left += processes_in(namespace)
        assert bystander.poll() is None
    told = f"{STARTS} sandboxes as uid {os.geteuid()}: started in {statistics.median(starts):.2f} s (median), "
    print(f"{told}{max(starts):.2f} s at most; {len(left)} processes left")  # noqa: T201 - a measurement
    assert left == []


def test_no_browser_of_a_kiosk_is_left(tmp_path: Path) -> None:
    if not any(map(shutil.which, PROGRAMS)):
        pytest.skip("no Chromium is installed")
    page = tmp_path / "page.html"
    page.write_text("<title>here</title>")
    with closing(Kiosk(Stop(), page.as_uri(), (400, 300), 1, readable=[tmp_path])) as kiosk:
        assert kiosk.page.evaluate("document.title") == "here"
        namespace = inside(kiosk.private)
        assert sum("chrom" in line for line in processes_in(namespace)) > 3
    assert processes_in(namespace) == []


OWNER = """
import sys
from devices import Stop
from devices.desktop.sandbox import Sandbox
sandbox = Sandbox(Stop())
sandbox.private.control.launch(sys.argv[1:])
print(sandbox.private.home, flush=True)
sys.stdin.read()
"""


def test_a_program_that_hides_its_environment_ends_with_a_killed_owner() -> None:
    hidden = ("env", "-i", "setsid", "sleep", "1000")
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, *hidden], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with owner:
        assert owner.stdout
        home = Path(owner.stdout.readline().strip())
        namespaces = {namespace_of(entry.name) for entry in Path("/proc").glob("[0-9]*")} - {""}
        (ours,) = [
            one
            for one in namespaces
            if any(str(home) in line for line in processes_in(one)) and one != namespace_of("self")
        ]
        until(lambda: any("sleep" in line for line in processes_in(ours)))
        owner.kill()
        until(lambda: not processes_in(ours) and not home.parent.exists())


def test_a_first_program_that_was_stopped_does_not_keep_the_rest_alive(sandbox: Sandbox) -> None:
    namespace = inside(sandbox.private)
    for entry in Path("/proc").glob("[0-9]*"):
        if namespace_of(entry.name) == namespace and "sandbox_init" in (entry / "cmdline").read_text():
            os.kill(int(entry.name), signal.SIGSTOP)
    sandbox.close()
    assert processes_in(namespace) == []


def test_without_bubblewrap_what_is_lost_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for program in Path("/usr/bin").iterdir():
        if program.name != bubblewrap.PROGRAM:
            (tmp_path / program.name).symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bubblewrap.why_unusable() == "bubblewrap is not installed"
    with closing(Sandbox(Stop())) as sandbox:
        assert not sandbox.private.isolated
        assert sandbox.probe.run(("pwd",)).strip() == str(sandbox.private.home)
    lost = (
        "device: sandbox without bubblewrap (as asked): applications see your files and the network; some may outlive"
    )
    assert first_line(tmp_path / "run").startswith(lost)


@pytest.mark.parametrize(
    ("flag", "kept"),
    [
        ((), "applications see neither your files nor a network"),
        (("--network",), "applications see the network but not"),
    ],
)
def test_the_first_line_of_a_run_says_what_the_sandbox_is(flag: tuple[str, ...], kept: str, tmp_path: Path) -> None:
    assert first_line(tmp_path / "run", *flag).startswith(f"device: sandbox (as asked): {kept}")


def test_a_network_is_refused_where_it_is_not_ours_to_give(tmp_path: Path) -> None:
    run = screenhand(tmp_path / "run", "--device", "toy", "--network")
    assert run.returncode == 2
    assert "only a sandbox is without it" in " ".join(run.stderr.replace("│", " ").split())


def screenhand(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from agent.cli import main; main()", "run", "wait a second", "--max-steps", "1"]
    environ = {**os.environ, "COLUMNS": "300"}
    return subprocess.run(
        [*command, "--record", folder, *options], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )


def first_line(folder: Path, *options: str) -> str:
    """The first that a run on a sandbox says."""
    return screenhand(folder, "--device", "sandbox", *options).stdout.splitlines()[0]
