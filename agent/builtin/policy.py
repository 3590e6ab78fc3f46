"""The embedded default policy: the goal gives a plan, the past the place in it, the screen the next move."""

from agent.builtin.commands import commands_of, commands_on_phone, describe
from agent.builtin.context import StepContext
from agent.builtin.dispatch import outcome_of
from agent.builtin.goal_parser import instructions
from agent.builtin.instructions import Tell
from agent.builtin.outcome import Act, Done, Failed
from agent.builtin.phone.permissions import answer_pending, permission_notices
from agent.builtin.plan import PlannedCommand, fresh, index_of, plan_of, progress
from agent.episode import Decision, Finish, Past
from agent.grounding.label_at import label_at
from agent.screen.ocr import Reader
from agent.screen.parser import ScreenParser
from agent.screen.screen import Screen
from devices import Observation, Point, Wait

MOST_LOOKS = 3
"""How often a phone that listed elements before is looked at again, while its screen moves."""


class Builtin:
    """Carries out goals written as literal instructions, on screens parsed into elements; needs no download.

    What it keeps between decisions only saves reading: any step can be decided again alone, with the same result.
    """

    name = "builtin"

    def __init__(self, reader: Reader | None = None) -> None:
        self._parser = ScreenParser(reader)

    def read_text(self, seen: Observation) -> str:
        """The text on `seen`, row by row from top to bottom."""
        return str(self._parser.reader.read(seen))

    def label_at(self, seen: Observation, point: Point) -> str:
        """What the element at `point` is called; "" when there is none, or it has no name."""
        return label_at(self._parser.parse(seen), point)

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        """The next move. Raises `NotUnderstood` before anything is touched, `PolicyFailed` without the OCR model."""
        phone = (past[0].seen if past else seen).surface == "phone"
        plan = plan_of(instructions(goal, phone), commands_on_phone if phone else commands_of)
        at, tries = progress(plan, past)
        screen = self._parser.parse(seen, fresh(past))
        answers = self._earlier_answers(plan, at, past)
        for planned in plan[at:]:
            command = planned.command
            context = StepContext(screen, tries, planned is not plan[-1], self._parse, past)
            if phone and (late := _unlisted(context)):
                return planned.decision(late.move, late.why)
            if phone and (first := answer_pending(command, goal, context)):
                return Decision(first.move, thought=first.why, target=first.target)
            match outcome_of(command, context):
                case Act(move, why, element):
                    return planned.decision(move, why, element)
                case Failed(why):
                    return planned.decision(Finish(False, f"{describe(command)}: {why}"), why)
                case Done(answer=answer):
                    answers += [answer] if answer else []
            tries = ()
        final = "\n".join(answers or (permission_notices(past) if phone else ()))
        return Decision(Finish(True, final), thought="every instruction is done")

    def _parse(self, seen: Observation) -> Screen:
        return Screen(seen, self._parser.reader.read)

    def _earlier_answers(self, plan: tuple[PlannedCommand, ...], at: int, past: Past) -> list[str]:
        """The answers of commands that are done, read again from the screens they were read on."""
        answers = []
        for number, planned in enumerate(plan[:at]):
            if not isinstance(planned.command, Tell):
                continue
            later = (i for i, step in enumerate(past) if (index_of(plan, step) or 0) > number)
            if (first := next(later, None)) is None:
                continue
            screen = Screen(past[first].seen, self._parser.reader.read, fresh(past[:first]))
            match outcome_of(planned.command, StepContext(screen, (), True, self._parse)):
                case Done(answer=str(answer)) if answer:
                    answers.append(answer)
        return answers


def _unlisted(context: StepContext) -> Act | None:
    """Another look where a phone listed elements before and lists none now: its screen moves."""
    if context.seen.elements:
        return None
    late = context.past[-MOST_LOOKS:]
    looks = sum(isinstance(step.decision.move, Wait) and not step.seen.elements for step in late)
    listed = not context.past or any(step.seen.elements for step in context.past)
    return Act(Wait(0.25), "the screen moves: no elements are listed yet") if listed and looks < MOST_LOOKS else None
