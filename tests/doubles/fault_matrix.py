"""Every fault that endpoints are known for, what a run must come to with it, and how many requests it may cost."""

import gzip
import json
from typing import NamedTuple

from agent.episode import Ending
from tests.doubles.chat_server import completion
from tests.doubles.fault_server import (
    BOMB,
    GOOD,
    UNTOLD,
    Play,
    choice,
    chunked,
    drips,
    elsewhere,
    hangs,
    http,
    in_a_circle,
    once,
    plays,
    pours,
    refuses,
    repeats_the_key,
    reply,
    resets,
    says,
)

ATTEMPTS = 3
FINE, DOWN, REFUSED, CUT = Ending.FINISHED, Ending.ENDPOINT_DOWN, Ending.ENDPOINT_REFUSED, Ending.UNREADABLE


class Fault(NamedTuple):
    """What the server does, how a run with it ends, and the requests that it is sent until then."""

    play: Play
    ending: Ending
    requests: int


def passing(play: Play) -> Fault:
    """A fault that is tried again as often as the policy allows."""
    return Fault(play, DOWN, ATTEMPTS)


def refused(play: Play) -> Fault:
    """A fault that nobody tries again."""
    return Fault(play, REFUSED, 1)


def answered(body: bytes) -> Fault:
    """A whole answer with status 200 that is no chat completion."""
    return refused(plays(http(body)))


def unfinished(body: bytes) -> Fault:
    """A reply that was cut off: three of them in a row end a run, and none of them is acted on."""
    return Fault(plays(http(body)), CUT, 3)


def fine(data: bytes) -> Fault:
    """No fault at all, only odd."""
    return Fault(plays(data), FINE, 1)


def second(play: Play) -> Fault:
    """A fault that has passed when it is tried again."""
    return Fault(once(play), FINE, 2)


HALF = http(reply())[:120]
DEEP = b'{"choices": ' + b"[" * 100_000
CALL = {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": 7, "arguments": "{}"}}]}

WRAPPED = {"error": {"message": "Provider returned error", "metadata": {"raw": '{"error": {"message": "too long"}}'}}}


def events(finish: str | None) -> bytes:
    """A good reply in pieces, and how it ended."""
    pieces = [{"delta": {"content": GOOD[:2]}}, {"delta": {"content": GOOD[2:]}, "finish_reason": finish}]
    return b"".join(b"data: " + json.dumps({"choices": [piece]}).encode() + b"\n\n" for piece in pieces)


FAULTS: dict[str, Fault] = {
    "reset before a word": passing(resets()),
    "reset once": second(resets()),
    "reset in the head": passing(resets(b"HTTP/1.1 20")),
    "reset in the body": passing(resets(HALF)),
    "closed without a word": passing(plays(b"")),
    "closed in the head": passing(plays(b"HTTP/1.1 200 OK\r\nContent-Le")),
    "cut with a Content-Length": passing(plays(HALF)),
    "cut without a Content-Length": passing(plays(UNTOLD + reply()[:90])),
    "cut between chunks": passing(plays(chunked(reply()[:90], whole=False))),
    "cut once": second(plays(HALF)),
    "a Content-Length too large": passing(plays(http(reply(), length=9999))),
    "a Content-Length too small": refused(plays(http(reply(), length=40))),
    "408": passing(says(408)),
    "409": passing(says(409)),
    "429": passing(says(429)),
    "429 with Retry-After 0": passing(says(429, "Retry-After: 0\r\n")),
    "429 once with Retry-After 0.1": second(says(429, "Retry-After: 0.1\r\n")),
    "429 with Retry-After 3600": Fault(says(429, "Retry-After: 3600\r\n"), DOWN, 1),
    "429 with a Retry-After of nonsense": passing(says(429, "Retry-After: nan\r\n")),
    "429 with Retry-After in the past": passing(says(429, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n")),
    "500": passing(says(500)),
    "500 once": second(says(500)),
    "502 in HTML": passing(plays(http(b"<html>Bad gateway</html>", 502))),
    "503 once": second(says(503)),
    "529": passing(says(529)),
    "400": refused(says(400)),
    "401": refused(says(401)),
    "402": refused(says(402)),
    "403": refused(says(403)),
    "404": refused(says(404)),
    "404 without a body": refused(plays(http(b"", 404))),
    "413": refused(says(413)),
    "422 of FastAPI": refused(plays(http(b'{"detail": [{"msg": "Field required"}]}', 422))),
    "204": refused(plays(b"HTTP/1.1 204 No Content\r\n\r\n")),
    "hangs before the head": Fault(hangs(), DOWN, 1),
    "hangs in the head": Fault(hangs(b"HTTP/1.1 200 OK\r\nX-"), DOWN, 1),
    "hangs in the body": Fault(hangs(HALF), DOWN, 1),
    "drips the head": Fault(drips(http(reply()), 0.1), DOWN, 1),
    "drips the body": Fault(drips(reply(), 0.1, before=HALF), DOWN, 1),
    "drips, and is done in time": Fault(drips(http(reply()), 0.0005), FINE, 1),
    "headers without end": refused(pours("", b"X-More: of the same\r\n", 100_000)),
    "interim answers without end": passing(plays(b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000)),
    "no HTTP at all": refused(plays(b"220 smtp.example.org ESMTP\r\n\r\n")),
    "no HTTP and then nothing": passing(plays(b"220 smtp.example.org ESMTP\r\n")),
    "HTML": answered(b"<!doctype html><title>Welcome</title>"),
    "empty": answered(b""),
    "plain text": answered(b"done"),
    "half a JSON": answered(reply()[:-20]),
    "an error with status 200": answered(b'{"error": {"message": "no such model"}}'),
    "an overload with status 200": passing(plays(http(b'{"error": {"message": "overloaded", "code": 529}}'))),
    "choices null": answered(reply(choices=None)),
    "choices empty": answered(reply(choices=[])),
    "choices an object": answered(reply(choices={"0": "done"})),
    "no message": answered(choice(message=None)),
    "content a number": answered(choice(message={"content": 7})),
    "a call with a number for a name": answered(choice(message=CALL)),
    "finish_reason a number": answered(choice(finish_reason=1)),
    "bytes that are no UTF-8": answered(reply().replace(b"done", b"do\xff\xfene")),
    "half a surrogate": answered(reply().replace(b"done", b"\\ud800")),
    "JSON too deep": answered(DEEP),
    "events without a reply": refused(plays(http(b"data: []\n\ndata: [DONE]\n\n"))),
    "events without an end": passing(plays(http(events(None)))),
    "events without an end once": second(plays(http(events(None)))),
    "events with an error in them": passing(
        plays(http(b'data: {"error": {"message": "overloaded", "code": 529}}\n\n'))
    ),
    "an error inside a choice": answered(choice(error={"message": "Provider returned error", "code": 400})),
    "an overload inside a choice": passing(plays(http(choice(error={"message": "busy", "code": 503}, message=None)))),
    "an error that wraps another": refused(plays(http(json.dumps(WRAPPED).encode(), 400))),
    "a field refused by its name": Fault(refuses("temperature"), FINE, 2),
    "two fields refused by their names": Fault(refuses("temperature", "stream"), FINE, 3),
    "the limit refused by its name": Fault(refuses("max_tokens"), FINE, 2),
    "a field refused that is not sent": refused(plays(http(b'{"detail": "unexpected field top_k"}', 422))),
    "100 MB": refused(pours("Content-Length: 104857600\r\n", b"x" * 65536, 1600)),
    "100 MB of unknown length": refused(pours("", b"x" * 65536, 1600)),
    "100 MB of gzip in 100 KB": refused(plays(http(BOMB, headers="Content-Encoding: gzip\r\n"))),
    "gzip that is none": refused(plays(http(reply(), headers="Content-Encoding: gzip\r\n"))),
    "an encoding nobody asked for": refused(plays(http(reply(), headers="Content-Encoding: br\r\n"))),
    "a redirect to another origin": refused(elsewhere),
    "a redirect in a circle": refused(in_a_circle),
    "two lengths": refused(plays(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + http(reply())[17:])),
    "finish_reason missing": unfinished(json.dumps({"choices": [{"message": {"content": "done"}}]}).encode()),
    "finish_reason null": unfinished(choice(finish_reason=None)),
    "finish_reason length": unfinished(choice(finish_reason="length")),
    "finish_reason content_filter": unfinished(choice(finish_reason="content_filter")),
    "finish_reason unheard of": unfinished(choice(finish_reason="tired")),
    "401 that repeats the key": refused(repeats_the_key(401, b'{"error": "wrong key KEY"}', "X-Key: KEY\r\n")),
    "500 that repeats the key": passing(repeats_the_key(500, b"KEY " * 60, "X-Key: KEY\r\n")),
    "a redirect that repeats the key": refused(repeats_the_key(302, b"", "Location: http://127.0.0.1:9/?k=KEY\r\n")),
    "a reply that repeats the key": Fault(repeats_the_key(200, reply("the key is KEY")), CUT, 3),
    "a model called as the key": refused(repeats_the_key(200, b'{"choices": "KEY"}', "X-Key: KEY\r\n")),
    "finish_reason null in a stream": fine(http(events(None) + b"data: [DONE]\n\n")),
    "fine": fine(http(reply())),
    "fine in events": fine(http(events("stop") + b"data: [DONE]\n\n")),
    "fine in one event": fine(http(b"data: " + reply() + b"\n\ndata: [DONE]\n\n")),
    "fine in events with remarks": fine(http(b": wait\n\n" + events("stop"))),
    "fine with tokens below zero": fine(http(reply(usage={"prompt_tokens": -1}))),
    "fine with tokens null": fine(http(reply(usage={"prompt_tokens": None, "completion_tokens": "7"}))),
    "fine with tokens not a number": fine(http(reply().replace(b'"prompt_tokens": 10', b'"prompt_tokens": NaN'))),
    "fine with a list for the tokens": fine(http(reply(usage=[1, 2]))),
    "fine with a thought of its own": fine(http(choice(message={"content": GOOD, "reasoning_content": "hm"}))),
    "fine with its answer behind the thought": fine(http(choice(message={"reasoning": "hm</think>done"}))),
    "fine in chunks": fine(chunked(reply())),
    "fine until the connection ends": fine(UNTOLD + reply()),
    "fine in gzip": fine(http(gzip.compress(reply()), headers="Content-Encoding: gzip\r\n")),
    "fine after an interim answer": fine(b"HTTP/1.1 100 Continue\r\n\r\n" + http(reply())),
    "fine with odd headers": fine(http(reply(), headers="X-Odd: \xe4\r\nX-Odd: 2\r\nSet-Cookie: a=b\r\n")),
    "fine without usage": fine(http(reply(usage=None))),
    "fine with fields of its own": fine(http(choice(stop_reason=None, token_ids=None))),
    "fine in parts": fine(http(choice(message={"content": [{"type": "text", "text": "done"}]}))),
    "fine from another field's end": fine(http(json.dumps(completion("done", finish="eos_token")).encode())),
}
