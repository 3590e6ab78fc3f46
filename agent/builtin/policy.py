"""The embedded default policy: the goal gives a plan, the past the place in it, the screen the next move."""

from agent.builtin.commands import commands_of, describe
from agent.builtin.context import StepContext
from agent.builtin.dispatch import on_desktop, on_phone
from agent.builtin.goal_parser import instructions
from agent.builtin.instructions import Tell
from agent.builtin.outcome import Act, Done, Failed
from agent.builtin.phone.dispatch import wait_for_widgets
from agent.builtin.phone.patterns import commands_on_phone
from agent.builtin.phone.permissions import answer_pending, permission_notices
from agent.builtin.plan import PlannedCommand, fresh, index_of, plan_of, progress
from agent.episode import Decision, Finish, Past
from agent.screen.ocr import Reader
from agent.screen.screen import Screen
from agent.screen.widgets import pressed_at
from devices import Box, Observation, Point


class Builtin:
    """Carries out goals written as literal instructions, with what OCR reads on the screen; needs no download.

    What it keeps between decisions only saves reading: any step can be decided again alone, with the same result.
    """

    name = "builtin"

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()

    def read_text(self, seen: Observation) -> str:
        """The text on `seen`, row by row from top to bottom."""
        return str(self._reader.read(seen))

    def label_at(self, seen: Observation, point: Point) -> str:
        """The label at `point`: the text of the button around it, else the line of text; "" when there is none."""
        if (widget := pressed_at(point, seen)) is not None:
            return widget.text
        text = self._reader.read(seen)
        around = [f for f in text.frames if point in f and f.height <= 70 and f.width <= 400]
        for box in sorted(around, key=lambda frame: frame.area):
            if inside := str(text.within(box)):
                return inside.replace("\n", " ")
        return next((line.text for line in text.lines if point in _grown(line.box)), "")

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        """The next move. Raises `NotUnderstood` before anything is touched, `PolicyFailed` without the OCR model."""
        phone = (past[0].seen if past else seen).surface == "phone"
        plan = plan_of(instructions(goal, phone), commands_on_phone if phone else commands_of)
        carry_out = on_phone if phone else on_desktop
        at, tries = progress(plan, past)
        answers = self._earlier_answers(plan, at, past)
        screen = Screen(seen, self._reader.read, fresh(past))
        for planned in plan[at:]:
            command, context = planned.command, StepContext(screen, tries, planned is not plan[-1], past)
            if phone and (late := wait_for_widgets(context)):
                return planned.decision(late.move, late.why)
            if phone and (first := answer_pending(command, goal, context)):
                return Decision(first.move, thought=first.why, target=first.target)
            match carry_out(command, context):
                case Act(move, why, element):
                    return planned.decision(move, why, element)
                case Failed(why):
                    return planned.decision(Finish(False, f"{describe(command)}: {why}"), why)
                case Done(answer=answer):
                    answers += [answer] if answer else []
            tries = ()
        final = "\n".join(answers or (permission_notices(past) if phone else ()))
        return Decision(Finish(True, final), thought="every instruction is done")

    def _earlier_answers(self, plan: tuple[PlannedCommand, ...], at: int, past: Past) -> list[str]:
        """The answers of commands that are done, read again from the screens they were read on."""
        answers = []
        for number, planned in enumerate(plan[:at]):
            if not isinstance(planned.command, Tell):
                continue
            later = (i for i, step in enumerate(past) if (index_of(plan, step) or 0) > number)
            if (first := next(later, None)) is None:
                continue
            screen = Screen(past[first].seen, self._reader.read, fresh(past[:first]))
            carry_out = on_phone if past[0].seen.surface == "phone" else on_desktop
            match carry_out(planned.command, StepContext(screen, (), more=True)):
                case Done(answer=str(answer)) if answer:
                    answers.append(answer)
        return answers


def _grown(box: Box) -> Box:
    return Box(box.left - 6, box.top - 6, box.right + 6, box.bottom + 6)
