"""Puts together the one reply that a server streamed although it was not asked to."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_MOST_CALLS = 32
_TEXTS = ("content", "reasoning_content", "reasoning", "refusal")


class StreamCut(Exception):
    """The stream ended before it said that the reply is over."""


def is_event_stream(body: bytes) -> bool:
    """Whether `body` is a stream of server-sent events and not one JSON object."""
    return body.lstrip()[:6].startswith((b"data:", b"event:", b": ", b":\n", b"id:", b"retry:"))


def joined_stream(body: bytes) -> bytes:
    """The chat completion that the events in `body` are the pieces of, as one JSON object.

    Raises `StreamCut` where neither a finish reason nor the mark of the end came, and `ValueError` for no such events.
    """
    message: dict[str, Any] = {"role": "assistant"}
    calls: dict[int, dict[str, Any]] = {}
    finish, usage, done, chunks = None, None, False, 0
    for chunk in _events(body):
        if chunk is None:
            done = True
            continue
        if chunk.get("error"):
            return json.dumps({"error": chunk["error"]}).encode()
        chunks += 1
        usage = chunk.get("usage") or usage
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, Mapping):
            continue
        if choice.get("error"):
            return json.dumps({"choices": [choice]}).encode()
        finish = choice.get("finish_reason") or finish
        piece = choice.get("delta") or choice.get("message")
        if isinstance(piece, Mapping):
            _add(message, calls, piece)
    if not chunks:
        raise ValueError("it is a stream of events, and none of them is a piece of a reply")
    if not done and finish is None:
        raise StreamCut("the stream of events ended before the reply did")
    message["tool_calls"] = [{"function": calls[place]} for place in sorted(calls)] or None
    choice = {"message": message, "finish_reason": finish or "stop"}
    return json.dumps({"choices": [choice], "usage": usage}).encode()


def _events(body: bytes) -> Iterator[dict[str, Any] | None]:
    """What each event carries; None for the mark of the end."""
    for event in body.decode("utf-8").replace("\r\n", "\n").split("\n\n"):
        lines = [line.removeprefix("data:").strip() for line in event.split("\n") if line.startswith("data:")]
        data = "\n".join(lines)
        if data == "[DONE]":
            yield None
        elif data:
            try:
                value = json.loads(data)
            except ValueError as error:
                raise StreamCut(f"an event of the stream is no whole JSON: {error}") from error
            if isinstance(value, dict):
                yield value


def _add(message: dict[str, Any], calls: dict[int, dict[str, Any]], piece: Mapping[str, Any]) -> None:
    for name in _TEXTS:
        if isinstance(piece.get(name), str):
            message[name] = message.get(name, "") + piece[name]
    given = piece.get("tool_calls")
    for place, call in enumerate(given[:_MOST_CALLS] if isinstance(given, list) else ()):
        if not isinstance(call, Mapping) or not isinstance(call.get("function"), Mapping):
            continue
        index = call.get("index")
        known = calls.setdefault(index if isinstance(index, int) else place, {"name": "", "arguments": ""})
        for name in known:
            part = call["function"].get(name)
            known[name] += part if isinstance(part, str) else json.dumps(part) if isinstance(part, dict) else ""
