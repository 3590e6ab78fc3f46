"""What is asked at a recorded step: the goal, the step's own instruction, or where its target is."""

from dataclasses import dataclass

from agent.episode import Past, Step
from agent.evaluate.protocols import Ask
from devices import Click, LongPress, MoveTo


@dataclass(frozen=True, slots=True)
class StepQuestion:
    """What a policy is given for its goal and for its past."""

    goal: str
    past: Past


@dataclass(frozen=True, slots=True)
class Questions:
    """The question at each step, one way for all.

    `step` is asked as the authors of Qwen2.5-VL ask Android Control Low: the goal with the step's instruction below
    it, the past as for the goal, so that the two levels differ in that line alone. `target` asks a grounder for one
    element, without a past. A `literal` policy follows instructions and knows no goal beside them: it is given the
    instruction alone.
    """

    ask: Ask = "goal"
    literal: bool = False

    def at(self, goal: str, step: Step, past: Past, *, described: bool) -> StepQuestion | None:
        """The question at `step`; None where the recording has no such thing to ask.

        `described` says that the instructions of this recording are descriptions of targets, as ScreenSpot's are.
        """
        instruction = step.decision.instruction.strip()
        match self.ask:
            case "goal":
                return StepQuestion(goal, past)
            case "step" if instruction:
                return (
                    StepQuestion(instruction, ()) if self.literal else StepQuestion(_with_step(goal, instruction), past)
                )
            case "target" if target := instruction if described else _name_of_target(step):
                return StepQuestion(f"click {target}" if self.literal else target, ())
        return None


THE_GOAL = Questions()


def _with_step(goal: str, instruction: str) -> str:
    """As in the script that its authors give for Android Control (QwenLM/Qwen3-VL issue 904)."""
    return f"{goal}\nCurrent step query: {instruction}"


def _name_of_target(step: Step) -> str:
    """The element that the recorded move points at, by its name; "" where the recording names none."""
    target = step.decision.target
    if target is None or not target.text.strip() or not isinstance(step.decision.move, Click | LongPress | MoveTo):
        return ""
    return f"the {target.role} {target.text.strip()!r}"
