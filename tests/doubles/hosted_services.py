"""Anthropic's Messages API and OpenAI's Responses API on loopback: scripted answers, and their rules for requests.

A request that breaks a rule is answered with 400 and the reason, as the services do.
"""

import io
import json
import math
from base64 import b64decode
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PIL import Image

from tests.doubles.fault_server import Call, Play, http

Json = dict[str, Any]
Rules = Callable[[bytes, Json], str]
"""What is wrong with a request of that head and body; "" for nothing."""


def claude_says(*blocks: Json, stop: str = "", **odd: Any) -> Json:
    """A message of those content blocks, as the Messages API answers."""
    stop = stop or ("tool_use" if any(block["type"] == "tool_use" for block in blocks) else "end_turn")
    usage = {"input_tokens": 3, "cache_read_input_tokens": 7, "output_tokens": 5}
    named = {"id": "msg_1", "type": "message", "role": "assistant", "model": "canned"}
    return {**named, "content": list(blocks), "stop_reason": stop, "usage": usage, **odd}


def use(name: str, number: int = 0, **fields: Any) -> Json:
    """A call of the toolset."""
    called = {"type": "tool_use", "id": f"toolu_{name}_{number}", "name": name, "toolset_name": "computer"}
    return {**called, "input": fields, "caller": {"type": "direct"}}


def gpt_says(*items: Json, status: str = "completed", **odd: Any) -> Json:
    """A response of those output items, as the Responses API answers."""
    usage = {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
    named = {"id": "resp_1", "object": "response", "model": "canned", "error": None}
    return {**named, "status": status, "output": list(items), "usage": usage, **odd}


def computer_call(*actions: Json, call: str = "call_1", checks: Sequence[Json] = ()) -> Json:
    named = {"type": "computer_call", "id": f"cu_{call}", "call_id": call, "status": "completed"}
    return {**named, "actions": list(actions), "pending_safety_checks": list(checks)}


def claude_text(words: str) -> Json:
    return {"type": "text", "text": words, "citations": None}


def gpt_text(words: str) -> Json:
    content = [{"type": "output_text", "text": words, "annotations": [], "logprobs": []}]
    return {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": content}


def reasoning(number: int) -> Json:
    return {"type": "reasoning", "id": f"rs_{number}", "summary": [], "encrypted_content": "AAAA", "status": None}


def scripted(rules: Rules, *answers: Json) -> Play:
    """Answers the first request with the first of `answers`, and so on; the last again and again."""

    def play(call: Call) -> None:
        if wrong := rules(call.head, json.loads(call.body)):
            error = {"type": "error", "error": {"type": "invalid_request_error", "message": wrong}}
            call.wire.sendall(http(json.dumps(error).encode(), 400, JSON))
            return
        answer = answers[min(call.number, len(answers)) - 1]
        call.wire.sendall(http(json.dumps(answer).encode(), headers=JSON))

    return play


JSON = "Content-Type: application/json\r\n"


def claude_rules(head: bytes, body: Json) -> str:
    """What the Messages API refuses."""
    if not any(name in head.lower() for name in (b"x-api-key: ", b"authorization: bearer ")) or not head.startswith(
        b"POST /v1/messages "
    ):
        return "no key, or another address"
    for tool in body.get("tools", []):
        if tool["type"] != "computer_toolset_20260801" or tool.keys() - {"type", "configs", "cache_control"}:
            return f"tools: {tool}"
    if body.keys() - {"model", "max_tokens", "messages", "system", "tools", "cache_control"}:
        return f"unknown fields: {list(body)}"
    pending: list[tuple[str, str | None]] = []
    for message in body["messages"]:
        blocks = message["content"]
        results = [block for block in blocks if block["type"] == "tool_result"]
        if any(block["type"] == "text" and not block["text"].strip() for block in blocks):
            return "text content blocks must be non-empty"
        if not blocks or blocks[: len(results)] != results:
            return "messages must have content, tool results first"
        if [(block["tool_use_id"], block.get("toolset_name")) for block in results] != pending:
            return f"tool_use without its tool_result: wanted {pending}"
        if any(block.get("is_error") and any(part["type"] != "text" for part in block["content"]) for block in results):
            return "an error holds text only"
        pending = [(block["id"], block["toolset_name"]) for block in blocks if block["type"] == "tool_use"]
    if pending:
        return "the last tool_use has no tool_result"
    if any(max(size) > 1568 or patches(size, 28) > 1568 for size in sizes_in(body["messages"])):
        return f"image exceeds the limit: {sizes_in(body['messages'])}"
    return ""


def gpt_rules(head: bytes, body: Json) -> str:
    """What the Responses API refuses."""
    if b"authorization: bearer " not in head.lower():
        return "no key"
    if not head.startswith(b"POST /v1/responses "):
        return "another address"
    if any(tool != {"type": "computer"} for tool in body.get("tools", [])):
        return f"tools: {body['tools']}"
    waiting: list[str] = []
    for item in body["input"]:
        if strange := item.keys() & {"status", "pending_safety_checks"}:
            return f"Unknown parameter: {strange}"
        match item:
            case {"type": "computer_call", "call_id": call, "actions": [_, *_]}:
                waiting.append(call)
            case {"type": "computer_call_output", "call_id": call, "output": {"type": "computer_screenshot"}}:
                if call not in waiting:
                    return f"No tool call found for {call}"
                waiting.remove(call)
            case {"role": _, "content": [_, *_]} | {"type": "reasoning", "encrypted_content": str()}:
                pass
            case _:
                return f"what is this: {item}"
    for item, following in pairwise([*body["input"], {}]):
        if item.get("type") == "reasoning" and following.get("type") not in ("computer_call", "message", "reasoning"):
            return f"reasoning {item['id']} without its required following item"
    if waiting:
        return f"No tool output found for computer call {waiting}"
    if any(max(size) > 6000 or patches(size, 32) > 10_000 for size in sizes_in(body["input"])):
        return f"image exceeds the limit: {sizes_in(body['input'])}"
    return ""


def patches(size: tuple[int, int], factor: int) -> int:
    return math.prod(math.ceil(side / factor) for side in size)


def sizes_in(value: Any) -> list[tuple[int, int]]:
    """The (width, height) of every picture in a request."""
    match value:
        case {"type": "base64", "data": str() as data}:
            return [Image.open(io.BytesIO(b64decode(data))).size]
        case {"image_url": str() as url}:
            return [Image.open(io.BytesIO(b64decode(url.partition(",")[2]))).size]
        case dict():
            return [size for each in value.values() for size in sizes_in(each)]
        case list():
            return [size for each in value for size in sizes_in(each)]
    return []
