"""What the hosted APIs do when they fail, what a run must come to with it, and how many requests it may cost."""

import json
from typing import NamedTuple

from agent.episode import Ending
from tests.doubles.fault_server import Play, drips, elsewhere, hangs, http, once, plays, pours, repeats_the_key, resets
from tests.doubles.hosted_services import JSON, claude_says, claude_text, gpt_says, gpt_text

ATTEMPTS = 3
FINE, DOWN, REFUSED = Ending.FINISHED, Ending.ENDPOINT_DOWN, Ending.ENDPOINT_REFUSED


class Fault(NamedTuple):
    """What the service does, how a run with it ends, the requests until then, and words that the reason holds."""

    play: Play
    ending: Ending
    requests: int
    words: str = ""


def error(kind: str, message: str = "as the test wants") -> bytes:
    """An error that either service could have sent."""
    inside = {"type": kind, "code": kind, "message": message}
    return json.dumps({"type": "error", "error": inside, "request_id": "req_1"}).encode()


def says(status: int, kind: str, headers: str = "") -> Play:
    return plays(http(error(kind), status, JSON + headers))


def faults(service: str) -> dict[str, Fault]:
    """Every fault of "anthropic" or "openai"."""
    said = claude_says(claude_text("DONE:")) if service == "anthropic" else gpt_says(gpt_text("DONE:"))
    good = json.dumps(said).encode()
    fine = http(good, headers=JSON)
    items = "content" if service == "anthropic" else "output"
    variable = f"{service.upper()}_API_KEY"

    def answers(body: bytes) -> Fault:
        return Fault(plays(http(body, headers=JSON)), REFUSED, 1)

    def odd(**fields: object) -> bytes:
        return json.dumps(said | fields).encode()

    return {
        "fine": Fault(plays(fine), FINE, 1),
        "fine without usage": Fault(plays(http(odd(usage=None), headers=JSON)), FINE, 1),
        "fine with odd usage": Fault(plays(http(odd(usage={"output_tokens": "many"}), headers=JSON)), FINE, 1),
        "fine with fields of its own": Fault(plays(http(odd(novel={"a": [1]}), headers=JSON)), FINE, 1),
        "401": Fault(says(401, "authentication_error"), REFUSED, 1, variable),
        "402": Fault(says(402, "billing_error"), REFUSED, 1, "no credit"),
        "403": Fault(says(403, "permission_error"), REFUSED, 1, "may not use"),
        "404": Fault(says(404, "not_found_error"), REFUSED, 1, "model's name"),
        "400": Fault(says(400, "invalid_request_error"), REFUSED, 1, "as the test wants"),
        "413": Fault(says(413, "request_too_large"), REFUSED, 1, "--keep-screens"),
        "429": Fault(says(429, "rate_limit_error"), DOWN, ATTEMPTS, "HTTP 429: as the test wants"),
        "429 once": Fault(once(says(429, "rate_limit_error", "Retry-After: 0.1\r\n"), fine), FINE, 2),
        "429 for an hour": Fault(says(429, "rate_limit_error", "Retry-After: 3600\r\n"), DOWN, 1, "wait 3600 s"),
        "500 once": Fault(once(says(500, "api_error"), fine), FINE, 2),
        "503": Fault(says(503, "server_error"), DOWN, ATTEMPTS),
        "529": Fault(says(529, "overloaded_error"), DOWN, ATTEMPTS, "529"),
        "502 in HTML": Fault(plays(http(b"<html>Bad gateway</html>", 502)), DOWN, ATTEMPTS, "Bad gateway"),
        "an overload with status 200": Fault(plays(http(error("overloaded_error"), headers=JSON)), DOWN, ATTEMPTS),
        "an error with status 200": answers(error("invalid_prompt")),
        "reset": Fault(resets(), DOWN, ATTEMPTS, "no connection"),
        "reset once": Fault(once(resets(), fine), FINE, 2),
        "closed": Fault(plays(b""), DOWN, ATTEMPTS),
        "cut in the body": Fault(plays(fine[:-20]), DOWN, ATTEMPTS),
        "hangs": Fault(hangs(), DOWN, 1, "no answer within"),
        "hangs in the body": Fault(hangs(fine[:-20]), DOWN, 1, "no answer within"),
        "drips": Fault(drips(fine, 0.1), DOWN, 1, "no answer within"),
        "events": Fault(plays(http(b"data: {}\n\n", headers="Content-Type: text/event-stream\r\n")), REFUSED, 1),
        "HTML": Fault(plays(http(b"<!doctype html><title>Welcome</title>")), REFUSED, 1, "no JSON"),
        "empty": answers(b""),
        "half a JSON": answers(good[:-20]),
        "JSON too deep": answers(b"[" * 100_000),
        "no object": answers(b"[1, 2]"),
        "no items": answers(odd(**{items: None})),
        "items of numbers": answers(odd(**{items: [1, 2]})),
        "items without a type": answers(odd(**{items: [{"text": "DONE:"}]})),
        "no HTTP": Fault(plays(b"220 smtp.example.org ESMTP\r\n\r\n"), DOWN, ATTEMPTS),
        "gzip that is none": Fault(plays(http(good, headers="Content-Encoding: gzip\r\n")), DOWN, ATTEMPTS),
        "headers without end": Fault(pours("", b"X-More: of the same\r\n", 100_000), REFUSED, 1),
        "a redirect to another origin": Fault(elsewhere, REFUSED, 1, "307"),
        "401 that repeats the key": Fault(
            repeats_the_key(401, error("authentication_error", "wrong key KEY"), JSON), REFUSED, 1, "[the key]"
        ),
        "500 that repeats the key": Fault(repeats_the_key(500, b"KEY " * 60), DOWN, ATTEMPTS),
        "an answer that repeats the key": Fault(
            repeats_the_key(200, good.replace(b"DONE:", b"DONE: KEY"), JSON), FINE, 1
        ),
    }
