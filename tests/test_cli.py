"""The command as a person meets it: what it prints, how it exits, what it leaves behind."""

import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agent.recordings.reader import read_recording

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-c", "from agent.cli import main; main()")
SIGN_IN = "click the Name field, type 'Ada', press tab, type 'secret' and click Sign in"
BARE = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


def screenhand(
    *arguments: str | Path, environment: dict[str, str] | None = None, command: tuple[str, ...] = COMMAND
) -> subprocess.CompletedProcess[str]:
    here = (environment or BARE) | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "TERM": "dumb"}
    return subprocess.run([*command, *arguments], capture_output=True, text=True, env=here, timeout=120, check=False)


def test_json_is_one_object_on_the_last_line_and_progress_goes_elsewhere(tmp_path: Path) -> None:
    done = screenhand("run", SIGN_IN, "--device", "toy", "--json", "--record", tmp_path / "e")
    summary = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(summary) == {
        "ending",
        "verdict",
        "steps",
        "seconds",
        "answer",
        "reason",
        "failed_instruction",
        "question",
        "tokens",
        "recording",
    }
    assert (summary["ending"], summary["verdict"]) == ("finished", "claimed")
    assert Path(summary["recording"]) == tmp_path / "e"
    assert done.stderr.startswith("device: toy")
    assert len(read_recording(tmp_path / "e").episode.steps) == summary["steps"]
    assert (tmp_path / "e" / "index.html").exists()


def test_a_run_that_gives_up_says_why_once_and_names_the_instruction(tmp_path: Path) -> None:
    goal = "click the Name field, then check that 'Welcome' is visible"
    done = screenhand("run", goal, "--device", "toy", "--json", "--record", tmp_path / "e")
    summary = json.loads(done.stdout)
    assert (summary["ending"], summary["answer"]) == ("gave_up", "")
    assert "should be visible and is not" in summary["reason"]
    assert summary["failed_instruction"] == "verify that 'Welcome' is visible"
    assert done.stderr.count("should be visible and is not") == 1


def test_a_monitor_is_chosen_on_a_desktop_only(tmp_path: Path) -> None:
    done = screenhand("run", SIGN_IN, "--device", "toy", "--display", "1", "--record", tmp_path / "e")
    assert done.returncode == 2
    assert "only a desktop has monitors" in done.stderr


CHECKED = [
    ("screen contains Welcome, Ada", 0, "verified"),
    ("screen contains Welcome, Bob", 1, "failed"),
    ("file:/nonexistent contains x", 1, "failed"),
]


@pytest.mark.parametrize(("check", "code", "verdict"), CHECKED)
def test_a_check_decides_the_exit_code(tmp_path: Path, check: str, code: int, verdict: str) -> None:
    done = screenhand("run", SIGN_IN, "--device", "toy", "--json", "--record", tmp_path / "e", "--check", check)
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (code, verdict), done.stderr
    assert read_recording(tmp_path / "e").verdict == verdict


BAD = [
    (("run", ""), 2, "this goal is empty"),
    (("run", "   "), 2, "this goal is empty"),
    (("run", "click OK", "--check", "frob"), 2, "file:PATH contains TEXT"),
    (("run", "click OK", "--max-steps", "0"), 2, "max-steps"),
    (("run", "click OK", "--device", "fridge"), 2, "toy"),
    (("run", "frobnicate the gizmo", "--device", "toy"), 8, "frobnicate the gizmo"),
    (("run", "click 'Nowhere to be found'", "--device", "toy"), 3, "Password"),
    (("run", "wait 30 seconds", "--device", "toy", "--max-seconds", "1"), 5, "no more time"),
    (("run", "click OK", "--device", "desktop"), 10, "DISPLAY"),
    (("show", "/nonexistent"), 2, "a recording is a folder with steps.jsonl"),
    (("frobnicate",), 2, "No such command"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "said"), BAD, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_bad_input_gets_a_clear_error_and_a_code_of_its_own(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    recording = ("--record", str(tmp_path / "e")) if arguments[0] == "run" else ()
    done = screenhand(*arguments, *recording)
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_wayland_session_is_told_what_to_do(tmp_path: Path) -> None:
    wayland = BARE | {"WAYLAND_DISPLAY": "wayland-0"}
    done = screenhand("run", "click OK", "--device", "desktop", "--record", tmp_path / "e", environment=wayland)
    assert done.returncode == 10
    assert "Wayland" in done.stdout
    assert read_recording(tmp_path / "e").episode.ending == "device_lost"


def test_an_unwritable_folder_is_named_before_anything_is_done() -> None:
    done = screenhand("run", "click OK", "--device", "toy", "--record", "/proc/nowhere")
    assert done.returncode == 11
    assert "/proc/nowhere" in done.stdout


def test_a_dry_run_sends_nothing_and_shows_where_it_would_click(tmp_path: Path) -> None:
    done = screenhand("run", "click Sign in", "--device", "toy", "--dry-run", "--record", tmp_path / "e")
    assert "was not sent" in done.stdout
    (step,) = read_recording(tmp_path / "e").episode.steps
    assert step.change is not None
    assert step.change.nothing


def test_nobody_to_ask_means_no(tmp_path: Path) -> None:
    done = screenhand("run", SIGN_IN, "--device", "toy", "--confirm", "always", "--record", tmp_path / "e")
    assert done.returncode != 0
    assert "nobody can be asked" in done.stdout
    assert not any(step.change and not step.change.nothing for step in read_recording(tmp_path / "e").episode.steps)


def at_a_terminal(*arguments: str | Path, answer: bytes) -> tuple[int, str]:
    """The exit code and the output of a run with a person at a terminal who gives `answer` to every question."""
    process, terminal = pty.fork()
    if process == 0:
        here = BARE | {"PYTHONPATH": str(ROOT), "TERM": "dumb"}
        os.execve(COMMAND[0], [*COMMAND, *map(str, arguments)], here)  # noqa: S606 - that there is no shell is meant
    output, asked = b"", 0
    while True:
        try:
            output += os.read(terminal, 4096)
        except OSError:  # the other end is closed: the run is over
            break
        while output.count(b"[y/N]") > asked:
            asked += 1
            os.write(terminal, answer)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), output.decode()


def test_a_person_who_agrees_is_asked_each_time_and_obeyed(tmp_path: Path) -> None:
    arguments = ("run", SIGN_IN, "--device", "toy", "--confirm", "always", "--record", tmp_path / "e")
    code, output = at_a_terminal(*arguments, answer=b"y\n")
    assert code == 0, output
    assert "on 'Sign in'?" in output


def test_a_person_who_declines_is_obeyed(tmp_path: Path) -> None:
    arguments = ("run", SIGN_IN, "--device", "toy", "--confirm", "risky", "--record", tmp_path / "e")
    code, output = at_a_terminal(*arguments, answer=b"n\n")
    assert code == 3, output
    assert "did not agree to click" in output


def test_ctrl_c_at_a_question_ends_the_run(tmp_path: Path) -> None:
    arguments = ("run", SIGN_IN, "--device", "toy", "--confirm", "always", "--record", tmp_path / "e")
    code, output = at_a_terminal(*arguments, answer=b"\x03")
    assert code == 130, output


def test_ctrl_c_ends_the_run_and_keeps_the_record(tmp_path: Path) -> None:
    here = BARE | {"PYTHONPATH": str(ROOT)}
    arguments = ["run", "wait 30 seconds", "--device", "toy", "--json", "--record", str(tmp_path / "e")]
    with subprocess.Popen([*COMMAND, *arguments], env=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        deadline = time.monotonic() + 30
        lines = tmp_path / "e" / "steps.jsonl"
        while not (lines.exists() and lines.read_bytes().count(b"\n") >= 2):
            assert time.monotonic() < deadline
        asked = time.monotonic()
        run.send_signal(signal.SIGINT)
        out, _ = run.communicate(timeout=30)
        assert time.monotonic() - asked < 10, "it waited on"
    assert run.returncode == 130
    assert json.loads(out)["ending"] == "stopped"
    assert "Ctrl-C" in read_recording(tmp_path / "e").episode.reason


def test_show_makes_a_page_only_its_owner_can_read(tmp_path: Path) -> None:
    screenhand("run", SIGN_IN, "--device", "toy", "--record", tmp_path / "e")
    done = screenhand("show", tmp_path / "e", "-o", tmp_path / "page.html")
    assert done.stdout.strip() == str(tmp_path / "page.html")
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o600
    assert SIGN_IN.replace("'", "&#39;") in (tmp_path / "page.html").read_text()


@pytest.mark.parametrize("command", ["run", "show", "play", "record", "doctor"])
def test_every_help_text_has_an_example(command: str) -> None:
    done = screenhand(command, "--help")
    assert done.returncode == 0
    assert f"screenhand {command}" in done.stdout.split("Example", 1)[-1]
