"""`screenhand rerun` as a person types it: what it says, what it keeps, with which code it ends."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app
from tests.test_rerun import GOAL

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "then"
    done = RUNNER.invoke(app, ["run", GOAL, "--device", "toy", "--record", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def rerun(recording: Path, folder: Path, *more: str) -> tuple[int, str, str]:
    done = RUNNER.invoke(app, ["rerun", str(recording), "--record", str(folder), *more])
    return done.exit_code, done.stdout, done.stderr


def test_a_variable_named_once_is_known_from_then_on(recording: Path, tmp_path: Path) -> None:
    before = (recording / "steps.jsonl").read_bytes()
    code, out, err = rerun(recording, tmp_path / "ada", "--let", "name=Grace", "--var", "name=Ada", "--json")
    told = json.loads(out)
    assert (code, told["ending"], told["verdict"]) == (0, "finished", "verified")
    assert told["found"] == ["same"] * 5
    assert err.count("but for the words of replaced texts, which are not compared") == 2
    assert (recording / "steps.jsonl").read_bytes() == before
    assert '"text": "Ada"' in (tmp_path / "ada" / "steps.jsonl").read_text()
    code, _, err = rerun(recording, tmp_path / "typo", "--var", "nme=Ada")
    assert code == 2
    assert "known: name." in err
    assert "Grace" not in err
    assert "secret" not in err
    assert not (tmp_path / "typo").exists()


def test_a_step_that_is_not_found_stops_with_both_pictures(recording: Path, tmp_path: Path) -> None:
    code, out, _ = rerun(recording, tmp_path / "lost", "--device", "simphone", "--patience", "0", "--json")
    told = json.loads(out)
    assert (code, told["ending"], told["miss"]["step"]) == (3, "gave_up", 0)
    for name in ("then", "now", "page"):
        assert Path(told["miss"][name]).stat().st_mode & 0o777 == 0o600
    assert Path(told["miss"]["then"]).read_bytes().startswith(b"\x89PNG")
    assert "data:image/png" in Path(told["miss"]["page"]).read_text()


@pytest.mark.parametrize("broken", ["no such folder", "no action"])
def test_what_is_no_recording_of_work_is_refused(recording: Path, tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "broken"
    if broken == "no action":
        folder.mkdir()
        (folder / "steps.jsonl").write_text((recording / "steps.jsonl").read_text().splitlines(keepends=True)[0])
    code, _, err = rerun(folder, tmp_path / "never")
    assert code == 2
    assert "broken" in err


def test_a_recording_is_done_again_on_its_own_screens(recording: Path, tmp_path: Path) -> None:
    code, out, _ = rerun(recording, tmp_path / "replay", "--replay", "--json")
    told = json.loads(out)
    assert (code, told["verdict"], told["found"], told["end"]) == (0, "verified", ["same"] * 5, "as recorded")
    assert '"name": "replay"' in (tmp_path / "replay" / "steps.jsonl").read_text()
    for more in (("--device", "toy"), ("--var", "name=Ada"), ("--check", "screen contains x")):
        assert rerun(recording, tmp_path / "never", "--replay", *more)[0] == 2
    assert not (tmp_path / "never").exists()


def test_a_lost_picture_is_named_before_anything_is_done(recording: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(recording, tmp_path / "copy"))
    last = json.loads((copy / "steps.jsonl").read_text().splitlines()[-2])["observation"]["screenshot"]
    (copy / last).unlink()
    code, out, err = rerun(copy, tmp_path / "again", "--json")
    assert (code, out) == (2, "")
    assert Path(last).name in err
    assert not (tmp_path / "again").exists()


def test_a_folder_where_a_file_is_wanted_is_named(recording: Path, tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["compare", str(recording), "--against", str(tmp_path)])
    assert done.exit_code == 2
    assert re.search(r"is\W+not\W+a\W+plain\W+file", done.output)
