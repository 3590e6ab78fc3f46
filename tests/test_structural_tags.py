"""What a server is told of a reply's form: tags are kept by a tag, and no schema forbids them."""

import json
from typing import Any

import pytest

from agent.dialects.families import DIALECTS, dialect_named
from agent.models.chat import Grammar, Message, Picture, StructuralTag
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import Endpoint
from agent.models.endpoint.request import CONSTRAINTS, Spelling, body_of
from devices.device import Surface
from devices.toy import Toy
from tests.doubles.fault_server import Call, fault_server, http, reply

ASKED = (Message("user", ("What is it?",)),)
GRAMMAR = Grammar(
    "", tag=StructuralTag("<tool_call>", "<tool_call>\n", "json_schema", {"type": "object"}, "\n</tool_call>")
)


def body(spelling: str) -> dict[str, Any]:
    return body_of("m", ASKED, 9, GRAMMAR, Spelling(spelling))


def test_a_tag_is_spelt_as_xgrammar_names_it() -> None:
    first = body("response_format")["response_format"]
    (tag,) = first["format"]["tags"]
    assert (first["type"], first["format"]["type"]) == ("structural_tag", "triggered_tags")
    assert first["format"]["triggers"] == ["<tool_call>"]
    assert (tag["begin"], tag["end"]) == ("<tool_call>\n", "\n</tool_call>")
    assert tag["content"] == {"type": "json_schema", "json_schema": {"type": "object"}}
    assert json.loads(body("structured_outputs")["structured_outputs"]["structural_tag"]) == first
    assert not {"response_format", "structured_outputs"} & body("none").keys()


@pytest.mark.parametrize("surface", ["computer", "phone"])
@pytest.mark.parametrize("name", DIALECTS)
def test_no_schema_where_the_prompt_demands_tags_nor_where_a_place_is_asked_for(name: str, surface: Surface) -> None:
    dialect, seen = dialect_named(name, surface=surface), Toy().observe()
    query = dialect.ask("x", (), seen)
    tagged = any("<tool_call>" in str(part) for message in query.messages for part in message.parts)
    for spelling in CONSTRAINTS:
        sent = body_of("m", query.messages, 9, query.grammar, Spelling(spelling))
        if tagged:
            assert sent.get("response_format", {"type": "structural_tag"})["type"] == "structural_tag"
            assert "json" not in sent.get("structured_outputs", {})
        where = dialect.ask_where("x", Picture(seen.pixels), query.fit, boxes=True)
        asked = body_of("m", where.messages, 9, where.grammar, Spelling(spelling))
        constrained = {"response_format", "structured_outputs"} & asked.keys()
        assert not constrained or name in ("holo2", "holo3"), "only Holo's documentation asks for a schema"
        assert asked.get("response_format", {}).get("type") != "json_object"


SWITCHES = {"qwen3.5": False, "holo3": True, "ui-venus-2": True, "qwen2.5-vl": None, "generic": None}


@pytest.mark.parametrize("name", SWITCHES)
def test_the_switch_for_thoughts_stands_as_the_family_needs_it(name: str) -> None:
    query = dialect_named(name).ask("x", (), Toy().observe())
    sent = body_of("m", query.messages, 9, query.grammar, Spelling())
    wanted = None if SWITCHES[name] is None else {"enable_thinking": SWITCHES[name]}
    assert sent.get("chat_template_kwargs") == wanted
    other = Spelling().fallback("Unrecognized request argument supplied: chat_template_kwargs", with_schema=True)
    assert other
    assert "chat_template_kwargs" not in body_of("m", query.messages, 9, query.grammar, other)


def test_a_server_that_knows_no_tags_is_asked_without_and_its_reply_is_read() -> None:
    def answer(call: Call) -> None:
        tagged = {"response_format", "structured_outputs"} & json.loads(server.bodies[-1]).keys()
        refusal = http(b'{"error": {"message": "response_format type must be one of text, json_object"}}', 400)
        call.wire.sendall(refusal if tagged else http(reply("<tool_call>\n{}\n</tool_call>")))

    with fault_server(answer) as (server, _):
        model = Endpoint(read_address(server.url), "m")
        assert "<tool_call>" in model.complete(ASKED, grammar=GRAMMAR).text
        requests = len(server.bodies)
        model.complete(ASKED, grammar=GRAMMAR)
        model.close()
    assert requests <= 3
    assert len(server.bodies) == requests + 1, "what a server takes is found out once"
