"""Structured data read off media: one JSON value that is valid under a schema, or an error."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.dialects.escape import escaped
from agent.episode import NO_USAGE, Usage
from agent.models.chat import ChatModel, Message
from agent.queries.ask import complete_reply
from agent.queries.json_reply import json_in
from agent.queries.media import BadMedia, Media, NotAnswered
from agent.queries.media_encoder import MediaEncoder
from agent.queries.schema import Schema, grammar_of

PROMPT = (
    "Read what is shown into one JSON value that is valid under this JSON Schema:\n{schema}\n"
    "Copy text and numbers as they are shown; do not guess what cannot be read. Answer with the JSON value alone."
)
AGAIN = "That is not valid: {flaw}\nAnswer again with the whole JSON value, corrected, and nothing else."
TRIES = 2


@dataclass(frozen=True, slots=True)
class Extraction:
    """The valid value, the tokens of all replies, and how many replies it took."""

    value: Any
    usage: Usage
    tries: int


def extract(
    model: ChatModel, encoder: MediaEncoder, schema: Schema, media: Sequence[Media], *, reply_tokens: int = 4096
) -> Extraction:
    """What `media` show, as one JSON value that is valid under `schema`.

    A reply that is not is shown to the model again, once, with what is wrong about it. Raises `NotAnswered` when the
    second is not valid either, or one is cut off; `BadSchema`, `BadMedia`, `ModelFailed`.
    """
    if not media:
        raise BadMedia("there is nothing to read: give a file, a recording or --device")
    grammar, usage = grammar_of(schema.value), NO_USAGE
    prompt = PROMPT.format(schema=escaped(json.dumps(schema.value, ensure_ascii=False)))
    messages = [Message("user", (*encoder.parts(media), prompt))]
    for tries in range(1, TRIES + 1):
        reply = complete_reply(model, messages, grammar, reply_tokens)
        usage += reply.usage
        try:
            value = json_in(reply.text)
            flaw = schema.flaw(value)
        except ValueError as error:
            flaw = str(error)
        if not flaw:
            return Extraction(value, usage, tries)
        encoder.say(f"not valid: {flaw}")
        messages += [Message("assistant", (escaped(reply.text),)), Message("user", (AGAIN.format(flaw=escaped(flaw)),))]
    raise NotAnswered(f"asked {TRIES} times, the model gave nothing that is valid: {flaw}")
