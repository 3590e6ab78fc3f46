"""The schema of a recording's files, for writing and for validating what is read. See recordings/README.md."""

import re
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field, SerializerFunctionWrapHandler, model_serializer

from agent.episode import Ending, PlanStep, Seconds, Usage
from agent.recordings.images import Missing
from devices import Box, Element, Observation, Refusal
from devices.changes import Change
from devices.device import Source, Surface

Verdict = Literal["verified", "claimed", "failed"]
Corners = tuple[int, int, int, int]
_ACTIVITY = re.compile(r"[A-Za-z]\w*(?:\.\w+)+/[\w.$]+")
NUMBER_BEFORE_WORDS = re.compile(r"(\d{1,6})(?:\.(\d{1,6}))?/(\d{1,6})(?: |$)")


class Record(BaseModel):
    """Unknown fields and infinities are errors: what is misspelt must not be lost quietly."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class ElementRecord(Record):
    role: str
    text: str
    box: Corners
    focused: bool
    checked: bool | None = None
    enabled: bool = True
    selected: bool | None = None
    expanded: bool | None = None
    editable: bool = False
    value: str = ""
    hint: str = ""
    source: Source = "device"

    @model_serializer(mode="wrap")
    def _short(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what is as usual: a screen has hundreds of elements, and most are enabled and hold nothing."""
        return {name: value for name, value in whole(self).items() if name not in _USUAL or value != _USUAL[name]}


_USUAL = {name: field.default for name, field in ElementRecord.model_fields.items() if not field.is_required()}


class ObservationRecord(Record):
    """An observation without its pixels; `screenshot` is their file, named by the first 32 digits of their digest.

    It is null for an imported step whose picture did not come with the data: `source` is the path it should have had.
    """

    screenshot: Annotated[str, Field(pattern=r"^screenshots/[0-9a-f]{32}\.png$")] | None
    width: int
    height: int
    front: str
    captured_at: float
    settle_s: float
    elements: Annotated[tuple[ElementRecord, ...], FailFast()]
    source: str = ""
    surface: Surface | None = None
    partial: bool = False


class ChangeRecord(Record):
    share: float
    box: Corners | None


class Timing(Record):
    think_s: float
    record_s: float
    act_s: float
    settle_s: float
    look_s: float


class Tokens(Record):
    """What a decision cost a model."""

    prompt: int
    completion: int
    prefilled: int
    forwards: int


class PlanStepRecord(Record):
    """Where in its plan the policy was. Absent in recordings made before 2026-11-28, see `plan_step_of`."""

    instruction: int
    of: int
    part: int
    parts: int


class Named(Record):
    name: str


class Header(Record):
    """Who, where and when: the first line of steps.jsonl, and the beginning of episode.json."""

    schema_version: Literal[1] = 1
    episode_id: str
    goal: str
    device: Named
    agent: Named
    recorded_by: str
    started_at: str


class EpisodeLine(Header):
    record: Literal["episode"] = "episode"


class IntentLine(Record):
    """What is about to be done: on disk before it is done."""

    record: Literal["intent"] = "intent"
    step: int
    timestamp: str
    step_instruction: str
    plan_step: PlanStepRecord | None = None
    target: ElementRecord | None = None
    observation: ObservationRecord
    thought: str
    raw_response: str
    action: dict[str, Any]
    then: tuple[dict[str, Any], ...] = ()
    note: str = ""
    tokens: Tokens | None = None


class ResultLine(Record):
    """What came of it. An intent without a result was cut short: whether it was done is not known."""

    record: Literal["result"] = "result"
    step: int
    error: str
    refusal: Refusal | None = None
    change: ChangeRecord | None
    timing: Timing


class EpisodeFile(Header):
    """episode.json: how it ended. Its absence means that the run was killed."""

    ended_at: str
    episode_length: int
    termination: Ending
    reason: str
    seconds: float
    answer: str
    final_observation: ObservationRecord | None
    verdict: Verdict | None
    verdict_reason: str


def screenshot_name(seen: Observation) -> str:
    return f"screenshots/{seen.digest[:32]}.png"


def record_observation(seen: Observation, screenshot: str | None) -> ObservationRecord:
    return ObservationRecord(
        screenshot=screenshot,
        width=seen.width,
        height=seen.height,
        front=seen.front,
        captured_at=seen.at,
        settle_s=seen.settle,
        elements=tuple(map(record_element, seen.elements)),
        source=seen.source if isinstance(seen, Missing) else "",
        surface=seen.surface,
        partial=seen.partial,
    )


def record_element(element: Element) -> ElementRecord:
    fields = {name: getattr(element, name) for name in ElementRecord.model_fields if name != "box"}
    return ElementRecord(box=_corners(element.box), **fields)


def element_of(record: ElementRecord) -> Element:
    fields = {name: getattr(record, name) for name in ElementRecord.model_fields if name != "box"}
    return Element(box=Box(*record.box), **fields)


def surface_of(record: ObservationRecord) -> Surface:
    """The kind of screen; recordings made before 2026-11-29 do not say it, and phones name an activity in front."""
    if record.surface is not None:
        return record.surface
    widgets = any(each.role != "window" for each in record.elements)
    return "phone" if widgets or _ACTIVITY.match(record.front) else "computer"


def record_plan_step(plan_step: PlanStep | None) -> PlanStepRecord | None:
    return PlanStepRecord(**asdict(plan_step)) if plan_step else None


def plan_step_of(intent: IntentLine) -> tuple[PlanStep | None, str]:
    """Where in its plan the policy was, and the instruction in words.

    Recordings made before 2026-11-28 have no `plan_step`: the number stands before the words there, "2.3/5 click".
    """
    if "plan_step" in intent.model_fields_set:
        place = intent.plan_step
        return PlanStep(**place.model_dump()) if place else None, intent.step_instruction
    found = NUMBER_BEFORE_WORDS.match(intent.step_instruction)
    if found is None:
        return None, intent.step_instruction
    instruction, part, of = found.groups()
    plan_step = PlanStep(int(instruction), int(of), int(part or 1), 0 if part else 1)
    return plan_step, intent.step_instruction[found.end() :]


def record_change(change: Change | None) -> ChangeRecord | None:
    if change is None:
        return None
    return ChangeRecord(share=change.share, box=_corners(change.box) if change.box else None)


def change_of(record: ChangeRecord | None) -> Change | None:
    if record is None:
        return None
    return Change(record.share, Box(*record.box) if record.box else None)


def record_seconds(spent: Seconds) -> Timing:
    return Timing(think_s=spent.think, record_s=spent.record, act_s=spent.act, settle_s=spent.settle, look_s=spent.look)


def seconds_of(timing: Timing) -> Seconds:
    return Seconds(timing.think_s, timing.record_s, timing.act_s, timing.settle_s, timing.look_s)


def record_usage(usage: Usage) -> Tokens:
    return Tokens(prompt=usage.prompt, completion=usage.completion, prefilled=usage.prefilled, forwards=usage.forwards)


def usage_of(tokens: Tokens | None) -> Usage:
    return Usage(**tokens.model_dump()) if tokens else Usage()


def _corners(box: Box) -> Corners:
    return box.left, box.top, box.right, box.bottom
