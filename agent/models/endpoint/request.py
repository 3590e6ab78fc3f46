"""Messages as the JSON that OpenAI-compatible endpoints take."""

import json
import re
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from agent.models.chat import Clip, Grammar, Message, Part, Picture, StructuralTag

NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
"""The JSON Schema keywords whose own keys are names that somebody chose."""

LITERAL = frozenset({"const", "enum", "default", "examples"})
"""The JSON Schema keywords that hold values, not schemas."""

DROPPED = frozenset({"maxLength", "minLength", "pattern"})
"""What xgrammar, the default of vLLM, loses JSON's escapes by. `max_tokens` bounds a reply as well."""

CONSTRAINTS = ("response_format", "structured_outputs", "none")
"""The spellings of structured output, tried in this order: most servers know the first, vLLM both."""


OPTIONAL = frozenset(
    {"temperature", "stream", "response_format", "structured_outputs", "max_completion_tokens"}
    | {"chat_template_kwargs"}
)
"""What a request can do without: left out where a server names it in a refusal."""

_REFUSES = re.compile(
    r"unsupported|not supported|does not support|unrecognized|not recognized|unknown|unexpected|not permitted"
    r"|not allowed|extra|deprecated|invalid param",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a server spells a schema, one of `CONSTRAINTS`, and the limit of a reply; and the fields that it refused.

    OpenAI's reasoning models know `max_completion_tokens` only, and no temperature.
    """

    constraint: str = CONSTRAINTS[0]
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    left_out: frozenset[str] = frozenset()

    def fallback(self, complaint: str, sent: Collection[str], *, with_schema: bool) -> "Spelling | None":
        """What to try next on a server that answered the fields `sent` with `complaint`; None when nothing is left."""
        if self.limit in sent and self.limit == "max_tokens" and "max_completion_tokens" in complaint:
            return replace(self, limit="max_completion_tokens")
        named = {name for name in OPTIONAL & set(sent) if re.search(rf"\b{name}\b", complaint)}
        if "max_tokens" in sent and re.search(r"\bmax_tokens\b", complaint) and _REFUSES.search(complaint):
            named.add("max_tokens")
        if with_schema and self.constraint in named:
            return self._without_constraint(named)
        if named:
            return replace(self, left_out=self.left_out | named)
        return self._without_constraint(set()) if with_schema else None

    def without_schema(self) -> "Spelling":
        return replace(self, constraint=CONSTRAINTS[-1])

    def _without_constraint(self, named: set[str]) -> "Spelling | None":
        later = [each for each in CONSTRAINTS[CONSTRAINTS.index(self.constraint) + 1 :] if each not in self.left_out]
        left_out = self.left_out | (named - {self.constraint})
        return replace(self, constraint=later[0], left_out=left_out) if later else None


def body_of(
    model: str, messages: Sequence[Message], max_tokens: int, grammar: Grammar | None, spelling: Spelling
) -> dict[str, Any]:
    """The request: greedy where that can be asked for, not streamed, held to the schema of `grammar`."""
    turns = [{"role": message.role, "content": _content(message.parts)} for message in messages]
    body: dict[str, Any] = {"model": model, "messages": turns, spelling.limit: max_tokens, "stream": False}
    if spelling.limit == "max_tokens":
        body["temperature"] = 0
    if grammar is not None and grammar.thinking is not None:
        body["chat_template_kwargs"] = {"enable_thinking": grammar.thinking}
    if grammar is not None and grammar.tag is not None:
        body |= _tagged(grammar.tag, spelling)
    elif grammar is not None and grammar.schema is not None:
        schema = sent_schema(grammar.schema)
        match spelling.constraint:
            case "response_format":
                named = {"name": "reply", "schema": schema}
                body["response_format"] = {"type": "json_schema", "json_schema": named}
            case "structured_outputs":
                body["structured_outputs"] = {"json": schema}
    return {name: value for name, value in body.items() if name not in spelling.left_out}


def _tagged(tag: StructuralTag, spelling: Spelling) -> dict[str, Any]:
    """A schema that holds within tags only: a schema of the whole reply would forbid the tags.

    Servers that do not know it refuse it or ignore it; then the reply is free, and read all the same.
    """
    content = {"type": tag.content, "json_schema": sent_schema(tag.schema)}
    tags = [{"type": "tag", "begin": tag.begin, "content": content, "end": tag.end}]
    form = {"type": "triggered_tags", "triggers": [tag.trigger], "tags": tags, "at_least_one": True}
    wanted = {"type": "structural_tag", "format": form | {"stop_after_first": True}}
    match spelling.constraint:
        case "response_format":
            return {"response_format": wanted}
        case "structured_outputs":
            return {"structured_outputs": {"structural_tag": json.dumps(wanted)}}
    return {}


def sent_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """`schema` without the keywords that servers stumble over; it allows everything that `schema` allows."""
    kept = {key: value for key, value in schema.items() if key not in DROPPED and not key.startswith("x-")}
    return {key: value if key in LITERAL else _inside(key, value) for key, value in kept.items()}


def _inside(key: str, value: Any) -> Any:
    match value:
        case Mapping() if key in NAMED:
            return {name: _inside("", schema) for name, schema in value.items()}
        case Mapping():
            return sent_schema(value)
        case list() | tuple():
            return [_inside("", each) for each in value]
    return value


def _content(parts: Sequence[Part]) -> str | list[dict[str, Any]]:
    """Plain text where there is nothing else: some chat templates take a list for the user only."""
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    return [entry for part in parts for entry in _entries(part)]


def _entries(part: Part) -> list[dict[str, Any]]:
    """`part` as entries of a content list; a clip as labelled pictures, which every server takes."""
    match part:
        case str():
            return [{"type": "text", "text": part}]
        case Picture():
            return [
                {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{b64encode(part.png).decode()}"}}
            ]
        case Clip():
            return [entry for each in part.labelled for entry in _entries(each)]
