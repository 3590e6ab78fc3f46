"""Icons without names are known by their tooltips, and what a tooltip does is no proof of a click."""

from agent.builtin import Builtin, Reader
from agent.episode import Ending, Episode
from agent.loop import run_episode
from devices import Action, ActionRefused, Box, Click, MoveTo, Observation, Point, Wait
from tests.doubles.drawn import Drawn

ICONS = {"Remove plant": Box(40, 40, 70, 70), "Water bed": Box(90, 40, 120, 70), "Save plan": Box(140, 40, 170, 70)}
HOLE = Box(11, 11, 19, 19)


class Toolbar:
    """Three icons that say what they are when the pointer rests on them before a click; a `deaf` one does nothing."""

    name = "toolbar"

    def __init__(self, deaf: str = "") -> None:
        self.pressed: list[str] = []
        self._deaf, self._pointer, self._tip, self._clicked = deaf, Point(600, 390), "", False

    def observe(self) -> Observation:
        drawn = Drawn().text("Ready" if not self.pressed else f"Did {self.pressed[-1]}", 40, 300)
        for box in ICONS.values():
            drawn.frame(box, "#e6e8ea")
            inner = Box(*(a + b for a, b in zip((box.left, box.top) * 2, (HOLE.left, HOLE.top, 19, 19), strict=True)))
            drawn.frame(inner, "#a03030")
        if self._tip:
            left, top = self._pointer.x + 8, self._pointer.y + 30
            drawn.frame(Box(left, top, left + 120, top + 26), "#ffffe0").text(self._tip, left + 6, top + 4)
        return drawn.seen

    def perform(self, action: Action) -> None:
        match action:
            case MoveTo(at):
                self._pointer, self._tip, self._clicked = at, "", False
            case Wait() if not self._clicked:
                self._tip = self._here()
            case Wait():
                pass
            case Click(at):
                self._pointer, self._tip, self._clicked = at, "", True
                if (name := self._here()) and name != self._deaf:
                    self.pressed.append(name)
            case _:
                raise ActionRefused("a toolbar takes only the pointer")

    def close(self) -> None:
        pass

    def _here(self) -> str:
        return next((name for name, box in ICONS.items() if self._pointer in box), "")


def pursued(goal: str, toolbar: Toolbar) -> Episode:
    return run_episode(goal, toolbar, Builtin(Reader()))


def test_an_icon_is_found_by_its_tooltip() -> None:
    toolbar = Toolbar()
    episode = pursued("click the 'Water bed' icon", toolbar)
    assert (episode.ending, toolbar.pressed) == (Ending.FINISHED, ["Water bed"]), episode.answer


def test_a_tooltip_that_goes_is_no_effect_of_a_click() -> None:
    episode = pursued("click the 'Save plan' icon", Toolbar(deaf="Save plan"))
    assert episode.ending is Ending.GAVE_UP
    assert "nothing changed" in episode.answer


def test_what_no_icon_says_is_not_clicked() -> None:
    toolbar = Toolbar()
    assert pursued("click the 'Fertilise' icon", toolbar).ending is Ending.GAVE_UP
    assert toolbar.pressed == []
