"""The embedded default policy: at which instruction we are follows from the past, what to do from the screen."""

import re

from agent.builtin import looking, opening, pointing, writing
from agent.builtin.answers import answer
from agent.builtin.instructions import (
    Await,
    Choose,
    ClickOn,
    DragOnto,
    Expect,
    HoldOn,
    HoverOver,
    IfAsked,
    OpenApplication,
    OpenItem,
    Pause,
    PressKeys,
    ScrollTo,
    Target,
    Tell,
    Tick,
    Write,
)
from agent.builtin.missing import PATIENCE, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds import PageDeed
from agent.builtin.page.doing import outcome_on_page
from agent.builtin.page.goal_text import without_goal
from agent.builtin.page.handing_in import hand_in
from agent.builtin.page.interrupting import interruption, since_interrupted
from agent.builtin.parts import (
    BringForward,
    CallDialog,
    CloseFront,
    DialogGone,
    Part,
    SelectOld,
    parts,
    said,
)
from agent.builtin.phone.account import account
from agent.builtin.phone.before import before_all
from agent.builtin.phone.doing import (
    focus_first,
    if_asked,
    open_app,
    outcome_on_phone,
    scroll_for,
    without_scrolls,
)
from agent.builtin.phone.reading import phone_parts
from agent.builtin.phone.steps import PhonePart
from agent.builtin.phone.telling import look_for, told
from agent.builtin.phone.widgets import is_phone, pressed_at
from agent.builtin.reader import Reader
from agent.builtin.sentences import instructions
from agent.builtin.targets import Sight
from agent.episode import Decision, Finish, Past, Step
from devices import Box, Observation, Point, Wait

PLACE = re.compile(r"(\d+)(?:\.(\d+))?/\d+ ")
"""How a decision names its instruction: "2/5 " for the second of five, "2.3/5 " for the third part of it."""


class Builtin:
    """Carries out goals written as instructions, with what it can read on the screen; needs no model to download.

    What it keeps between decisions only saves reading: any step can be asked again alone, with the same answer.
    """

    name = "builtin"

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()

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
        at, tries = _progress(labels, past)
        answers: list[str] = [text for text in self._told(plan, labels, at, past) if text]
        sight = Sight(seen, without_goal(goal, self._reader.read), _fresh(past), self._reader.line)
        tries = since_interrupted(tries)
        if not phone and at < len(plan) and (away := interruption(goal, past, sight)):
            return Decision(away.move, f"{labels[at]} {said(plan[at][1])}", away.why)
        while at < len(plan):
            label, part = plan[at]
            shown = f"{label} {said(part)}"
            turn = Turn(sight, tries, at + 1 < len(plan), past)
            if phone and (first := before_all(part, goal, turn)):
                return Decision(first.move, shown if isinstance(first.move, Wait) else "", first.why)
            if isinstance(part, Tell):
                text = _answer(part, sight)
                outcome = self._awaited(part, text, turn)
                if text is not None:
                    answers.append(text)
            else:
                outcome = on_phone(part, turn) if phone else _outcome(part, turn)
            match outcome:
                case Act(move, why):
                    return Decision(move, shown, why)
                case Failed(why):
                    return Decision(Finish(False, f"{said(part)}: {why}"), shown, why)
            at, tries = at + 1, ()
        turn = Turn(sight, (), False, past)
        if not phone and (last := hand_in(goal, turn, self._reader.read)):
            return Decision(last.move, "hand it in", last.why)
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
                place = _place(labels, step)
                if place is not None and place > index:
                    sight = Sight(step.seen, self._reader.read, _fresh(past[:number]))
                    told.append(_answer(part, sight) or "")
                    break
        return told


def _place(labels: list[str], step: Step) -> int | None:
    found = PLACE.match(step.decision.instruction)
    label = found[0].strip() if found else ""
    return labels.index(label) if label in labels else None


def _progress(labels: list[str], past: Past) -> tuple[int, tuple[Step, ...]]:
    """At which part we are, and the steps already spent on it; other policies' steps are passed over."""
    own = [(place, step) for step in past if (place := _place(labels, step)) is not None]
    if not own:
        return 0, ()
    at = own[-1][0]
    tries: list[Step] = []
    for place, step in reversed(own):
        if place != at:
            break
        tries.insert(0, step)
    return at, tuple(tries)


def _fresh(past: Past) -> Box | None:
    """What the last action changed; waits that changed nothing are passed over."""
    for step in reversed(past):
        if step.change is not None and step.change.box is not None:
            return step.change.box
        if not isinstance(step.decision.move, Wait):
            return None
    return None


def _grown(box: Box) -> Box:
    return Box(box.left - 6, box.top - 6, box.right + 6, box.bottom + 6)


def _answer(part: Tell, sight: Sight) -> str | None:
    return told(part, sight) if is_phone(sight.seen) else answer(part, sight)


def on_phone(part: Part, turn: Turn) -> Outcome:
    """What `part` comes to on a phone: as the phone wants it, else as anywhere."""
    if isinstance(part, PhonePart):
        return outcome_on_phone(part, turn)
    match part:
        case OpenApplication():
            return open_app(part, turn)
        case ClickOn() | HoldOn() | Choose():
            target = part.option if isinstance(part, Choose) else part.target
            return scroll_for(target, turn) or _outcome(part, without_scrolls(turn))
        case Write():
            return focus_first(turn) or _outcome(part, turn)
        case IfAsked():
            return if_asked(part, turn)
        case _:
            return _outcome(part, turn)


def _outcome(part: Part, turn: Turn) -> Outcome:
    match part:
        case ClickOn() | HoldOn() | Choose():
            return pointing.click(part, turn)
        case Write():
            return writing.write(part, turn)
        case PressKeys():
            return writing.press(part, turn)
        case HoverOver():
            return pointing.hover(part, turn)
        case DragOnto():
            return pointing.drag(part, turn)
        case Tick():
            return pointing.tick(part, turn)
        case ScrollTo():
            return pointing.scroll(part, turn)
        case OpenApplication():
            return opening.open_application(part, turn)
        case OpenItem():
            return opening.open_item(part, turn)
        case SelectOld():
            return writing.select_old(part, turn)
        case Pause():
            return looking.pause(part, turn)
        case Await():
            return looking.await_(part, turn)
        case Expect():
            return looking.expect(part, turn)
        case IfAsked():
            return looking.if_asked(part, turn)
        case BringForward():
            return looking.bring_forward(part, turn)
        case CloseFront():
            return looking.close_front(part, turn)
        case CallDialog():
            return looking.call_dialog(part, turn)
        case DialogGone():
            return looking.dialog_gone(part, turn)
        case _ if isinstance(part, PageDeed):
            return outcome_on_page(part, turn)
        case _:
            return Done()
