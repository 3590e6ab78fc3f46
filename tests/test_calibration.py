"""In which numbers a model points: each space is told from the others, a model that guesses is refused."""

import json
import math
import os
import random
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from agent.calibration.calibrate import Calibration, calibrate
from agent.calibration.candidate_spaces import describe_space
from agent.calibration.chart import COLOURS, SIZES, chart
from agent.calibration.profile import Profile, profile_for, save_profile
from agent.calibration.space_fit import CalibrationFailed
from agent.dialects.families import dialect_named
from agent.dialects.sizes import Size
from agent.dialects.spaces import Absolute, Relative, Space
from agent.models.canned import Canned
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import Endpoint
from tests.doubles.chat_server import chat_server
from tests.doubles.pointing_server import Says, pointing_server

ROOT = Path(__file__).parent.parent
SPACES: dict[str, Space] = {
    "as it was sent": Absolute(),
    "multiples of 28": Absolute(28),
    "multiples of 32": Absolute(32),
    "0 to 1": Relative(1),
    "0 to 1000": Relative(1000),
    "silently smaller, by pixels": Absolute(28, max_pixels=1280 * 28 * 28),
    "silently smaller, by pixels in 32": Absolute(32, max_pixels=1280 * 32 * 32),
    "silently smaller, by side": Absolute(max_side=1568),
    "silently much smaller, by side": Absolute(max_side=768),
    "silently smaller, to a bound of its own": Absolute(28, max_pixels=1111 * 28 * 28),
}


def says(space: Space) -> Says:
    def pointed(x: float, y: float, size: Size) -> tuple[float, float]:
        width, height = space.extent(size)
        return x * width / size[0], y * height / size[1]

    return pointed


def asking(url: str) -> "closing[Endpoint]":
    return closing(Endpoint(read_address(url), "canned"))


def calibrated(space: Space, *, noise: int = 0, astray: int = 0, dialect: str = "qwen2.5-vl") -> Calibration:
    whole = space != Relative(1)
    with pointing_server(says(space), noise=noise, astray=astray, whole=whole) as url, asking(url) as model:
        return calibrate(model, dialect_named(dialect))


def off(found: Space, real: Space) -> float:
    """The most pixels by which a click at a far edge lands elsewhere, on screens that calibration never saw."""
    screens = [(1280, 800), (1920, 1080), (1080, 2400), (2560, 1440), (1707, 960)]
    return max(
        abs(found.extent(size)[axis] / real.extent(size)[axis] - 1) * size[axis] for size in screens for axis in (0, 1)
    )


@pytest.mark.parametrize("name", SPACES)
def test_each_space_is_told_from_the_others(name: str) -> None:
    found = calibrated(SPACES[name])
    assert found.fit.residual < 2
    assert found.fit.astray == ()
    assert (found.answered, found.asked) == (16, 16)
    if name.endswith("of its own"):
        assert off(found.fit.space, SPACES[name]) < 40, describe_space(found.fit.space)
    else:
        assert found.fit.space == SPACES[name], describe_space(found.fit.space)


@pytest.mark.parametrize(
    "name", ["as it was sent", "multiples of 28", "multiples of 32", "silently smaller, by pixels"]
)
def test_a_pixel_of_noise_does_not_hide_the_space(name: str) -> None:
    found = calibrated(SPACES[name], noise=1, dialect="generic")
    assert found.fit.space == SPACES[name], describe_space(found.fit.space)
    assert found.fit.residual < 2


def test_answers_beside_the_point_are_named_and_change_nothing() -> None:
    found = calibrated(Absolute(28), noise=1, astray=5)
    assert found.fit.space == Absolute(28)
    assert 1 <= len(found.fit.astray) <= 3
    assert "cross labelled" in found.fit.astray[0].what


def test_a_model_that_guesses_is_refused_with_how_far_off_it_is() -> None:
    draw = random.Random(3)
    with (
        pointing_server(lambda x, y, size: (draw.uniform(0, size[0]), draw.uniform(0, size[1]))) as url,
        asking(url) as model,
        pytest.raises(CalibrationFailed, match=r"half of them lie more than \d\d\d px"),
    ):
        calibrate(model, dialect_named("qwen2.5-vl"))


def test_a_model_that_always_says_the_same_place_is_refused() -> None:
    model = Canned(lambda _: '[{"point_2d": [500, 500]}]')
    with pytest.raises(CalibrationFailed, match="fit no space"):
        calibrate(model, dialect_named("qwen2.5-vl"))


def test_a_model_that_does_not_point_is_refused_with_what_it_says() -> None:
    model = Canned(lambda _: "I would rather talk about the weather.")
    with pytest.raises(CalibrationFailed, match=r"found none; 16 of 16 answers were none: .*weather"):
        calibrate(model, dialect_named("qwen2.5-vl"))


def test_the_noise_of_a_poor_eye_falls_to_the_family_and_is_admitted() -> None:
    found = calibrated(Absolute(28), noise=15)
    assert found.fit.space == Absolute()
    assert Absolute(28) in found.fit.rivals


def test_nothing_else_on_a_chart_has_the_colour_of_a_cross() -> None:
    for seed, size in enumerate(SIZES):
        shown = chart(size, seed)
        assert shown.size == size
        assert size[0] % 28
        assert size[0] % 32 or size[1] % 32
        for cross in shown.crosses:
            there = (shown.pixels == COLOURS[cross.colour]).all(axis=2)
            assert there.sum() == 2 * 45 * 7 - 49
            assert there[cross.at.y, cross.at.x]
        assert len({cross.colour for cross in shown.crosses}) == 8


PROFILE = Profile("Qwen/Qwen2.5-VL-3B-Instruct", "http://localhost:8000/v1", "qwen2.5-vl", Absolute(28, 99_999), 0.7)


def test_a_profile_is_found_again_by_the_same_model_endpoint_and_dialect_only(tmp_path: Path) -> None:
    path = save_profile(PROFILE, tmp_path / "new" / "folder")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    who = (PROFILE.model, PROFILE.endpoint, PROFILE.dialect)
    found = profile_for(*who, path.parent)
    assert found
    assert (found.space, found.residual) == (PROFILE.space, 0.7)
    assert profile_for(who[0], who[1] + "/", who[2], path.parent) == found
    for other in (("other", who[1], who[2]), (who[0], "", who[2]), (who[0], who[1], "generic")):
        assert profile_for(*other, path.parent) is None


def test_profiles_live_where_the_user_keeps_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    relative = Profile("m", "", "generic", Relative(1000), 1.0)
    assert save_profile(relative).parent == tmp_path / "screenhand" / "profiles"
    found = profile_for("m", "", "generic")
    assert found
    assert found.space == Relative(1000)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"space": {"kind": "absolute", "factor": 0, "max_pixels": None, "max_side": None}},
        {"space": {"kind": "relative", "far": 0}},
        {"space": {"kind": "sideways"}},
        {"residual": "0.5"},
        {"more": 1},
    ],
)
def test_a_spoilt_profile_is_refused_by_its_file(change: dict[str, object], tmp_path: Path) -> None:
    path = save_profile(PROFILE, tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ValueError, match="calibrate again") as refusal:
        profile_for(PROFILE.model, PROFILE.endpoint, PROFILE.dialect, tmp_path)
    assert str(path) in str(refusal.value)


def typed(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """What `screenhand` does with `arguments`, with its settings below `home`."""
    command = [sys.executable, "-c", "from agent.cli import main; main()", *arguments]
    environ = {**os.environ, "XDG_CONFIG_HOME": str(home)}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, env=environ)


def test_what_the_command_finds_out_later_commands_use(tmp_path: Path) -> None:
    picture = tmp_path / "chart.png"
    shown = chart((1280, 800), 3)
    Image.fromarray(shown.pixels).save(picture)
    cross = shown.crosses[0]
    with pointing_server(says(Relative(1000))) as url:
        who = ("--endpoint", url, "--model", "canned", "--dialect", "qwen2.5-vl")
        before = typed("locate", f"the {cross.colour} cross", str(picture), "--points", *who, home=tmp_path)
        found = typed("calibrate", *who, home=tmp_path)
        after = typed("locate", f"the {cross.colour} cross", str(picture), "--points", *who, home=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "fractions of the picture from 0 to 1000" in found.stdout
    assert "calibrated: it points in fractions of the picture from 0 to 1000" in after.stderr
    first, second = (json.loads(done.stdout)["found"][0]["point"] for done in (before, after))
    assert math.dist(first, (cross.at.x, cross.at.y)) > 50, "without a profile it clicks elsewhere"
    assert math.dist(second, (cross.at.x, cross.at.y)) < 2


def test_the_command_keeps_nothing_of_a_model_that_cannot_point(tmp_path: Path) -> None:
    with chat_server(lambda _: "Over there, I think.") as (url, _):
        done = typed("calibrate", "--endpoint", url, "--model", "canned", home=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not calibrated: wanted at least 5 points" in done.stderr
    assert list(tmp_path.iterdir()) == []
