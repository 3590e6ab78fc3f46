"""What real models said in public result files: read as their publishers read it, and hit where they hit.

The files are samples of larger ones (shared/samples/replies); the whole ones are checked in the same way.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from agent.dialects.families import dialect_named
from agent.dialects.fit import Fit
from agent.dialects.spaces import Absolute, Relative, Space
from agent.episode import Unreadable
from devices import Click, Point, TypeText
from devices.device import Surface
from tests.samples import sample


@dataclass(frozen=True, slots=True)
class Published:
    """A result file, how its replies are read, and what they come to: replies, unreadable, our hits, and theirs."""

    file: str
    dialect: str
    how: str
    space: Space | None = None
    surface: Surface = "computer"

    def replies(self) -> Iterator[dict[str, Any]]:
        for line in (sample("replies") / self.file).read_text("utf-8").splitlines():
            yield json.loads(line)

    def places(self, reply: dict[str, Any]) -> tuple[Any, Fit]:
        """The move or the first place in a reply; the reason in words where there is none."""
        as_sent = 16384 if isinstance(self.space, Absolute) else None  # GUI-R1's sizes are those its model saw
        dialect = dialect_named(self.dialect, surface=self.surface, space=self.space, max_tokens=as_sent)
        fit = dialect.fit((reply["image_size"][0], reply["image_size"][1]))
        if self.how == "read":
            move = dialect.read(reply["reply"], fit, ()).move
            return (move.reason if isinstance(move, Unreadable) else move), fit
        try:
            found = dialect.read_where(reply["reply"], fit)
        except ValueError as error:
            return str(error), fit
        return (Click(found[0].at) if found else "nothing"), fit


ACTIONS = Published("screenspot_pro.qwen2.5-vl-7b.actions-as-functions.jsonl", "qwen2.5-vl", "read")
MANY = Published("screenspot_pro.qwen2.5-vl-7b.many-functions.jsonl", "qwen2.5-vl", "read")
BOXES = Published("screenspot_pro.qwen2-vl-7b.boxes.jsonl", "qwen2-vl", "where")
AGUVIS = Published("screenspot_pro.aguvis.pyautogui.jsonl", "generic", "where", Relative(1))
GUI_R1 = Published("screenspot.gui-r1-3b.jsonl", "qwen2.5-vl", "where", Absolute())
WEB = Published("screenspot_web.qwen3-vl-4b.jsonl", "qwen3-vl", "read")
BROKEN = Published("broken_json.gui-r1.of-136348.jsonl", "generic", "read", Absolute(), "phone")


def their_point(reply: dict[str, Any]) -> Point | None:
    reported = reply["reported"]
    at = reported.get("pred_px") or reported.get("pred_coord")
    return Point(round(at[0]), round(at[1])) if at else None


def is_hit(at: Point | None, gold: dict[str, Any]) -> bool:
    left, top, right, bottom = gold["bbox_xyxy"]
    return at is not None and left <= at.x <= right and top <= at.y <= bottom


def is_their_hit(reply: dict[str, Any]) -> bool:
    reported = reply["reported"]
    if "correct" in reported or "correctness" in reported:
        return bool(reported.get("correct")) or reported.get("correctness") == "correct"
    return is_hit(their_point(reply), reply["gold"])


# (replies, unreadable, our hits, their hits); where theirs are fewer, they could not read a form that we read
HITS = [
    (ACTIONS, (600, 9, 135, 132)),
    (MANY, (200, 9, 19, 19)),
    (BOXES, (300, 7, 6, 6)),
    (AGUVIS, (200, 0, 28, 27)),
    (GUI_R1, (400, 0, 341, 341)),
    (WEB, (218, 2, 197, 197)),
]


@pytest.mark.parametrize(("published", "figures"), HITS, ids=[published.file for published, _ in HITS])
def test_the_published_hits_are_found_again(published: Published, figures: tuple[int, ...]) -> None:
    count = Counter[str]()
    for reply in published.replies():
        found, _ = published.places(reply)
        at = found.at if isinstance(found, Click) else None
        theirs = their_point(reply)
        if at is not None and theirs is not None:
            assert max(abs(at.x - theirs.x), abs(at.y - theirs.y)) <= 2, reply["reply"]
        count["unreadable"] += isinstance(found, str) and found != "nothing"
        count["ours"] += is_hit(at, reply["gold"])
        count["theirs"] += is_their_hit(reply)
        assert is_hit(at, reply["gold"]) or theirs is None or not is_their_hit(reply), "a hit of theirs that we miss"
        count["all"] += 1
    assert tuple(count[name] for name in ("all", "unreadable", "ours", "theirs")) == figures


def test_broken_json_is_read_as_a_person_reads_it() -> None:
    """All that stays unreadable was cut off: two web addresses in an endless repetition, and a thought without end."""
    unreadable = []
    for reply in BROKEN.replies():
        found, fit = BROKEN.places(reply)
        match found:
            case str():
                unreadable.append(reply["reply"])
            case Click(at):
                assert reply["reported"]["pred_action"] == "click"
                assert f"{round(fit.to_answer(at)[0])}, {round(fit.to_answer(at)[1])}" in reply["reply"]
            case TypeText(text):
                assert reply["reported"]["pred_action"] == "type"
                assert text.replace("'", "") in reply["reply"].replace("'", "")
                assert text[-1:] not in ("}", "]", ">")
                assert text.count("'") - 1 <= reply["reply"].count("'")
    assert len(unreadable) == 3
    assert all("pLQYpLQY" in text or "00000000" in text or "</think>" not in text for text in unreadable), unreadable


def test_single_replies_from_issue_threads_are_read_as_they_were_meant() -> None:
    unread = []
    for line in (sample("replies") / "singles.jsonl").read_text("utf-8").splitlines():
        reply = json.loads(line)
        how = reply["as"]
        published = Published("", how["dialect"], how["how"], None, how["surface"])
        found, _ = published.places(reply)
        if isinstance(found, str) is not how["meant"].startswith("nothing"):
            unread.append((how["meant"], reply["reply"][:200], found))
    assert unread == []
