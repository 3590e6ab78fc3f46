"""The embedded default policy: at which instruction we are follows from the past, what to do from the screen."""

from agent.builtin.answers import answer
from agent.builtin.doing import anywhere, on_phone
from agent.builtin.instructions import (
    Target,
    Tell,
)
from agent.builtin.missing import PATIENCE, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.parts import (
    Part,
    parts,
    said,
)
from agent.builtin.phone.account import account
from agent.builtin.phone.before import before_all
from agent.builtin.phone.drawn import Drawn
from agent.builtin.phone.reading import phone_parts
from agent.builtin.phone.telling import look_for, told
from agent.builtin.phone.widgets import is_phone, pressed_at, widgets
from agent.builtin.progress import fresh, place_of, progress
from agent.builtin.reader import Reader
from agent.builtin.sentences import instructions
from agent.builtin.targets import Sight
from agent.episode import Decision, Finish, Past
from devices import Box, Observation, Point, Wait


class Builtin:
    """Carries out goals written as instructions, with what it can read on the screen; needs no model to download.

    What it keeps between decisions only saves reading: any step can be asked again alone, with the same answer.
    """

    name = "builtin"

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()
        self._drawn = Drawn(self._reader.read)

    def read_text(self, seen: Observation) -> str:
        """What is written on `seen`, row by row from top to bottom."""
        return str(self._reader.read(seen))

    def label_at(self, seen: Observation, point: Point) -> str:
        """What is written at `point`: the label of the button around it, else the line; "" when nothing is."""
        if (widget := pressed_at(point, seen)) is not None:
            return widget.text
        text = self._reader.read(seen)
        around = [f for f in text.frames if point in f and f.height <= 70 and f.width <= 400]
        for box in sorted(around, key=lambda frame: frame.width * frame.height):
            if inside := str(text.within(box)):
                return inside.replace("\n", " ")
        near = (line.text for line in text.lines if point in _grown(line.box))
        return next(near, "")

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        """The next move. Raises `NotUnderstood` before anything is touched, `PolicyFailed` without the OCR model."""
        phone = is_phone(past[0].seen if past else seen)
        asked = instructions(goal, phone)
        plan = [
            (f"{i}.{j}/{len(asked)}" if len(own) > 1 else f"{i}/{len(asked)}", part)
            for i, own in enumerate(map(phone_parts if phone else parts, asked), 1)
            for j, part in enumerate(own, 1)
        ]
        labels = [label for label, _ in plan]
        at, tries = progress(labels, past)
        answers: list[str] = [text for text in self._told(plan, labels, at, past) if text]
        sight = Sight(seen, self._reader.read, fresh(past))
        while at < len(plan):
            label, part = plan[at]
            shown = f"{label} {said(part)}"
            turn = Turn(sight, tries, at + 1 < len(plan), past)
            if phone and (first := before_all(part, goal, turn)):
                return Decision(first.move, shown if isinstance(first.move, Wait) else "", first.why)
            if phone and not widgets(sight.seen):
                turn = self._drawn.turn(turn)
                sight = turn.sight
            if isinstance(part, Tell):
                text = _answer(part, sight)
                outcome = self._awaited(part, text, turn)
                if text is not None:
                    answers.append(text)
            else:
                outcome = on_phone(part, turn) if phone else anywhere(part, turn)
            match outcome:
                case Act(move, why):
                    return Decision(move, shown, why)
                case Failed(why):
                    return Decision(Finish(False, f"{said(part)}: {why}"), shown, why)
            at, tries = at + 1, ()
        final = "\n".join(answers) or (account(asked, past) if phone else "")
        return Decision(Finish(True, final), f"{len(asked)}/{len(asked)} done", "every instruction is done")

    def _awaited(self, part: Tell, text: str | None, turn: Turn) -> Outcome:
        if text is not None:
            return Done()
        if is_phone(turn.sight.seen) and (turn.acts or turn.waits):
            return look_for(part, turn)
        if turn.waits < len(PATIENCE):
            return Act(Wait(PATIENCE[turn.waits]), f"nothing reads like {part.what!r} yet")
        return Failed(f"nothing reads like {part.what!r}; {surroundings(Target(part.what or 'text'), turn)}")

    def _told(self, plan: list[tuple[str, Part]], labels: list[str], at: int, past: Past) -> list[str]:
        """The answers of parts that are over, read again from the screens they were read on."""
        told = []
        for index, (_, part) in enumerate(plan[:at]):
            if not isinstance(part, Tell):
                continue
            for number, step in enumerate(past):
                place = place_of(labels, step)
                if place is not None and place > index:
                    sight = Sight(step.seen, self._reader.read, fresh(past[:number]))
                    told.append(_answer(part, sight) or "")
                    break
        return told


def _grown(box: Box) -> Box:
    return Box(box.left - 6, box.top - 6, box.right + 6, box.bottom + 6)


def _answer(part: Tell, sight: Sight) -> str | None:
    return told(part, sight) if is_phone(sight.seen) else answer(part, sight)
