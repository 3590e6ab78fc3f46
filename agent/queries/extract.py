"""Structured data read off pictures: valid by the schema that was given, or an error."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.dialects.escape import escaped
from agent.episode import NO_USAGE, Usage
from agent.models.chat import ChatModel, Message
from agent.queries.ask import completed
from agent.queries.json_reply import json_in
from agent.queries.media import CannotSee, Exhibit, NotAnswered
from agent.queries.schemas import Schema, grammar_of
from agent.queries.showing import Show

PROMPT = (
    "Read what is shown into one JSON value that is valid under this JSON Schema:\n{schema}\n"
    "Copy text and numbers as they are shown; do not guess what cannot be read. Answer with the JSON value alone."
)
AGAIN = "That is not valid: {flaw}\nAnswer again with the whole JSON value, corrected, and nothing else."
TRIES = 2


@dataclass(frozen=True, slots=True)
class Extracted:
    """The valid value, what all asking for it cost, and how often it was asked for."""

    value: Any
    usage: Usage
    tries: int


def extract(
    model: ChatModel, show: Show, schema: Schema, exhibits: Sequence[Exhibit], *, reply_tokens: int = 4096
) -> Extracted:
    """What `exhibits` say, as one JSON value that is valid under `schema`.

    A reply that is not is shown to the model again, once, with what is wrong about it. Raises `NotAnswered` when the
    second is not valid either, or one is cut off; `BadSchema`, `CannotSee`, `ModelFailed`.
    """
    if not exhibits:
        raise CannotSee("there is nothing to read: give a file, a recording or --device")
    grammar, usage = grammar_of(schema.value), NO_USAGE
    prompt = PROMPT.format(schema=escaped(json.dumps(schema.value, ensure_ascii=False)))
    messages = [Message("user", (*show.parts(exhibits), prompt))]
    for tries in range(1, TRIES + 1):
        reply = completed(model, messages, grammar, reply_tokens)
        usage += reply.usage
        try:
            value = json_in(reply.text)
            flaw = schema.flaw(value)
        except ValueError as error:
            flaw = str(error)
        if not flaw:
            return Extracted(value, usage, tries)
        show.say(f"not valid: {flaw}")
        messages += [Message("assistant", (escaped(reply.text),)), Message("user", (AGAIN.format(flaw=escaped(flaw)),))]
    raise NotAnswered(f"asked {TRIES} times, the model gave nothing that is valid: {flaw}")
