"""Validates what an endpoint answers, once: a `Reply`, or the reason why it is none."""

import json
import re

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from agent.episode import Usage
from agent.models.chat import Reply
from agent.safe_text import safe_line

FINISHED = frozenset({"stop", "tool_calls", "function_call", "eos", "eos_token", "end_turn", "stop_sequence"})
"""The finish reasons of a complete reply; any other, and none at all, means that it was cut off."""

EXCERPT = 200
"""Most characters of a strange answer that are repeated to a person."""


class NoCompletion(Exception):
    """The body is no chat completion; the text says what was wanted and what was found."""


class ErrorInside(Exception):
    """The body is an error that came with status 200; `code` is the HTTP status that it speaks of, 0 if none."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class _Read(BaseModel):
    # Endpoints add fields of their own, and no two the same ones; what is used is read strictly.
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class _Text(_Read):
    type: str
    text: str = ""


class _Function(_Read):
    name: str
    arguments: str | dict[str, JsonValue] = ""


class _Call(_Read):
    function: _Function


class _Message(_Read):
    content: str | list[_Text] | None = None
    tool_calls: list[_Call] | None = None
    refusal: str | None = None


class _Choice(_Read):
    message: _Message
    finish_reason: str | None = None


class _Counts(_Read):
    prompt_tokens: int = Field(0, ge=0)
    completion_tokens: int = Field(0, ge=0)


class _Completion(_Read):
    choices: list[_Choice] | None = None
    usage: _Counts | None = None
    error: JsonValue = None


def read_reply(body: bytes) -> Reply:
    """The reply in the body of an answer with status 200.

    Raises `NoCompletion` or `ErrorInside`, and nothing else, whatever the bytes are.
    """
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError as error:
        flaw = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in flaw["loc"])
        raise NoCompletion(f"{where and where + ': '}{flaw['msg']}; found {excerpt(body)}") from None
    if completion.error:
        raise ErrorInside(message_in(completion.error) or excerpt(body), _code(completion.error))
    if not completion.choices:
        raise NoCompletion(f"wanted one choice, found none: {excerpt(body)}")
    choice, counts = completion.choices[0], completion.usage or _Counts(prompt_tokens=0, completion_tokens=0)
    return Reply(
        _text(choice.message),
        finished=choice.finish_reason in FINISHED,
        usage=Usage(counts.prompt_tokens, counts.completion_tokens),
    )


def _text(message: _Message) -> str:
    match message.content:
        case list() as parts:
            content = "".join(part.text for part in parts if part.type == "text")
        case content:
            content = content or message.refusal or ""
    calls = [_call(call.function) for call in message.tool_calls or ()]
    return "\n".join([content, *calls] if content else calls)


def _call(function: _Function) -> str:
    """The call as the model wrote it. Arguments that are no JSON stay as they are: the reader says what is wrong."""
    given = function.arguments
    arguments = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return f'<tool_call>\n{{"name": {json.dumps(function.name)}, "arguments": {arguments or "{}"}}}\n</tool_call>'


def message_in_body(body: bytes) -> str:
    """The error message in the JSON in `body`; "" where there is none."""
    try:
        return message_in(TypeAdapter(JsonValue).validate_json(body))
    except ValidationError:
        return ""


def message_in(error: JsonValue) -> str:
    """The message in an error object of OpenAI, vLLM, FastAPI and others; "" where there is none."""
    match error:
        case str():
            return clean(error)
        case {"error": inner} | {"message": inner} | {"detail": inner} | {"msg": inner} | [inner, *_]:
            return message_in(inner)
    return ""


def _code(error: JsonValue) -> int:
    match error:
        case {"code": int() as code} | {"status": int() as code}:
            return code
        case {"code": str() as code} if re.fullmatch(r"[1-5]\d\d", code):
            return int(code)
    return 0


def excerpt(body: bytes) -> str:
    """The beginning of `body`, cleaned, for people; "nothing" for nothing."""
    return repr(clean(body[: 8 * EXCERPT].decode("utf-8", "replace"))) if body.strip() else "nothing"


def clean(text: str) -> str:
    """`text` in one line of at most 200 characters, without control characters that would work the terminal."""
    line = safe_line(text)
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"
