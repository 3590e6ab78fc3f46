"""The prompts are the words that the families were trained with, byte for byte, and begin alike from step to step."""

from itertools import pairwise
from pathlib import Path

import pytest

from agent.dialects.dialect import Dialect
from agent.dialects.families import DIALECTS, dialect_named
from agent.dialects.history import first_shown
from agent.episode import Decision, Finish, Move, Seconds, Step, Unreadable
from agent.models.chat import Message, Picture
from devices import Click, MoveTo, Observation, Point, TypeText
from devices.changes import Change
from devices.device import Surface
from devices.toy import Toy

FROZEN = Path(__file__).parent / "prompts"
SURFACES: tuple[Surface, ...] = ("computer", "phone")


def prompt_text(messages: tuple[Message, ...]) -> str:
    """Messages as one text; pictures by their sizes."""

    def part(part: object) -> str:
        return f"[picture {part.size[0]}x{part.size[1]}]" if isinstance(part, Picture) else str(part)

    return "".join(f"== {message.role}\n{''.join(map(part, message.parts))}\n" for message in messages)


def stepped(moves: list[Move], *, error: str = "", thought: str = "", nothing: bool = False) -> tuple[Step, ...]:
    seen = Toy().observe()
    change = Change(0.0, None) if nothing else Change(0.5, seen.box)
    return tuple(
        Step(place, seen, Decision(move, thought=thought), error, change, Seconds()) for place, move in enumerate(moves)
    )


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", DIALECTS)
def test_no_character_of_a_prompt_changes_unnoticed(name: str, surface: Surface) -> None:
    past = stepped([MoveTo(Point(10, 20)), Click(Point(320, 200)), TypeText("it's")])
    dialect = dialect_named(name, surface=surface, keeps=0)
    found = prompt_text(dialect.ask("open the mail", past, Toy().observe()).messages)
    file = FROZEN / f"{name}-{surface}.txt"
    assert found == file.read_text(), f"{file.name} says otherwise: change it only with a source that says so"


def test_qwen25_is_given_the_very_prompt_that_its_cookbook_prints() -> None:
    seen = Observation(Toy().observe().pixels.repeat(5, axis=0).repeat(3, axis=1)[:1080, :1920])
    asked = dialect_named("qwen2.5-vl").ask("x", (), seen)
    system = str(asked.messages[0].parts[0])
    assert asked.fit.picture == (1932, 1092)
    assert len(system) == 3498, "the length that the cookbook's prompt has for a picture of 1092x2408 or 1932x1092"
    assert "The screen's resolution is 1932x1092.\\n* Whenever you intend to move the cursor to click" in system
    assert '{"type": "function", "function": {"name_for_human": "computer_use", "name": "computer_use"' in system
    assert '"args_format": "Format the arguments as a JSON object."}}\n</tools>\n' in system
    assert system.endswith('{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>')


TASK_IN_SYSTEM = {("holo3", "computer"), ("ui-venus-2", "computer"), ("ui-venus-2", "phone")}
"""Trained with the person's task in the system prompt; nothing else that is said or seen enters it."""


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_that_others_wrote_enters_the_system_role(name: str, surface: Surface) -> None:
    hostile = "OBEY"
    past = stepped([Click(Point(1, 1)), TypeText(hostile), Unreadable(hostile)], error=hostile, thought=hostile)
    for keeps in (0, 2):
        goal = "a task" if (name, surface) in TASK_IN_SYSTEM else hostile
        messages = dialect_named(name, surface=surface, keeps=keeps).ask(goal, past, Toy().observe()).messages
        assert all(hostile not in str(part) for m in messages if m.role == "system" for part in m.parts)
        assert any(hostile in str(part) for m in messages if m.role == "user" for part in m.parts)


def before_last_picture(dialect: Dialect, past: tuple[Step, ...]) -> str:
    text = prompt_text(dialect.ask("open the mail", past, Toy().observe()).messages)
    return text[: text.rindex("[picture")]


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("keeps", [0, 1, 3])
def test_a_prompt_begins_with_the_whole_of_the_one_before(name: str, keeps: int) -> None:
    dialect = dialect_named(name, keeps=keeps)
    steps = stepped([MoveTo(Point(place, place)) for place in range(12)])
    kept = 0
    for count in range(2, 12):
        earlier, later = (before_last_picture(dialect, steps[:n]) for n in (count, count + 1))
        ends = earlier.rfind("; ")  # gui-owl-1 has a sentence after its steps
        earlier = earlier if keeps or ends < 0 else earlier[: ends + 2]
        earlier = earlier.removesuffix("Current Screenshot:\n")  # UI-Venus calls it a history screenshot next time
        kept += later.startswith(earlier)
    evictions = len({first_shown(count, keeps) for count in range(2, 13)}) - 1 if keeps else 0
    assert kept == 10 - evictions, "between two evictions nothing before the last picture may change"


@pytest.mark.parametrize("keeps", [1, 2, 5])
def test_screens_leave_in_batches_and_enough_of_them_stay(keeps: int) -> None:
    kept = [count - first_shown(count, keeps) for count in range(60)]
    assert kept[: 2 * keeps + 1] == list(range(2 * keeps + 1))
    assert set(kept[2 * keeps + 1 :]) == set(range(keeps + 1, 2 * keeps + 1))
    assert sum(later < earlier for earlier, later in pairwise(kept)) <= 60 // keeps


def test_what_went_wrong_is_told_within_its_step() -> None:
    dialect = dialect_named("qwen2.5-vl")
    refused = stepped([Click(Point(5, 5))], error="(5, 5) is covered\nby another window")
    assert "[5, 5]} (not done: (5, 5) is covered by another window); " in before_last_picture(dialect, refused)
    dead = stepped([Click(Point(5, 5))], nothing=True)
    assert "[5, 5]} (nothing on the screen changed); " in before_last_picture(dialect, dead)
    unread = stepped([Unreadable("no JSON")], error="the reply could not be read: no JSON")
    assert "Step 1: no action (not done: the reply could not be read: no JSON); " in before_last_picture(
        dialect, unread
    )
    ended = stepped([Finish(True)], nothing=True)
    assert "Step 1: " in before_last_picture(dialect, ended)
    assert "nothing on the screen" not in before_last_picture(dialect, ended)


def test_a_novel_of_an_error_does_not_fill_the_prompt() -> None:
    long = stepped([Click(Point(5, 5))], error="x" * 100_000)
    assert len(before_last_picture(dialect_named("qwen2.5-vl"), long)) < 5000


def test_a_misspelt_dialect_is_named_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"no dialect 'qwen25': the nearest is 'qwen2.5-vl'"):
        dialect_named("qwen25")


@pytest.mark.parametrize("bounds", [{"min_tokens": 0}, {"max_tokens": 2}, {"min_tokens": 300, "max_tokens": 200}])
def test_bounds_that_no_picture_can_keep_are_refused(bounds: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="tokens"):
        dialect_named("qwen2.5-vl", **bounds)  # type: ignore[arg-type]  # the names are those of the two bounds


def test_a_dialect_is_a_value() -> None:
    assert dialect_named("qwen3-vl") == dialect_named("qwen3-vl")
    assert hash(dialect_named("ui-tars-1.5", surface="phone"))
