"""What models write, read without inventing anything: times, JSON values, and schemas that hold them to their word."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llguidance import LLMatcher

from agent.episode import Usage
from agent.models.chat import Grammar, Message, Reply
from agent.queries.ask import complete_reply
from agent.queries.json_reply import json_in
from agent.queries.media import BadMedia, NotAnswered
from agent.queries.schema import BadSchema, grammar_of, read_schema, schema_of
from agent.queries.timestamps import TimeSpan, clock_time, read_spans

TIMES = [
    ("The given query happens in 64.0 - 72.0 seconds.", [(64, 72)]),
    ("It is visible from 1:04 to 1:12.", [(64, 72)]),
    ("between 5 and 7.5 seconds", [(5, 7.5)]),
    ("00:00:05.50 - 00:01:10", [(5.5, 70)]),
    ("5s – 7s", [(5, 7)]),
    ("It appears at 12.5 seconds.", [(12.5, 12.5)]),
    ("1.0 - 2.0 seconds and again 8.0 - 9.0 seconds", [(1, 2), (8, 9)]),
    ('```json\n[{"start_time": "00:02.00", "end_time": "00:03.50"}]\n```', [(2, 3.5)]),
    ('[{"start_time": "00:09.00", "end_time": "10.0"}, {"start_time": 2, "end_time": "00:03"}]', [(2, 3), (9, 10)]),
    ('{"start": 2.0, "end": 3.5, "description": "it opens"}', [(2, 3.5)]),
    ('{"events": [{"start": 2, "end": 3}]}', [(2, 3)]),
    ("[[2, 3], [5.5, 6]]", [(2, 3), (5.5, 6)]),
    ('[{"start_time": "01:58.00", "end_time": "02:30.00"}]', [(118, 120)]),
    ("[[1, 4], [3, 6]]", [(1, 6)]),
    ("[]", []),
    ('{"events": []}', []),
    ("The dialog does not appear in this video.", []),
    ("No, it never happens.", []),
    ("There is no such event.", []),
]


@pytest.mark.parametrize(("text", "spans"), TIMES, ids=[text[:40] for text, _ in TIMES])
def test_times_are_read_as_models_write_them(text: str, spans: list[tuple[float, float]]) -> None:
    assert read_spans(text, 120.0) == tuple(TimeSpan(*span) for span in spans)


UNREADABLE = [
    ("", "neither"),
    ("The dialog appears in the middle.", "neither"),
    ("It does not appear until 3.0 - 5.0 seconds.", "both"),
    ("[[7, 3]]", "start within"),
    ("200 - 210 seconds", "start within"),
    ('[{"start_time": "00:02.00", "end_time": "00:0', "neither"),
    ('[{"start_time": null, "end_time": 3}]', "start_time"),
    ('[{"start_time": true, "end_time": 3}]', "number of seconds"),
    ('[{"when": 3}]', "start_time"),
    ("[[NaN, 3]]", "neither"),
    ("[[1e999, 3]]", "neither"),
    ("[[-1, 3]]", "start within"),
    ('{"start": "soon", "end": "later"}', "mm:ss.ff"),
    ("[" * 100_000, "neither"),
    ("[" * 900 + "]" * 900, "start_time"),
    (json.dumps([[0, 1]] * 5000), "too many"),
    ('{"start": 1, "start": 2, "end": 3}', "neither"),
]


@pytest.mark.parametrize(("text", "said"), UNREADABLE, ids=[text[:40] for text, _ in UNREADABLE])
def test_no_time_is_made_up(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_spans(text, 120.0)


@given(st.text() | st.text(alphabet='[]{}":,-.0123456789 at to stend_ime', max_size=200))
def test_whatever_is_written_times_lie_within_the_video_or_are_refused(text: str) -> None:
    try:
        spans = read_spans(text, 10.0)
    except ValueError:
        return
    assert all(0 <= span.start <= span.end <= 10 for span in spans)
    assert list(spans) == sorted(spans)


SHOWN = [(0.0, "0:00.0"), (3.5, "0:03.5"), (59.96, "1:00.0"), (754.25, "12:34.2"), (3723.0, "1:02:03.0")]


@pytest.mark.parametrize(("seconds", "text"), SHOWN)
def test_a_person_reads_the_time_that_was_meant(seconds: float, text: str) -> None:
    assert clock_time(seconds) == text


VALUES = [
    ('{"a": 1}', {"a": 1}),
    ('```json\n{"a": [1, "x"]}\n```\nThat is all.', {"a": [1, "x"]}),
    ('Here it is: {"a": 1} - as you asked', {"a": 1}),
    ("42", 42),
    ('"words"', "words"),
    ("null", None),
    ("[]", []),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_the_json_value_in_a_reply_is_found(text: str, value: Any) -> None:
    assert json_in(text) == value


BROKEN = [
    ("no value at all", "no JSON"),
    ('{"a": 1', "no JSON"),
    ('{"a": {"b": 1}, oops', "no JSON"),
    ('{"a": NaN}', "no JSON number"),
    ('{"a": 1e999}', "too large"),
    ('{"a": 1, "a": 2}', "twice"),
    ("[" * 100_000, "nested too deep"),
    ("[" + "9" * 5000 + "]", "digits"),
    ("x" * (1 << 20) + "xx", "too long"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN, ids=[text[:20] for text, _ in BROKEN])
def test_broken_json_is_refused_and_not_mended(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        json_in(text)


INVOICE = {
    "type": "object",
    "properties": {
        "number": {"type": "string"},
        "total": {"type": "number"},
        "on": {"type": "string", "format": "date"},
    },
    "required": ["number", "total"],
    "additionalProperties": False,
}


def test_a_flaw_says_where_it_is() -> None:
    schema = schema_of(INVOICE)
    assert schema.flaw({"number": "7", "total": 12.5, "on": "2026-01-31"}) == ""
    assert schema.flaw({"number": "7", "total": "12.5"}) == "at $.total: '12.5' is not of type 'number'"
    assert "'2026-31-01' is not a 'date'" in schema.flaw({"number": "7", "total": 1, "on": "2026-31-01"})


BAD_SCHEMAS: list[tuple[bytes, str]] = [
    (b"", "empty"),
    (b"not json", "no JSON"),
    (b"[" * 100_000, "no JSON"),
    (b"[]", "a JSON object"),
    (b'{"type": "strnig"}', "no JSON Schema"),
    (b'{"properties": []}', "no JSON Schema"),
    (b'{"pattern": "("}', "no JSON Schema"),
    (b'{"$ref": "http://127.0.0.1:9/schema.json"}', "nothing is fetched"),
    (b'{"items": {"$ref": "other.json"}}', "nothing is fetched"),
    (b'{"$ref": "file:///etc/passwd"}', "nothing is fetched"),
    (b'{"$ref": "#/$defs/absent"}', "not in it"),
    (b'{"$ref": "#nowhere"}', "not in it"),
    (b"\xff\xfe\x00", "no JSON"),
]


@pytest.mark.parametrize(("content", "said"), BAD_SCHEMAS, ids=[str(content[:40]) for content, _ in BAD_SCHEMAS])
def test_a_schema_that_is_none_is_refused_before_anyone_is_asked(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "s.json").write_bytes(content)
    with pytest.raises((BadSchema, BadMedia), match=said) as refused:
        read_schema(tmp_path / "s.json")
    assert str(tmp_path / "s.json") in str(refused.value)


GOOD_REFERENCES: list[dict[str, Any]] = [
    {"$defs": {"money": {"type": "number"}}, "properties": {"total": {"$ref": "#/$defs/money"}}},
    {"$id": "https://example.org/a", "$defs": {"b": {"$id": "b", "type": "number"}}, "items": {"$ref": "b"}},
    {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"a": {}},
        "not": {"$ref": "#/definitions/a"},
    },
    {"properties": {"$ref": {"type": "string"}}},
    {"const": {"$ref": "http://example.org/data"}},
    {"$defs": {"n": {"$anchor": "here", "type": "number"}}, "items": {"$ref": "#here"}},
]


@pytest.mark.parametrize("value", GOOD_REFERENCES, ids=lambda value: json.dumps(value)[:60])
def test_references_within_a_schema_are_followed(value: dict[str, Any]) -> None:
    schema_of(value).flaw([1])


def test_a_schema_that_goes_round_in_circles_is_said_to() -> None:
    with pytest.raises(BadSchema, match="itself"):
        schema_of({"$ref": "#"}).flaw(1)


GRAMMATICAL: list[dict[str, Any]] = [
    INVOICE,
    {"type": "array", "items": {"type": "string", "format": "idn-email"}, "uniqueItems": True},
    {"not": {"type": "string"}},
    {"oneOf": [{"type": "string"}, {"type": "number"}]},
]


@pytest.mark.parametrize("value", GRAMMATICAL, ids=lambda value: json.dumps(value)[:60])
def test_a_schema_becomes_a_grammar_as_far_as_it_can(value: dict[str, Any]) -> None:
    grammar = grammar_of(value)
    assert grammar is not None
    assert grammar.schema == value
    assert not LLMatcher.validate_grammar(LLMatcher.grammar_from_lark(grammar.lark))


INEXPRESSIBLE: list[dict[str, Any]] = [{"type": "string", "pattern": "(?=a)b"}, {"enum": []}, {"allOf": [False]}]


@pytest.mark.parametrize("value", INEXPRESSIBLE, ids=json.dumps)
def test_a_schema_that_no_grammar_can_express_is_asked_for_in_words(value: dict[str, Any]) -> None:
    assert grammar_of(schema_of(value).value) is None


@dataclass(frozen=True, slots=True)
class Thinks:
    """A model that thinks before it answers, in tags or in a field of its own."""

    reply: Reply
    name: str = "thinks"

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        return self.reply

    def close(self) -> None:
        pass


def answer(reply: Reply) -> str:
    return complete_reply(Thinks(reply), (), None, 512).text


def test_a_thought_is_neither_printed_nor_parsed() -> None:
    value = '{"total": 300}'
    assert answer(Reply(f'so {{"total": 5}} no.</think>{value}', True)) == value
    assert answer(Reply(f"<think>hm</think>\n<answer>{value}</answer><|im_end|>", True)) == value
    assert answer(Reply("It is red.", True, thought="hm")) == "It is red."
    for nothing in (Reply("<think>5", True), Reply("", True, thought="hm")):
        with pytest.raises(NotAnswered, match="only thought"):
            answer(nothing)


def test_a_reply_of_unknown_end_is_whole_by_its_json_or_by_its_tokens() -> None:
    assert answer(Reply('{"a": 1}', None)) == '{"a": 1}'
    assert answer(Reply("It is red.", None, Usage(9, 4))) == "It is red."
    for cut in (Reply("It is r", None), Reply("It is r", None, Usage(9, 512)), Reply('{"a": 1}', False)):
        with pytest.raises(NotAnswered, match="cut off"):
            answer(cut)
