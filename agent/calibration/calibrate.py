"""Shows a model charts, asks where each cross is, and judges in which numbers it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.calibration.chart import SIZES, Cross, chart
from agent.calibration.space_fit import CalibrationFailed, PointAnswer, SpaceFit, fit_space
from agent.dialects.dialect import Dialect
from agent.dialects.fit import Fit
from agent.dialects.sizes import Size
from agent.dialects.whole_reply import is_over
from agent.models.chat import ChatModel, Picture

LONGEST = 256  # tokens of an answer: a point takes 30, a thought before it is welcome

UNIT = 10_000
FAR = 100_000
"""Answers are read as if pictures were 100,000 wide, in ten-thousandths: no number is out of bounds, 0.1234 is told."""

Progress = Callable[[int, int], None]
"""Called with how many questions are answered, and of how many."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found, and from how many of the questions that were asked."""

    fit: SpaceFit
    answered: int
    asked: int


def calibrate(model: ChatModel, dialect: Dialect, progress: Progress = lambda done, of: None) -> Calibration:
    """In which space `model` points when it is asked in the words of `dialect`.

    The charts are sent as they are: the sizes of the dialect, which servers leave alone, would hide what servers do to
    others. No grammar holds the answers inside the picture, for the same reason. Raises `CalibrationFailed`,
    `ModelFailed` or `Stopped`.
    """
    charts = [chart(size, seed) for seed, size in enumerate(SIZES, 1)]
    questions = [(shown, cross) for shown in charts for cross in shown.crosses]
    answers, complaints = [], []
    pictures = {shown.size: Picture(shown.pixels) for shown in charts}
    for number, (shown, cross) in enumerate(questions, 1):
        try:
            numbers = _numbers(model, dialect, pictures[shown.size], cross)
            answers.append(PointAnswer(str(cross), shown.size, cross.at, numbers))
        except ValueError as error:
            complaints.append(str(error))
        progress(number, len(questions))
    try:
        found = fit_space(answers, dialect.space)
    except CalibrationFailed as error:
        unread = f"; {len(complaints)} of {len(questions)} answers were none: {complaints[0]}" if complaints else ""
        raise CalibrationFailed(f"{error}{unread}") from error
    return Calibration(found, len(answers), len(questions))


def _numbers(model: ChatModel, dialect: Dialect, picture: Picture, cross: Cross) -> tuple[float, float]:
    """The model's own numbers. Raises `ValueError` when it gives none."""
    size: Size = picture.size
    as_usual = Fit(size, size, dialect.space.extent(size), dialect.space.whole_pixels)
    asked = dialect.ask_where(f"the middle of {cross}", picture, as_usual, boxes=False)
    reply = model.complete(asked.messages, max_tokens=LONGEST)
    if not is_over(reply):
        raise ValueError(f"the answer was cut off after {reply.usage.completion} tokens")
    places = dialect.read_where(reply.text, Fit((FAR * UNIT, FAR * UNIT), size, (FAR, FAR), whole_pixels=False))
    if not places:
        raise ValueError(f"it does not see {cross}")
    return places[0].at.x / UNIT, places[0].at.y / UNIT
