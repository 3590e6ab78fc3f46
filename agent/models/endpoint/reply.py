"""Validates what an endpoint answers, once: a `Reply`, or the reason why it is none."""

import json
import re

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter, ValidationError

from agent.episode import Usage
from agent.models.chat import Reply
from agent.models.endpoint.event_stream import is_event_stream, joined_stream
from agent.models.reasoning import answer_in, split_reasoning
from agent.safe_text import safe_line

FINISHED = frozenset({"stop", "tool_calls", "function_call", "eos", "eos_token", "end_turn", "stop_sequence"})
"""The finish reasons of a complete reply; any other means that it was cut off, and none at all that nobody knows."""

MOST_LAYERS = 6  # that an error may be wrapped in

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
    reasoning_content: JsonValue = None
    reasoning: JsonValue = None


class _Choice(_Read):
    message: _Message
    finish_reason: str | None = None


class _Completion(_Read):
    choices: list[_Choice] | None = None
    usage: JsonValue = None
    error: JsonValue = None


class _Failure(BaseModel):
    """What may hold an error, whatever else it holds."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    error: JsonValue = None
    choices: JsonValue = None


def read_reply(body: bytes) -> Reply:
    """The reply in the body of an answer with status 200; one that was streamed is put together.

    Raises `NoCompletion`, `ErrorInside` or `StreamCut`, and nothing else, whatever the bytes are.
    """
    if is_event_stream(body):
        try:
            body = joined_stream(body)
        except (ValueError, RecursionError) as error:
            raise NoCompletion(f"{error or 'nested too deep'}; found {excerpt(body)}") from None
    _refuse_failure(body)
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError as error:
        flaw = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in flaw["loc"])
        raise NoCompletion(f"{where and where + ': '}{flaw['msg']}; found {excerpt(body)}") from None
    if not completion.choices:
        raise NoCompletion(f"wanted one choice, found none: {excerpt(body)}")
    choice = completion.choices[0]
    thought, text = _text(choice.message)
    finished = None if choice.finish_reason is None else choice.finish_reason in FINISHED
    if not text.strip() and thought and (answer := answer_in(thought)):
        return Reply(answer, finished, _usage(completion.usage), thought, from_thought=True)
    return Reply(text, finished, _usage(completion.usage), thought)


def _refuse_failure(body: bytes) -> None:
    """Return when no error stands in `body`: neither beside the choices nor inside the first."""
    try:
        failure = _Failure.model_validate_json(body)
    except ValidationError:
        return
    match failure:
        case _Failure(error=error) if error:
            pass
        case _Failure(choices=[{"error": error}, *_]) if error:
            pass
        case _:
            return
    raise ErrorInside(message_in(error) or excerpt(body), _code(error))


def _usage(counts: JsonValue) -> Usage:
    """The tokens in `counts`; 0 for a count that is missing, null, or none: what it cost is then not known."""

    def count(name: str) -> int:
        value = counts.get(name) if isinstance(counts, dict) else None
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return int(value) if whole and not isinstance(value, bool) and 0 <= value < 1 << 53 else 0  # type: ignore[arg-type,operator]  # a number, see above

    return Usage(count("prompt_tokens"), count("completion_tokens"))


def _text(message: _Message) -> tuple[str, str]:
    """The thought that came in a field of its own, and the reply as written."""
    match message.content:
        case list() as parts:
            content = "".join(part.text for part in parts if part.type == "text")
        case content:
            content = content or message.refusal or ""
    fields = message.reasoning_content, message.reasoning
    thought = next((field for field in fields if isinstance(field, str) and field.strip()), "").strip()
    calls = [_call(call.function) for call in message.tool_calls or ()]
    if calls:  # a server that took a call out may leave the thought around it open
        within, content = split_reasoning(content)
        thought = "\n".join(filter(None, (thought, within)))
    return thought, "\n".join([content, *calls] if content.strip() else calls)


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


def message_in(error: JsonValue, depth: int = 0) -> str:
    """The message in an error object of OpenAI, vLLM, FastAPI and others; "" where there is none.

    A gateway says little and hands on what the server behind it said, often as JSON in a string: that is the reason.
    """
    if depth > MOST_LAYERS:
        return ""
    match error:
        case str() if error.lstrip()[:1] == "{" and (inner := _parsed(error)) is not None:
            return message_in(inner, depth + 1) or clean(error)
        case str():
            return clean(error)
        case {"metadata": {"raw": raw}, "message": said} if raw:
            return message_in(raw, depth + 1) or message_in(said, depth + 1)
        case {"metadata": {"raw": inner}} if inner:
            return message_in(inner, depth + 1)
        case {"loc": [*_, str() as field], "msg": str() as words}:
            return clean(f"{field}: {words}")
        case {"error": inner} | {"message": inner} | {"detail": inner} | {"msg": inner} | [inner, *_] if inner:
            return message_in(inner, depth + 1)
    return ""


def _parsed(text: str) -> JsonValue:
    try:
        return TypeAdapter(JsonValue).validate_json(text)
    except ValidationError:
        return None


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
