"""A recording as frames, one after another: the hand comes, does what it did, and the screen is left to be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from agent.episode import Episode, Finish, Move, Step, Unreadable
from agent.moves import describe_move
from agent.playback.captions import speak
from agent.playback.lettering import font_for, lines, plain
from agent.playback.marks import Lens, mark, pointer
from agent.playback.overlay import At
from agent.playback.pacing import Pace
from agent.playback.stage import BRIGHT, GROUND, SOFT, Caption, Stage
from agent.recordings.images import NoPicture
from agent.recordings.reader import Recording
from devices import Observation, Point, TypeText
from devices.actions import points_of

LEAD = 0.35
"""The share of a step's time in which its screen is seen before anything is done on it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture, RGB, and for how long it is shown. `last` is whether its step ends with it."""

    picture: Image.Image
    seconds: float
    last: bool = False


def frames_of(recording: Recording, stage: Stage, pace: Pace, *, tick: float) -> Iterator[Frame]:
    """The frames of `recording` on `stage`; what moves is drawn every `tick` seconds, or once where it is 0.

    Raises `BadRecording` for a picture that cannot be believed; one that did not come with its data is said to be
    missing.
    """
    episode, hand = recording.episode, None
    phone = by_finger(episode)
    for step, seconds in zip(episode.steps, pace.seconds_of(episode), strict=True):
        caption = Caption(
            episode.goal,
            step.index + 1,
            len(episode.steps),
            step.decision.instruction,
            describe_move(step.decision.move),
            step.error,
            step.decision.thought,
        )
        screen = _screen(step.seen, stage)
        lens = Lens(step.seen.size, screen.size, phone)
        ground = stage.ground(caption)
        yield from _step(step, stage, ground, screen, lens, hand, seconds, tick)
        touched = pointed(step.decision.move)
        hand = lens.at(touched[-1]) if touched else hand
    if episode.final and not (episode.steps and isinstance(episode.steps[-1].decision.move, Finish)):
        ended = episode.ending.replace("_", " ")
        caption = Caption(episode.goal, len(episode.steps), len(episode.steps), ended, "", episode.reason)
        ground = stage.ground(caption)
        stage.put(ground, _screen(episode.final, stage))
        yield Frame(ground, pace.each or 2.0 / pace.speed)


def _step(
    step: Step,
    stage: Stage,
    ground: Image.Image,
    screen: Image.Image,
    lens: Lens,
    hand: At | None,
    seconds: float,
    tick: float,
) -> Iterator[Frame]:
    move = step.decision.move
    points = pointed(move)
    target = lens.at(points[0]) if points else None
    lead, acting = seconds * LEAD, min(0.5, seconds * 0.25)
    if isinstance(move, TypeText):
        acting = min(seconds * 0.45, 0.06 * len(move.text))

    def shown(picture: Image.Image, length: float) -> Frame:
        frame = ground.copy()
        stage.put(frame, picture)
        return Frame(frame, length)

    gliding = min(0.5, lead * 0.7) if tick and hand and target and hand != target and not lens.finger else 0.0
    still = screen.copy()
    if hand and not lens.finger:
        pointer(still, lens, hand)
    yield shown(still, lead - gliding)
    for at in _ticks(gliding, tick):
        gone = screen.copy()
        assert hand is not None  # noqa: S101 - it does not glide from nowhere
        assert target is not None  # noqa: S101 - nor to nowhere
        s = at * at * (3 - 2 * at)
        pointer(gone, lens, (hand[0] + (target[0] - hand[0]) * s, hand[1] + (target[1] - hand[1]) * s))
        yield shown(gone, tick)
    spent = 0.0
    for at in _ticks(acting, tick):
        yield shown(_acted(screen, step, lens, hand, at), tick)
        spent += tick
    yield replace(shown(_acted(screen, step, lens, hand, 1.0), max(seconds - lead - spent, tick)), last=True)


def _acted(screen: Image.Image, step: Step, lens: Lens, hand: At | None, done: float) -> Image.Image:
    picture, move = screen.copy(), step.decision.move
    if hand and not lens.finger and not pointed(move):
        pointer(picture, lens, hand)
    mark(picture, lens, move, done)
    speak(picture, move, done)
    return picture


def _ticks(seconds: float, tick: float) -> Iterator[float]:
    """Shares of `seconds` that have passed, a tick apart, none of them the whole."""
    count = int(seconds / tick) if tick else 0
    yield from ((place + 0.5) / count for place in range(count))


def _screen(seen: Observation, stage: Stage) -> Image.Image:
    """The picture of `seen` as large as the stage has room for, or words in its place where there is none."""
    size = stage.fitted(seen.size)
    try:
        return fitted(seen, size)
    except NoPicture as why:
        return _said(str(why), size)


def _said(why: str, size: tuple[int, int]) -> Image.Image:
    blank = Image.new("RGB", size, GROUND)
    draw, height = ImageDraw.Draw(blank), max(14, size[0] // 40)
    rows = lines(plain(why), font_for("", height), size[0] * 0.8, 4)
    for place, line in enumerate(rows):
        y = size[1] / 2 + (place - len(rows) / 2) * height * 1.5
        draw.text((size[0] / 2, y), line, SOFT if place else BRIGHT, font_for(line, height), anchor="mm")
    return blank


def fitted(seen: Observation, size: tuple[int, int]) -> Image.Image:
    """The picture of `seen`, RGB, at `size`. Raises `BadRecording`, and `NoPicture` where it has none."""
    return Image.fromarray(seen.pixels).resize(size, Image.Resampling.LANCZOS)


def pointed(move: Move) -> tuple[Point, ...]:
    """The pixels that `move` touches; none where it is no action."""
    return () if isinstance(move, Finish | Unreadable) else points_of(move)


def by_finger(episode: Episode) -> bool:
    """Whether what was worked is a phone: upright screens are."""
    tall = sum(step.seen.height > step.seen.width for step in episode.steps)
    return tall * 2 > len(episode.steps)
