"""The frames of a film: the pointer comes, the action is drawn, and the screen stays long enough to be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from agent.episode import Episode, Finish, Step
from agent.moves import describe_decision, points_of_move
from agent.playback.action_marks import Projection, draw_action, draw_pointer
from agent.playback.captions import draw_caption
from agent.playback.fonts import font_for, wrap
from agent.playback.frame_layout import BRIGHT, GROUND, SOFT, FrameLayout, PanelText
from agent.playback.overlay import XY
from agent.playback.speed import PlaybackSpeed
from agent.recordings.images import NoPicture
from agent.recordings.reader import Recording
from agent.safe_text import safe_line
from devices import Observation, TypeText

LEAD = 0.35
"""The share of a step's time in which its screen is seen before anything is done on it."""


@dataclass(frozen=True, slots=True)
class FilmFrame:
    """A picture, RGB, and the seconds it is shown; `last` is whether its step ends with it."""

    picture: Image.Image
    seconds: float
    last: bool = False


def frames_of(recording: Recording, layout: FrameLayout, speed: PlaybackSpeed, *, tick: float) -> Iterator[FilmFrame]:
    """The frames of `recording` on `layout`; what moves is drawn every `tick` seconds, or once where it is 0.

    A picture that did not come with the data is replaced by a notice. Raises `BadRecording` for one that cannot be
    believed.
    """
    episode, pointer = recording.episode, None
    finger = is_upright(episode)
    for step, seconds in zip(episode.steps, speed.step_seconds(episode), strict=True):
        panel_text = PanelText(
            episode.goal,
            step.index + 1,
            len(episode.steps),
            step.decision.instruction,
            describe_decision(step.decision),
            step.error,
            step.decision.thought,
        )
        screen = _screen(step.seen, layout)
        projection = Projection(step.seen.size, screen.size, finger)
        background = layout.background(panel_text)
        yield from _step(step, layout, background, screen, projection, pointer, seconds, tick)
        touched = points_of_move(step.decision.move)
        pointer = projection.at(touched[-1]) if touched else pointer
    if episode.final and not (episode.steps and isinstance(episode.steps[-1].decision.move, Finish)):
        count = len(episode.steps)
        panel_text = PanelText(episode.goal, count, count, episode.ending.words, "", episode.reason)
        background = layout.background(panel_text)
        layout.put(background, _screen(episode.final, layout))
        yield FilmFrame(background, speed.seconds_per_step or 2.0 / speed.factor)


def _step(
    step: Step,
    layout: FrameLayout,
    background: Image.Image,
    screen: Image.Image,
    projection: Projection,
    pointer: XY | None,
    seconds: float,
    tick: float,
) -> Iterator[FilmFrame]:
    move = step.decision.move
    points = points_of_move(move)
    target = projection.at(points[0]) if points else None
    lead, act = seconds * LEAD, min(0.5, seconds * 0.25)
    if isinstance(move, TypeText):
        act = min(seconds * 0.45, 0.06 * len(move.text))

    def frame(picture: Image.Image, length: float) -> FilmFrame:
        whole = background.copy()
        layout.put(whole, picture)
        return FilmFrame(whole, length)

    glide = min(0.5, lead * 0.7) if tick and pointer and target and pointer != target and not projection.finger else 0.0
    still = screen.copy()
    if pointer and not projection.finger:
        draw_pointer(still, projection, pointer)
    yield frame(still, lead - glide)
    for at in _ticks(glide, tick):
        moved = screen.copy()
        assert pointer is not None  # noqa: S101 - it does not glide from nowhere
        assert target is not None  # noqa: S101 - nor to nowhere
        s = at * at * (3 - 2 * at)
        draw_pointer(
            moved,
            projection,
            (pointer[0] + (target[0] - pointer[0]) * s, pointer[1] + (target[1] - pointer[1]) * s),
        )
        yield frame(moved, tick)
    spent = 0.0
    for at in _ticks(act, tick):
        yield frame(_with_action(screen, step, projection, pointer, at), tick)
        spent += tick
    yield replace(
        frame(_with_action(screen, step, projection, pointer, 1.0), max(seconds - lead - spent, tick)), last=True
    )


def _with_action(
    screen: Image.Image, step: Step, projection: Projection, pointer: XY | None, done: float
) -> Image.Image:
    picture, move = screen.copy(), step.decision.move
    if pointer and not projection.finger and not points_of_move(move):
        draw_pointer(picture, projection, pointer)
    draw_action(picture, projection, move, done)
    draw_caption(picture, move, done)
    return picture


def _ticks(seconds: float, tick: float) -> Iterator[float]:
    """Shares of `seconds` that have passed, a tick apart, none of them the whole."""
    count = int(seconds / tick) if tick else 0
    yield from ((place + 0.5) / count for place in range(count))


def _screen(seen: Observation, layout: FrameLayout) -> Image.Image:
    """The picture of `seen` as large as the layout has room for, or words in its place where there is none."""
    size = layout.fit(seen.size)
    try:
        return screenshot_image(seen, size)
    except NoPicture as why:
        return _notice(str(why), size)


def _notice(why: str, size: tuple[int, int]) -> Image.Image:
    blank = Image.new("RGB", size, GROUND)
    draw, height = ImageDraw.Draw(blank), max(14, size[0] // 40)
    rows = wrap(safe_line(why), font_for("", height), size[0] * 0.8, 4)
    for place, line in enumerate(rows):
        y = size[1] / 2 + (place - len(rows) / 2) * height * 1.5
        draw.text((size[0] / 2, y), line, SOFT if place else BRIGHT, font_for(line, height), anchor="mm")
    return blank


def screenshot_image(seen: Observation, size: tuple[int, int]) -> Image.Image:
    """The picture of `seen`, RGB, at `size`. Raises `BadRecording`, and `NoPicture` where it has none."""
    return Image.fromarray(seen.pixels).resize(size, Image.Resampling.LANCZOS)


def is_upright(episode: Episode) -> bool:
    """Whether most screens are higher than wide, as a phone's are: a finger is drawn then, not a pointer."""
    tall = sum(step.seen.height > step.seen.width for step in episode.steps)
    return tall * 2 > len(episode.steps)
