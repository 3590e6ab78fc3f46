"""AgentNetBench: a JSON file per desktop episode, with target boxes and alternative answers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from agent.episode import Finish, Move
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.importers.imported_episode import ImportedEpisode, ImportedStep, json_files, load_screenshot
from agent.recordings.untrusted import Untrusted, read_bytes, read_json, validated
from agent.validation import ForeignRecord, Many
from devices import Click, Drag, MoveTo, Observation, Point, Press, Scroll, TypeText, Wait

Kind = Literal[
    "click", "doubleClick", "rightClick", "tripleClick", "middleClick", "moveTo", "dragTo", "write", "press", "hotkey",
    "scroll", "hscroll", "wait", "terminate",
]  # fmt: skip
CLICKS: dict[str, tuple[Literal["left", "right", "middle"], int]] = {
    "click": ("left", 1),
    "doubleClick": ("left", 2),
    "tripleClick": ("left", 3),
    "rightClick": ("right", 1),
    "middleClick": ("middle", 1),
}


class AgentNetPosition(ForeignRecord):
    """As shares of the screenshot's width and height."""

    x: float
    y: float


class AgentNetParams(ForeignRecord):
    position: AgentNetPosition | None = None
    text: str | None = None
    content: str | None = None
    keys: tuple[str, ...] | str = ()
    amount: float = 0.0
    status: str = ""


class AgentNetBox(ForeignRecord):
    """Left, top, width, height, as shares of the screenshot."""

    rel_bbox: tuple[float, float, float, float]


class AgentNetMetadata(ForeignRecord):
    bboxes: Many[AgentNetBox] = ()


class AgentNetAction(ForeignRecord):
    type: Kind
    params: AgentNetParams
    metadata: AgentNetMetadata = AgentNetMetadata()


class AgentNetMonologue(ForeignRecord):
    thought: str = ""
    low_level_instruction: str = ""


class AgentNetStep(ForeignRecord):
    image: str
    action: str = ""
    inner_monologue: AgentNetMonologue = AgentNetMonologue()
    ground_truth_actions: Many[AgentNetAction]
    alternative_options: Many[Many[AgentNetAction]] = ()


class AgentNetEpisode(ForeignRecord):
    task_id: str
    high_level_task_description: str
    steps: Many[AgentNetStep]


def episodes(source: Path) -> Iterator[ImportedEpisode]:
    """The episodes in `source`, a file or a folder of files, with their pictures in `images/`. Raises `Untrusted`."""
    for file in json_files(source):
        document = read_json(read_bytes(file.parent, file.name), str(file))
        episode = validated(AgentNetEpisode.model_validate, document, str(file))
        steps = tuple(
            each for at, step in enumerate(episode.steps) for each in _steps(file.parent, step, f"{file} step {at}")
        )
        goal = episode.high_level_task_description
        yield ImportedEpisode(episode.task_id, goal, "agentnetbench", "agentnet", "computer", steps)


def _steps(folder: Path, step: AgentNetStep, where: str) -> Iterator[ImportedStep]:
    """A step of ours for each move; several moves made on one screenshot share it."""
    seen = load_screenshot(folder, f"images/{step.image}")
    answers = _answers(step.ground_truth_actions, seen, where)
    others = [_answers(option, seen, where) for option in step.alternative_options]
    for at, answer in enumerate(answers):
        alternatives = tuple(each[at] for each in others if len(each) == len(answers))
        monologue = step.inner_monologue
        gold = Gold((answer, *alternatives), seen.size)
        yield ImportedStep(seen, gold, monologue.low_level_instruction, monologue.thought, step.action)


def _answers(actions: Sequence[AgentNetAction], seen: Observation, where: str) -> list[GoldAnswer]:
    """The gold answers for `actions`: moving there and scrolling is one move of ours, and so are writing and Enter."""
    answers: list[GoldAnswer] = []
    for action in actions:
        move, areas = _move(action, answers, seen.size, where), _areas(action, seen.size)
        match answers[-1:], move:
            case [GoldAnswer(MoveTo(), areas=before)], Scroll() | Drag():
                answers[-1] = GoldAnswer(move, before)
            case [GoldAnswer(TypeText(text))], Press(("enter",) | ("return",)):
                answers[-1] = GoldAnswer(TypeText(text + "\n"))
            case _:
                answers.append(GoldAnswer(move, areas))
    return answers


def _move(action: AgentNetAction, before: Sequence[GoldAnswer], size: tuple[int, int], where: str) -> Move:
    params = action.params
    point = _point(params.position, size) if params.position else None
    text = params.text if params.text is not None else params.content
    match action.type, point:
        case ("click" | "doubleClick" | "tripleClick" | "rightClick" | "middleClick") as kind, Point() as at:
            return Click(at, *CLICKS[kind])
        case "moveTo", Point() as at:
            return MoveTo(at)
        case "dragTo", Point() as at if before and isinstance(before[-1].move, MoveTo):
            return Drag((before[-1].move.at, at))
        case "scroll", _ if point or (before and isinstance(before[-1].move, MoveTo)):
            at = point or next(each.move.at for each in before[-1:] if isinstance(each.move, MoveTo))
            return Scroll(at, "up" if params.amount > 0 else "down", max(1, min(100, abs(round(params.amount)))))
        case "hscroll", Point() as at:
            return Scroll(at, "right" if params.amount > 0 else "left", max(1, min(100, abs(round(params.amount)))))
        case "write", _ if text is not None:
            return TypeText(text)
        case "press" | "hotkey", _ if params.keys:
            return Press((params.keys,) if isinstance(params.keys, str) else params.keys)
        case "wait", _:
            return Wait()
        case "terminate", _:
            return Finish(params.status == "success")
    raise Untrusted(f"{where}: {action.type} lacks its position, text or keys")


def _point(at: AgentNetPosition, size: tuple[int, int]) -> Point:
    return Point(round(max(-9.0, min(9.0, at.x)) * size[0]), round(max(-9.0, min(9.0, at.y)) * size[1]))


def _areas(action: AgentNetAction, size: tuple[int, int]) -> tuple[Area, ...]:
    boxes = (each.rel_bbox for each in action.metadata.bboxes)
    width, height = size
    return tuple(Area(x * width, y * height, (x + w) * width, (y + h) * height) for x, y, w, h in boxes)
