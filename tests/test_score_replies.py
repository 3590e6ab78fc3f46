"""Raw replies of real models scored by our readers, beside what their sources made of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from agent.evaluate.replies import replies_in
from agent.evaluate.scoring import Prediction
from agent.recordings.untrusted import Untrusted
from devices import Click, Point, TypeText
from tests.samples import sample
from tests.test_cli import screenhand

PUBLISHED = {
    "screenspot.gui-r1-3b": (400, 341, 341),
    "screenspot_pro.qwen2.5-vl-7b.actions-as-functions": (600, 132, 133),
    "screenspot_pro.qwen2.5-vl-7b.many-functions": (200, 19, 19),
    "screenspot_pro.qwen2-vl-7b.boxes": (300, 6, 6),
    "screenspot_web.qwen3-vl-4b": (218, 197, 196),
}
"""How many items, hits of the source, and at least how many of ours: a better reader reads more."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_hits_that_the_sources_count_are_counted_again(name: str) -> None:
    items, theirs, ours = PUBLISHED[name]
    done = screenhand("score", sample(f"replies/{name}.jsonl"), "--replies", "auto", "--protocol", "screenspot")
    assert done.returncode == 0, done.stderr
    counted = re.search(r"of (\d+) that the source judged, hits: (\d+) theirs, (\d+) ours", done.stdout)
    assert counted, done.stdout
    assert (int(counted[1]), int(counted[2])) == (items, theirs)
    assert ours <= int(counted[3]) <= theirs + 3


def line(reply: str, **more: Any) -> dict[str, Any]:
    fields = {"model": "Qwen2.5-VL-3B", "image_size": [1092, 1092], "gold": {"bbox_xyxy": [100, 100, 200, 200]}}
    return fields | {"reply": reply} | more


def read(tmp_path: Path, *lines: dict[str, Any]) -> list[tuple[Prediction, bool | None]]:
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return [(each.prediction, each.reported) for each in replies_in(tmp_path / "r.jsonl")]


def test_a_move_is_an_answer_too_and_a_box_of_the_original_picture_is_brought_to_the_one_shown(tmp_path: Path) -> None:
    point = '[{"point_2d": [150, 160], "label": "x"}]'
    call = '<tool_call>\n{"name": "computer_use", "arguments": {"action": "type", "text": "hello"}}\n</tool_call>'
    found = read(
        tmp_path,
        line(point, reported={"pred_coord": [150, 160]}),
        line(call, reported={"correctness": "wrong_format"}),
        line(point, reported={"original_size": [2184, 2184], "correct": False}),
        line(point, gold={"action": "click"}),
    )
    click = Click(Point(150, 160))
    assert [prediction.move for prediction, _ in found] == [click, TypeText("hello"), click]
    assert [reported for _, reported in found] == [True, False, False]
    assert found[2][0].gold.answer.areas[0].right == 100, "half of 200"
    assert len(found) == 3, "a line without a box has nothing to hit"


HOSTILE: dict[str, dict[str, Any]] = {
    "no size": {"image_size": None},
    "no picture at all": {"image_size": [0, 0]},
    "a huge picture": {"image_size": [10**9, 10**9]},
    "a sliver": {"image_size": [100_000, 1]},
    "a box of three": {"gold": {"bbox_xyxy": [1, 2, 3]}},
    "a box of words": {"gold": {"bbox_xyxy": ["a", "b", "c", "d"]}},
    "no reply": {"reply": None},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_that_cannot_be_meant_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(Untrusted, match=r"r\.jsonl line 2"):
        read(tmp_path, line("[]"), line("[]") | HOSTILE[name])


def test_an_unknown_dialect_lists_the_known_ones(tmp_path: Path) -> None:
    read(tmp_path, line("[]"))
    done = screenhand("score", tmp_path / "r.jsonl", "--replies", "klingon")
    assert done.returncode == 2
    assert "qwen2.5-vl" in done.stderr + done.stdout
