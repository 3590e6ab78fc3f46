"""A reply that was cut off moves nothing, wherever it was cut and whoever says that it is whole."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from agent.dialects.dialect import Dialect
from agent.dialects.families import dialect_named
from agent.episode import Unreadable
from agent.models.chat import EndpointDown, EndpointRefused, Grammar, Message, Reply
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import CallLimits, Endpoint
from agent.vision import VisionPolicy
from devices import Click
from devices.toy import Toy
from tests.doubles.chat_server import completion
from tests.doubles.fault_server import fault_server, http, plays
from tests.test_dialect_reading import MENDED, MOVES, call

SEEN = Toy().observe()
QWEN, GENERIC, TARS = (dialect_named(name) for name in ("qwen2.5-vl", "generic", "ui-tars-1.5"))
CALLED = [
    "click(start_box='(322,196)')",
    "drag(start_box='(322,196)', end_box='(0,0)')",
    "type(content='it\\'s fine')",
    "scroll(point='<point>322 196</point>', direction='down')",
    "finished(content='42')",
]
REPLIES: list[tuple[Dialect, str]] = [
    *((QWEN, call(arguments)) for arguments, _ in MOVES if '"[322' not in arguments),
    *((QWEN, MENDED[slip]) for slip in ("fenced", "a thought with a call in it", "windows line ends", "trailing text")),
    *((GENERIC, arguments) for arguments, _ in MOVES[:14]),
    *((TARS, f"Thought: I see (1, 2).\nAction: {said}") for said in CALLED),
]


@dataclass(frozen=True, slots=True)
class Cut:
    """A model whose reply ends early, and which says so or does not."""

    text: str
    finished: bool
    name: str = "cut"

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        return Reply(self.text, self.finished)

    def close(self) -> None:
        pass


def cuts(text: str) -> list[str]:
    """Every beginning of `text` but the whole, cut at each byte."""
    data = text.encode()
    return [data[:length].decode(errors="ignore") for length in range(len(data))]


def test_fifty_replies_cut_at_every_byte_move_nothing() -> None:
    assert len(REPLIES) >= 50
    for dialect, text in REPLIES:
        for cut in cuts(text):
            assert isinstance(VisionPolicy(Cut(cut, False), dialect).decide("go", (), SEEN).move, Unreadable)


def test_a_cut_that_is_called_whole_is_never_taken_for_another_move() -> None:
    for dialect, text in REPLIES:
        if text.startswith("<think>"):
            continue  # its thought holds a call of its own, which is all that a cut after it leaves
        whole = VisionPolicy(Cut(text, True), dialect).decide("go", (), SEEN).move
        assert not isinstance(whole, Unreadable), text
        for cut in cuts(text):
            move = VisionPolicy(Cut(cut, True), dialect).decide("go", (), SEEN).move
            assert isinstance(move, Unreadable) or move == whole, (cut, move)


def test_an_answer_cut_on_its_way_at_every_byte_moves_nothing() -> None:
    click = call('{"action": "left_click", "coordinate": [322, 196]}')
    answer = http(json.dumps(completion(click)).encode())
    limits = CallLimits(seconds=5.0, attempts=1, pause=0.01)
    for length in range(len(answer) + 1):
        with fault_server(plays(answer[:length])) as (server, _):
            model = Endpoint(read_address(server.url), "canned", limits=limits)
            policy = VisionPolicy(model, QWEN)
            if length < len(answer):
                with pytest.raises((EndpointDown, EndpointRefused)):
                    policy.decide("go", (), SEEN)
            else:
                assert isinstance(policy.decide("go", (), SEEN).move, Click)
            model.close()
