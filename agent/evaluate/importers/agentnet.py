"""AgentNetBench: a JSON file per desktop episode, with target boxes and alternative answers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from agent.episode import Finish, Move
from agent.evaluate.gold import Answer, Area, Gold
from agent.evaluate.importers.imported import Foreign, Imported, ImportedStep, Many, checked, json_files, look
from agent.recordings.untrusted import Untrusted, read_bytes, read_json
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


class Position(Foreign):
    """Shares of the screenshot."""

    x: float
    y: float


class Params(Foreign):
    position: Position | None = None
    text: str | None = None
    content: str | None = None
    keys: tuple[str, ...] | str = ()
    amount: float = 0.0
    status: str = ""


class BoxOfAgentNet(Foreign):
    """Left, top, width, height, as shares of the screenshot."""

    rel_bbox: tuple[float, float, float, float]


class Metadata(Foreign):
    bboxes: Many[BoxOfAgentNet] = ()


class ActionOfAgentNet(Foreign):
    type: Kind
    params: Params
    metadata: Metadata = Metadata()


class Monologue(Foreign):
    thought: str = ""
    low_level_instruction: str = ""


class StepOfAgentNet(Foreign):
    image: str
    action: str = ""
    inner_monologue: Monologue = Monologue()
    ground_truth_actions: Many[ActionOfAgentNet]
    alternative_options: Many[Many[ActionOfAgentNet]] = ()


class EpisodeOfAgentNet(Foreign):
    task_id: str
    high_level_task_description: str
    steps: Many[StepOfAgentNet]


def episodes(source: Path) -> Iterator[Imported]:
    """The episodes in `source`, a file or a folder of files, with their pictures in `images/`. Raises `Untrusted`."""
    for file in json_files(source):
        found: Any = read_json(read_bytes(file.parent, file.name), str(file))
        episode = checked(EpisodeOfAgentNet.model_validate, found, str(file))
        steps = tuple(
            each for at, step in enumerate(episode.steps) for each in _steps(file.parent, step, f"{file} step {at}")
        )
        goal = episode.high_level_task_description
        yield Imported(episode.task_id, goal, "agentnetbench", "agentnet", "computer", steps)


def _steps(folder: Path, step: StepOfAgentNet, where: str) -> Iterator[ImportedStep]:
    """A step of ours for each move: where several were made on one screen, each is seen on that screen."""
    seen = look(folder, f"images/{step.image}")
    answers = _answers(step.ground_truth_actions, seen, where)
    others = [_answers(option, seen, where) for option in step.alternative_options]
    for at, answer in enumerate(answers):
        alternatives = tuple(each[at] for each in others if len(each) == len(answers))
        said = step.inner_monologue
        gold = Gold((answer, *alternatives), seen.size)
        yield ImportedStep(seen, gold, said.low_level_instruction, said.thought, step.action)


def _answers(actions: Sequence[ActionOfAgentNet], seen: Observation, where: str) -> list[Answer]:
    """The moves of ours that `actions` are: moving there and scrolling is one, and so are writing and Enter."""
    answers: list[Answer] = []
    for action in actions:
        move, areas = _move(action, answers, seen.size, where), _areas(action, seen.size)
        match answers[-1:], move:
            case [Answer(MoveTo(), areas=before)], Scroll() | Drag():
                answers[-1] = Answer(move, before)
            case [Answer(TypeText(text))], Press(("enter",) | ("return",)):
                answers[-1] = Answer(TypeText(text + "\n"))
            case _:
                answers.append(Answer(move, areas))
    return answers


def _move(action: ActionOfAgentNet, before: Sequence[Answer], size: tuple[int, int], where: str) -> Move:
    given = action.params
    point = _point(given.position, size) if given.position else None
    text = given.text if given.text is not None else given.content
    match action.type, point:
        case ("click" | "doubleClick" | "tripleClick" | "rightClick" | "middleClick") as kind, Point() as at:
            return Click(at, *CLICKS[kind])
        case "moveTo", Point() as at:
            return MoveTo(at)
        case "dragTo", Point() as at if before and isinstance(before[-1].move, MoveTo):
            return Drag((before[-1].move.at, at))
        case "scroll", _ if point or (before and isinstance(before[-1].move, MoveTo)):
            at = point or next(each.move.at for each in before[-1:] if isinstance(each.move, MoveTo))
            return Scroll(at, "up" if given.amount > 0 else "down", max(1, min(100, abs(round(given.amount)))))
        case "hscroll", Point() as at:
            return Scroll(at, "right" if given.amount > 0 else "left", max(1, min(100, abs(round(given.amount)))))
        case "write", _ if text is not None:
            return TypeText(text)
        case "press" | "hotkey", _ if given.keys:
            return Press((given.keys,) if isinstance(given.keys, str) else given.keys)
        case "wait", _:
            return Wait()
        case "terminate", _:
            return Finish(given.status == "success")
    raise Untrusted(f"{where}: {action.type} lacks its position, text or keys")


def _point(at: Position, size: tuple[int, int]) -> Point:
    return Point(round(max(-9.0, min(9.0, at.x)) * size[0]), round(max(-9.0, min(9.0, at.y)) * size[1]))


def _areas(action: ActionOfAgentNet, size: tuple[int, int]) -> tuple[Area, ...]:
    boxes = (each.rel_bbox for each in action.metadata.bboxes)
    width, height = size
    return tuple(Area(x * width, y * height, (x + w) * width, (y + h) * height) for x, y, w, h in boxes)
