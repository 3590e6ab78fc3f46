"""What servers do that is no fault: thoughts in a field of their own, streams, refused fields, reasons well hidden."""

import json
from typing import Any

import pytest

from agent.dialects.families import dialect_named
from agent.episode import Unreadable, Usage
from agent.models.chat import EndpointRefused, Grammar, Message, Reply
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import LEFT_IN_THOUGHT, CallLimits, Endpoint
from agent.models.endpoint.event_stream import StreamCut
from agent.models.endpoint.reply import ErrorInside, NoCompletion, message_in, read_reply
from agent.models.reasoning import answer_in, plain_answer, split_reasoning
from agent.vision import FROM_THOUGHT, VisionPolicy
from devices import Click
from devices.toy import Toy
from tests.doubles.fault_server import Call, choice, fault_server, http, plays, refuses, reply
from tests.test_dialect_reading import MIDDLE, call

ASKED = (Message("user", ("What is it?",)),)
SCHEMA = Grammar("", {"type": "object"})
LIMITS = CallLimits(attempts=3, pause=0.01)
QWEN = dialect_named("qwen2.5-vl")
YES, NO = (call(json.dumps({"action": "left_click", "coordinate": at})) for at in ([322, 196], [5, 5]))


def decided(body: bytes, heard: list[str] | None = None) -> Any:
    """The decision that a policy comes to with a server that answers with `body`."""
    with fault_server(plays(http(body))) as (server, _):
        say = heard.append if heard is not None else lambda words: None
        model = Endpoint(read_address(server.url), "canned", limits=LIMITS, say=say)
        decision = VisionPolicy(model, QWEN).decide("go", (), Toy().observe())
        model.close()
    return decision


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_a_thought_in_a_field_of_its_own_is_the_thought_and_moves_nothing(field: str) -> None:
    decision = decided(choice(message={"content": YES, field: f"maybe {NO} no"}))
    assert decision.move == Click(MIDDLE)
    assert decision.thought.startswith("maybe")
    assert FROM_THOUGHT not in decision.thought


@pytest.mark.parametrize("content", [None, "", "\n"])
@pytest.mark.parametrize(
    "thought", [YES, f"maybe {NO}, no: {YES}", f"{NO} no.</think>{YES}", f"hm</think>\n\n{YES}<|im_end|>"]
)
def test_an_answer_that_a_server_left_in_the_thought_is_used_and_said(content: str | None, thought: str) -> None:
    heard: list[str] = []
    decision = decided(choice(message={"content": content, "reasoning_content": thought}), heard)
    assert decision.move == Click(MIDDLE)
    assert FROM_THOUGHT in decision.thought
    assert heard == [LEFT_IN_THOUGHT]


@pytest.mark.parametrize("thought", [f"{NO} no, I should look again", "I wonder", NO[:-14], f"<tool_call>{NO[11:-20]}"])
def test_a_thought_that_does_not_end_in_an_answer_is_none(thought: str) -> None:
    decision = decided(choice(message={"content": None, "reasoning_content": thought}))
    assert isinstance(decision.move, Unreadable)
    assert "only thought" in decision.move.reason
    assert decision.thought == thought


def test_a_thought_left_open_around_a_call_that_the_server_took_out_does_not_swallow_it() -> None:
    function = {"name": "computer_use", "arguments": '{"action": "left_click", "coordinate": [322, 196]}'}
    said = {"content": f"<think>maybe {NO} no", "tool_calls": [{"function": function}]}
    assert decided(choice(message=said, finish_reason="tool_calls")).move == Click(MIDDLE)


def test_a_whole_call_without_a_finish_reason_is_finished_and_anything_else_is_not() -> None:
    assert decided(choice(message={"content": YES}, finish_reason=None)).move == Click(MIDDLE)
    for cut in (YES[:-12], YES[:-20], '{"action": "left_click", "coordinate": [322, 196]', f"<think>{YES}"):
        for finish in (None, "length"):
            assert isinstance(decided(choice(message={"content": cut}, finish_reason=finish)).move, Unreadable)
    assert isinstance(decided(choice(message={"content": YES}, finish_reason="length")).move, Unreadable)


COUNTS: list[tuple[Any, Usage]] = [
    (None, Usage()),
    ({"prompt_tokens": None, "completion_tokens": 7}, Usage(0, 7)),
    ({"prompt_tokens": -1, "completion_tokens": 7.0}, Usage(0, 7)),
    ({"prompt_tokens": "12", "completion_tokens": True}, Usage()),
    ({"prompt_tokens": 1e300, "completion_tokens": [1]}, Usage()),
    ([1, 2], Usage()),
    ("many", Usage()),
]


@pytest.mark.parametrize(("counts", "usage"), COUNTS)
def test_odd_counts_of_tokens_are_unknown_and_nothing_else(counts: Any, usage: Usage) -> None:
    found = read_reply(reply(usage=counts))
    assert (found.text, found.usage) == ("done", usage)


REASONS: list[tuple[Any, str]] = [
    (
        {"error": {"message": "Provider returned error", "metadata": {"raw": '{"error":{"message":"too long"}}'}}},
        "too long",
    ),
    ({"error": {"message": "Provider returned error", "metadata": {"raw": "upstream is busy"}}}, "upstream is busy"),
    ({"error": {"message": "Provider returned error", "metadata": {"raw": {"detail": "no"}}}}, "no"),
    ({"error": {"message": "plain", "metadata": {"raw": ""}}}, "plain"),
    ({"message": '{"detail": [{"loc": ["body", "top_k"], "msg": "Extra inputs"}]}'}, "top_k: Extra inputs"),
    ({"error": "wrong"}, "wrong"),
    ({"error": {"message": "{not json"}}, "{not json"),
    ({"odd": 1}, ""),
]


@pytest.mark.parametrize(("error", "reason"), REASONS)
def test_the_real_reason_of_an_error_is_found_however_deep(error: Any, reason: str) -> None:
    assert message_in(error) == reason


def test_an_error_inside_a_choice_is_an_error() -> None:
    with pytest.raises(ErrorInside, match="rate") as raised:
        read_reply(choice(error={"message": "rate", "code": 429}, message=None, finish_reason="error"))
    assert raised.value.code == 429


def chunk(**delta: Any) -> bytes:
    finish = delta.pop("finish_reason", None)
    return b"data: " + json.dumps({"choices": [{"delta": delta, "finish_reason": finish}]}).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


def test_a_stream_that_nobody_asked_for_is_put_together() -> None:
    calls = [{"index": 0, "function": {"name": "computer_use", "arguments": '{"action":'}}]
    more = [{"index": 0, "function": {"arguments": ' "wait"}'}}]
    usage = b'data: {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 4}}\n\n'
    stream = [chunk(reasoning_content="h"), chunk(reasoning_content="m"), chunk(content="a "), chunk(content="b")]
    stream += [chunk(tool_calls=calls), chunk(tool_calls=more), chunk(finish_reason="tool_calls"), usage, DONE]
    found = read_reply(b": comment\n\n" + b"".join(stream))
    assert found.text == 'a b\n<tool_call>\n{"name": "computer_use", "arguments": {"action": "wait"}}\n</tool_call>'
    assert (found.thought, found.finished, found.usage) == ("hm", True, Usage(3, 4))
    assert read_reply(b"".join(stream).replace(b"\n", b"\r\n")) == found


def test_a_stream_that_was_cut_is_no_reply_wherever_it_was_cut() -> None:
    whole = chunk(content="do") + chunk(content="ne") + chunk(finish_reason="stop")
    assert read_reply(whole).finished
    for end in range(len(whole) - 2):
        with pytest.raises((StreamCut, NoCompletion)):
            read_reply(whole[:end])
    assert read_reply(chunk(content="done", finish_reason="length")).finished is False


def test_fields_that_a_server_refuses_by_name_are_left_out_from_then_on() -> None:
    with fault_server(refuses("temperature", "stream", "response_format")) as (server, _):
        model = Endpoint(read_address(server.url), "canned", limits=LIMITS)
        for _ in range(2):
            assert model.complete(ASKED, grammar=SCHEMA).text == "done"
        model.close()
        assert len(server.bodies) == 5
        last = json.loads(server.bodies[-1])
    assert last.keys() == {"model", "messages", "max_tokens", "structured_outputs"}


def test_what_a_request_needs_is_never_left_out() -> None:
    with fault_server(refuses("messages")) as (server, _):
        model = Endpoint(read_address(server.url), "canned", limits=LIMITS)
        with pytest.raises(EndpointRefused, match="messages"):
            model.complete(ASKED)
        model.close()
        assert len(server.bodies) == 1


def test_a_server_that_falls_over_schemas_is_asked_without() -> None:
    def answer(call: Call) -> None:
        call.wire.sendall(http(b'{"error": "boom"}', 500) if b"response_format" in call.body else http(reply()))

    with fault_server(answer) as (server, _):
        model = Endpoint(read_address(server.url), "canned", limits=LIMITS)
        for _ in range(4):
            assert model.complete(ASKED, grammar=SCHEMA).text == "done"
        model.close()
        assert len(server.bodies) == 2 + 2 + 1 + 1, "after the second call it is known"


def test_a_500_that_has_passed_costs_no_schema() -> None:
    def answer(call: Call) -> None:
        call.wire.sendall(http(b"", 500) if call.number == 1 else http(reply()))

    with fault_server(answer) as (server, _):
        model = Endpoint(read_address(server.url), "canned", limits=LIMITS)
        for _ in range(2):
            model.complete(ASKED, grammar=SCHEMA)
        model.close()
        assert [b"response_format" in body for body in server.bodies] == [True, False, True]


SPLIT = [
    ("a no.</think>b", ("a no.", "b")),
    ("<think>a</think>b", ("a", "b")),
    ("b<think>a", ("a", "b")),
    ("<seed:think>a</seed:think>b", ("a", "b")),
    ("[THINK]a[/THINK]b", ("a", "b")),
    ("I think <b>so</b>", ("", "I think <b>so</b>")),
    ("", ("", "")),
]


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_a_reply_is_split_into_thought_and_answer(text: str, parts: tuple[str, str]) -> None:
    assert split_reasoning(text) == parts


def test_a_plain_answer_has_no_marks_around_it() -> None:
    assert plain_answer("<think>hm</think>\n<answer>\nYes.\n</answer><|im_end|>") == "Yes."
    assert plain_answer("Yes, <answer>x</answer> is a tag.") == "Yes, <answer>x</answer> is a tag."


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 3000, "<tool_call>" * 2000, "```" * 2000, "]" * 9000])
def test_a_hostile_thought_holds_no_answer(text: str) -> None:
    assert answer_in(text) == ""


def test_reply_stays_what_it_was_for_those_who_do_not_care() -> None:
    assert Reply("x", True) == Reply("x", finished=True, usage=Usage(), thought="", from_thought=False)
