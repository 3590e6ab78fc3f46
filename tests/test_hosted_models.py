"""Claude and GPT through their computer tools: batches, errors, questions, checks, on services that keep the rules."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from agent import Ending, Recorder, read_recording, run_episode
from agent.dialects.hosted import NOT_EXECUTED, HostedDialect
from agent.dialects.hosted_families import hosted_dialect
from agent.episode import Ask, Decision, Episode, Finish, Limits, Move, Seconds, Step, Unreadable
from agent.models.chat import ChatModel, Message, Picture
from agent.models.endpoint.api_key import ApiKey
from agent.models.endpoint.client import CallLimits
from agent.models.hosted.anthropic_messages import AnthropicMessages
from agent.models.hosted.openai_responses import OpenAIResponses
from agent.vision import VisionPolicy
from devices import Action, Click, Drag, MoveTo, Observation, Point, Press, Scroll, TypeText, Wait
from devices.toy import BOXES, Toy
from tests.doubles.fault_server import Server, fault_server
from tests.doubles.hosted_services import (
    Json,
    Rules,
    claude_rules,
    claude_says,
    claude_text,
    computer_call,
    gpt_rules,
    gpt_says,
    gpt_text,
    reasoning,
    scripted,
    use,
)

KEY = ApiKey("sk-canary-7f3a9b/c+d=")
LIMITS = CallLimits(seconds=5.0, attempts=2, pause=0.01)


class Enlarged:
    """The toy on a screen `times` as large: what a person with a sharp display has."""

    def __init__(self, times: int) -> None:
        self.name, self.toy, self.times = "enlarged toy", Toy(), times
        self.clicks: list[Point] = []

    def observe(self) -> Observation:
        seen = self.toy.observe()
        return Observation(seen.pixels.repeat(self.times, 0).repeat(self.times, 1), seen.front, seen.at)

    def perform(self, action: Action) -> None:
        if isinstance(action, Click):
            self.clicks.append(action.at)
            action = Click(Point(action.at.x // self.times, action.at.y // self.times), action.button, action.times)
        self.toy.perform(action)

    def close(self) -> None:
        self.toy.close()


class Service(NamedTuple):
    """One of the two: how an answer of it is written, and the enlargement that is larger than it takes."""

    name: str
    rules: Rules
    times: int
    says: Callable[..., Json]
    text: Callable[[str], Json]
    calls: Callable[..., list[Json]]
    model: Callable[[str], ChatModel]

    @property
    def dialect(self) -> HostedDialect:
        return hosted_dialect(self.name, "canned")


def claude_calls(*actions: tuple[str, Json], turn: int = 0) -> list[Json]:
    names = {"click": "left_click", "type": "type", "key": "key", "screenshot": "screenshot"}
    calls = []
    for number, (kind, fields) in enumerate(actions):
        own = {"coordinate": [fields["x"], fields["y"]]} if kind == "click" else fields
        calls.append(use(names[kind], 100 * turn + number, **own))
    return calls


def gpt_calls(*actions: tuple[str, Json], turn: int = 0) -> list[Json]:
    written = []
    for kind, fields in actions:
        match kind:
            case "click":
                written.append({"type": "click", "button": "left", **fields})
            case "key":
                written.append({"type": "keypress", "keys": fields["text"].upper().split("+")})
            case _:
                written.append({"type": kind, **fields})
    return [reasoning(turn), computer_call(*written, call=f"call_{turn}")]


def claude_model(url: str) -> ChatModel:
    return AnthropicMessages("canned", KEY, address=url.removesuffix("/v1"), limits=LIMITS)


def gpt_model(url: str) -> ChatModel:
    return OpenAIResponses("canned", KEY, address=url, limits=LIMITS)


CLAUDE = Service("anthropic", claude_rules, 4, claude_says, claude_text, claude_calls, claude_model)
GPT = Service("openai", gpt_rules, 7, gpt_says, gpt_text, gpt_calls, gpt_model)
BOTH = pytest.mark.parametrize("service", [CLAUDE, GPT], ids=lambda service: str(service.name))


@contextmanager
def served(service: Service, *answers: Json) -> Iterator[tuple[VisionPolicy, Server]]:
    with fault_server(scripted(service.rules, *answers)) as (server, _):
        model = service.model(server.url)
        try:
            yield VisionPolicy(model, service.dialect, 4096), server
        finally:
            model.close()


def run(
    service: Service, *answers: Json, person: str | None = None, device: Any = None, limits: Limits | None = None
) -> tuple[Episode, list[Json]]:
    """An episode on those answers, and the requests that were sent; `person` answers every question so."""
    with served(service, *answers) as (policy, server):
        asked = None if person is None else lambda question: person
        episode = run_episode("sign in", device or Toy(), policy, ask=asked, limits=limits)
    return episode, [json.loads(body) for body in server.bodies]


def at(name: str) -> Json:
    center = BOXES[name].center
    return {"x": center.x, "y": center.y}


@BOTH
def test_three_answers_sign_in_on_a_screen_larger_than_the_service_takes(service: Service, tmp_path: Path) -> None:
    device = Enlarged(service.times)
    size = device.observe().size
    fit = service.dialect.fit(size)
    assert fit.picture[0] < size[0], "it has to be made smaller"

    def point(name: str) -> Json:
        x, y = fit.to_answer(target(name))
        return {"x": x, "y": y}

    def target(name: str) -> Point:
        return Point(BOXES[name].center.x * service.times + 1, BOXES[name].center.y * service.times + 2)

    first = service.calls(
        ("click", point("Name")), ("type", {"text": "Ada"}), ("key", {"text": "Tab"}), ("type", {"text": "secret"})
    )
    second = service.calls(("click", point("Sign in")), ("screenshot", {}), turn=1)
    answers = service.says(*first), service.says(*second), service.says(service.text("DONE: Welcome, Ada"))
    with served(service, *answers) as (policy, server):
        recorder = Recorder(tmp_path / "run", "sign in", device="toy", agent=policy.name)
        episode = run_episode("sign in", device, policy, journal=recorder)
    assert (episode.ending, episode.answer) == (Ending.FINISHED, "Welcome, Ada"), episode.reason
    assert device.toy.message == "Welcome, Ada"
    for click, name in zip(device.clicks, ("Name", "Sign in"), strict=True):
        assert abs(click.x - target(name).x) <= 1
        assert abs(click.y - target(name).y) <= 1
    assert (len(episode.steps), len(server.heads)) == (6, 3)
    assert episode.usage.total == 3 * 15
    moves = [step.decision.move for step in read_recording(tmp_path / "run").episode.steps]
    assert moves == [step.decision.move for step in episode.steps]


@BOTH
def test_after_a_refused_action_the_rest_is_not_done_and_the_model_is_told(service: Service) -> None:
    calls = service.calls(("click", at("Name")), ("key", {"text": "F7"}), ("type", {"text": "never"}))
    device = Toy()
    episode, requests = run(
        service, service.says(*calls), service.says(service.text("FAILED: no such key")), device=device
    )
    assert (episode.ending, episode.answer) == (Ending.GAVE_UP, "no such key"), episode.reason
    assert device.fields["Name"] == ""
    told = json.dumps(requests[-1])
    assert "the toy knows clicks" in told
    if service is CLAUDE:
        results = requests[-1]["messages"][-1]["content"]
        assert [block.get("is_error") for block in results] == [None, True, True, None]
        assert results[2]["content"] == [{"type": "text", "text": NOT_EXECUTED}]
        assert results[3]["type"] == "image"
    else:
        assert "This was action 2 of 3; none after it was done." in told


@BOTH
def test_twenty_actions_of_one_answer_are_twenty_steps(service: Service) -> None:
    device = Toy()
    calls = service.calls(*(("type", {"text": letter}) for letter in "abcdefghijklmnopqrst"))
    episode, requests = run(service, service.says(*calls), service.says(service.text("DONE:")), device=device)
    assert (episode.ending, len(episode.steps), len(requests)) == (Ending.FINISHED, 21, 2), episode.reason
    assert device.fields["Name"] == "abcdefghijklmnopqrst"


@BOTH
def test_an_answer_of_forty_actions_is_told_and_none_of_them_done(service: Service) -> None:
    device = Toy()
    calls = service.calls(*(("type", {"text": letter}) for letter in "ab" * 20))
    episode, requests = run(service, service.says(*calls), service.says(service.text("FAILED: sorry")), device=device)
    assert (episode.ending, device.fields["Name"]) == (Ending.GAVE_UP, ""), episode.reason
    assert "may hold 32 actions; found 40" in json.dumps(requests[-1])


@BOTH
def test_what_is_before_an_action_that_is_none_is_done_and_the_rest_is_not(service: Service) -> None:
    device = Toy()
    calls = service.calls(("type", {"text": "Ada"}), ("click", {"x": 9999, "y": 5}), ("type", {"text": "never"}))
    episode, requests = run(service, service.says(*calls), service.says(service.text("DONE: so far")), device=device)
    assert (episode.ending, device.fields["Name"]) == (Ending.FINISHED, "Ada"), episode.reason
    assert isinstance(episode.steps[1].decision.move, Unreadable)
    assert "found 9999" in json.dumps(requests[-1])


@BOTH
@pytest.mark.parametrize("words", ["", " ", "I have signed in for you.", "Done"])
def test_words_that_do_not_say_how_it_ended_end_nothing(service: Service, words: str) -> None:
    answers = [
        service.says(*([service.text(words)] if words else [])),
        service.says(service.text("Well.\n**DONE:** 7")),
    ]
    episode, requests = run(service, *answers)
    assert (episode.ending, episode.answer) == (Ending.FINISHED, "7"), episode.reason
    assert isinstance(episode.steps[0].decision.move, Unreadable)
    assert "DONE:" in json.dumps(requests[1]["messages" if service is CLAUDE else "input"][1:])


@BOTH
def test_a_question_is_put_to_the_person_and_the_answer_goes_back(service: Service) -> None:
    answers = service.says(service.text("QUESTION: Which name?")), service.says(service.text("DONE:"))
    episode, requests = run(service, *answers, person="Ada Lovelace")
    assert episode.steps[0].decision.move == Ask("Which name?", "Ada Lovelace")
    assert "Ada Lovelace" in json.dumps(requests[1])
    alone, _ = run(service, *answers)
    assert (alone.ending, alone.question) == (Ending.UNANSWERED, "Which name?")


def refusals() -> list[tuple[Service, Json]]:
    said = {"type": "message", "role": "assistant", "content": [{"type": "refusal", "refusal": "I will not."}]}
    return [(CLAUDE, claude_says(claude_text("I will not."), stop="refusal")), (GPT, gpt_says(said))]


@pytest.mark.parametrize(("service", "answer"), refusals(), ids=["anthropic", "openai"])
def test_a_model_that_declines_ends_the_run_with_its_words(service: Service, answer: Json) -> None:
    episode, requests = run(service, answer)
    assert (episode.ending, len(requests)) == (Ending.GAVE_UP, 1)
    assert episode.answer == "the model declined: I will not."


def test_a_refusal_among_calls_does_nothing() -> None:
    device = Toy()
    episode, _ = run(CLAUDE, claude_says(*claude_calls(("type", {"text": "x"})), stop="refusal"), device=device)
    assert (episode.ending, device.fields["Name"]) == (Ending.GAVE_UP, "")


@BOTH
def test_an_answer_that_was_cut_off_is_not_acted_on(service: Service) -> None:
    device = Toy()
    cut = {"stop": "max_tokens"} if service is CLAUDE else {"status": "incomplete"}
    episode, requests = run(service, service.says(*service.calls(("type", {"text": "half"})), **cut), device=device)
    assert (episode.ending, device.fields["Name"]) == (Ending.UNREADABLE, ""), episode.reason
    assert len(requests) == 3
    assert "cut off" in json.dumps(requests[-1])


def test_reasoning_that_came_to_nothing_is_not_sent_again() -> None:
    episode, requests = run(GPT, gpt_says(reasoning(1), status="incomplete"))
    assert (episode.ending, len(requests)) == (Ending.UNREADABLE, 3), episode.reason


CHECK = {"id": "sc_1", "code": "malicious_instructions", "message": "The page tells the agent what to do."}


def checked() -> list[Json]:
    typed = computer_call({"type": "type", "text": "Ada"}, {"type": "keypress", "keys": ["TAB"]}, checks=[CHECK])
    return [gpt_says(reasoning(1), typed), gpt_says(gpt_text("DONE:"))]


def test_a_safety_check_without_a_person_ends_the_run_by_name_and_nothing_is_done() -> None:
    device = Toy()
    episode, requests = run(GPT, *checked(), device=device)
    assert (episode.ending, device.fields["Name"], len(requests)) == (Ending.UNANSWERED, "", 1)
    assert "The page tells the agent what to do." in episode.question


def test_a_safety_check_that_the_person_allows_is_acknowledged() -> None:
    device = Toy()
    episode, requests = run(GPT, *checked(), person="Yes", device=device)
    assert (episode.ending, device.fields["Name"], device.focus) == (Ending.FINISHED, "Ada", "Password"), episode.reason
    outputs = [item for item in requests[1]["input"] if item.get("type") == "computer_call_output"]
    assert [item["acknowledged_safety_checks"] for item in outputs] == [[CHECK]]


@pytest.mark.parametrize("answer", ["no", "", "yes, but not that", "maybe"])
def test_a_safety_check_that_the_person_does_not_allow_is_never_acknowledged(answer: str) -> None:
    device = Toy()
    episode, requests = run(GPT, *checked(), person=answer, device=device)
    assert (episode.ending, device.fields["Name"]) == (Ending.FINISHED, ""), episode.reason
    assert "acknowledged_safety_checks" not in json.dumps(requests)
    assert "the person did not allow" in json.dumps(requests[1])


@BOTH
def test_the_conversation_grows_at_its_end_and_old_turns_go_many_at_once(service: Service) -> None:
    answers = [service.says(*service.calls(("type", {"text": "a"}), turn=turn)) for turn in range(24)]
    with fault_server(scripted(service.rules, *answers)) as (server, _), closing(service.model(server.url)) as model:
        policy = VisionPolicy(model, hosted_dialect(service.name, "canned", keeps=4))
        episode = run_episode("sign in", Toy(), policy, limits=Limits(steps=24, stuck=99))
    assert episode.ending is Ending.LIMIT_STEPS, episode.reason
    turns = [json.loads(body)["messages" if service is CLAUDE else "input"] for body in server.bodies]
    grown = [after[: len(before)] == before for before, after in pairwise(turns)]
    assert grown.count(False) == 4  # each time that eight past screens would have become nine
    assert max(len(turn) for turn in turns) <= 2 + 3 * 8
    assert "Done so far: Step 1: type 'a'" in json.dumps(turns[-1])


def test_thoughts_are_sent_again_only_while_all_before_them_is() -> None:
    thought = {"type": "thinking", "thinking": "a field", "signature": "s"}
    dialect = hosted_dialect("anthropic", "canned", keeps=2)
    reply = json.dumps([thought, *claude_calls(("type", {"text": "a"}))])
    seen = Toy().observe()
    past = [Step(n, seen, dialect.read(reply, dialect.fit(seen.size), ()), "", None, NO_SECONDS) for n in range(5)]
    assert past[0].decision.thought == "a field"
    assert sum(thought in message.wire for message in dialect.ask("g", past[:4], seen).messages) == 4
    assert not any(thought in message.wire for message in dialect.ask("g", past, seen).messages)


def test_steps_of_another_model_or_a_person_are_told_as_text() -> None:
    dialect, seen = hosted_dialect("openai", "canned"), Toy().observe()
    raws = ["", '{"action": "type"}', "[1, 2]", "not JSON", "[" * 100_000]
    past = [Step(n, seen, Decision(TypeText("x"), raw=raw), "", None, NO_SECONDS) for n, raw in enumerate(raws)]
    messages = dialect.ask("g", past, seen).messages
    assert [message.role for message in messages] == ["system", "user"]
    assert "Step 5: type 'x'" in str(messages[1].parts[0])


NO_SECONDS = Seconds()

CLAUDE_READS: list[tuple[list[Json], Sequence[Move] | str]] = [
    ([use("left_click", coordinate=[5, 6], text="ctrl+shift")], [Click(Point(5, 6), holding=("ctrl", "shift"))]),
    ([use("right_click", coordinate=[5, 6])], [Click(Point(5, 6), "right")]),
    ([use("triple_click", coordinate=[5, 6])], [Click(Point(5, 6), times=3)]),
    ([use("mouse_move", coordinate=[5, 6]), use("left_click")], [MoveTo(Point(5, 6)), Click(Point(5, 6))]),
    ([use("left_click_drag", start_coordinate=[1, 2], coordinate=[3, 4])], [Drag((Point(1, 2), Point(3, 4)))]),
    (
        [
            use("mouse_move", 1, coordinate=[1, 2]),
            use("left_mouse_down", 2),
            use("mouse_move", 3, coordinate=[3, 4]),
            use("left_mouse_up", 4),
        ],
        [MoveTo(Point(1, 2)), Drag((Point(1, 2), Point(3, 4), Point(3, 4)))],
    ),
    ([use("scroll", coordinate=[5, 6], scroll_direction="up", scroll_amount=4)], [Scroll(Point(5, 6), "up", 4)]),
    ([use("scroll", scroll_direction="down", scroll_amount=2)], [Scroll(Point(320, 200), "down", 2)]),
    ([use("key", text="ctrl+shift+Escape")], [Press(("ctrl", "shift", "escape"))]),
    ([use("key", text="Page_Down", repeat=3)], [Press(("page_down",))] * 3),
    ([use("key", text="Back")], [Press(("back",))]),
    ([use("type", text='Émile 漢字 "x"\n')], [TypeText('Émile 漢字 "x"\n')]),
    ([use("wait", duration=2)], [Wait(2)]),
    ([use("screenshot")], [Wait(0.0)]),
    ([use("screenshot"), use("type", text="a")], [TypeText("a")]),
    ([use("left_click", coordinate=[640, 6])], "inside the picture; found 640"),
    ([use("left_click", coordinate="here")], "two numbers"),
    ([use("left_click")], "needs a coordinate"),
    ([use("left_mouse_down")], "that is not known"),
    ([use("mouse_move", coordinate=[1, 2]), use("left_mouse_down", 2)], "still held"),
    ([use("scroll", scroll_direction="in", scroll_amount=2)], "needs a direction"),
    ([use("scroll", scroll_direction="up", scroll_amount=0)], "at least 1"),
    ([use("key", text="a", repeat=10**9)], "from 1 to 20"),
    ([use("key")], "keys were wanted"),
    ([use("type", text=None)], "text was wanted"),
    ([use("fly", speed=3)], "no action"),
    ([{"type": "tool_use", "id": "1", "name": "type", "input": "x"}], "needs an id and an input"),
]


def click(**fields: Any) -> Json:
    return {"type": "click", "button": "left", "x": 5, "y": 6, **fields}


GPT_READS: list[tuple[list[Json], Sequence[Move] | str]] = [
    ([click()], [Click(Point(5, 6))]),
    ([click(button="wheel", keys=["CTRL"])], [Click(Point(5, 6), "middle", holding=("ctrl",))]),
    ([{"type": "double_click", "x": 5, "y": 6, "keys": None}], [Click(Point(5, 6), times=2)]),
    ([{"type": "drag", "path": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]}], [Drag((Point(1, 2), Point(3, 4)))]),
    ([{"type": "move", "x": 5, "y": 6}], [MoveTo(Point(5, 6))]),
    ([{"type": "scroll", "x": 5, "y": 6, "scroll_x": 0, "scroll_y": 240}], [Scroll(Point(5, 6), "down", 2)]),
    (
        [{"type": "scroll", "x": 5, "y": 6, "scroll_x": -9, "scroll_y": -900}],
        [Scroll(Point(5, 6), "up", 9), Scroll(Point(5, 6), "left", 1)],
    ),
    ([{"type": "keypress", "keys": ["CTRL", "A"]}], [Press(("ctrl", "a"))]),
    ([{"type": "keypress", "keys": ["ARROWLEFT"]}], [Press(("left",))]),
    ([{"type": "type", "text": "Émile\n"}, {"type": "wait"}], [TypeText("Émile\n"), Wait()]),
    ([{"type": "screenshot"}], [Wait(0.0)]),
    ([click(button="back")], "no device has the button"),
    ([click(x=-1)], "inside the picture"),
    ([click(y=None)], "needs x and y"),
    ([{"type": "drag", "path": [{"x": 1, "y": 2}]}], "at least two points"),
    ([{"type": "drag", "path": None}], "at least two points"),
    ([{"type": "scroll", "x": 5, "y": 6, "scroll_x": 0, "scroll_y": 0}], "other than 0"),
    ([{"type": "keypress", "keys": []}], "keys were wanted"),
    ([{"type": "keypress", "keys": [7]}], "keys were wanted"),
    ([{"type": "fly"}], "no action"),
    ([{}], "no action"),
    ([], "needs actions"),
]


@pytest.mark.parametrize(
    ("service", "items", "wanted"),
    [("anthropic", calls, wanted) for calls, wanted in CLAUDE_READS]
    + [("openai", [computer_call(*actions)], wanted) for actions, wanted in GPT_READS],
)
def test_each_action_is_what_it_says_and_refusals_name_what_is_wrong(
    service: str, items: list[Json], wanted: Sequence[Move] | str
) -> None:
    dialect = hosted_dialect(service, "canned")
    decision = dialect.read(json.dumps(items), dialect.fit((640, 400)), ())
    if isinstance(wanted, str):
        assert isinstance(decision.move, Unreadable)
        assert wanted in decision.move.reason
    else:
        assert [decision.move, *decision.then] == list(wanted)


@pytest.mark.parametrize("text", ["", "null", "7", "{}", "[null]", '[{"type": 7}]', "[" * 100_000, '[{"no": "type"}]'])
@BOTH
def test_what_is_no_answer_at_all_is_unreadable_and_raises_nothing(service: Service, text: str) -> None:
    decision = service.dialect.read(text, service.dialect.fit((640, 400)), ())
    assert isinstance(decision.move, Unreadable)


@pytest.mark.parametrize(
    ("service", "model", "side", "factor", "most"),
    [
        ("anthropic", "claude-sonnet-5", 1568, 28, 1568),
        ("anthropic", "claude-opus-5-5", 2000, 28, 4784),
        ("openai", "gpt-5.4", 6000, 32, 10_000),
        ("openai", "gpt-5.4-mini", 2048, 32, 1536),
    ],
)
def test_every_screen_is_within_the_limits_and_every_point_comes_back(
    service: str, model: str, side: int, factor: int, most: int
) -> None:
    dialect, chance = hosted_dialect(service, model), random.Random(5)
    for _ in range(300):
        size = chance.randrange(40, 7000), chance.randrange(40, 5000)
        fit = dialect.fit(size)
        width, height = fit.picture
        assert max(fit.picture) <= side
        assert -(-width // factor) * -(-height // factor) <= most
        if max(size) <= side and -(-size[0] // factor) * -(-size[1] // factor) <= most:
            assert fit.picture == size, "what fits is left as it is"
        point = Point(chance.randrange(size[0]), chance.randrange(size[1]))
        back = fit.to_screen(*fit.to_answer(point))
        assert abs(back.x - point.x) <= size[0] / width
        assert abs(back.y - point.y) <= size[1] / height


@BOTH
def test_a_question_in_words_is_answered_in_words_without_any_tool(service: Service) -> None:
    with served(service, service.says(service.text("A login window."))) as (policy, server):
        picture = Picture(Toy().observe().pixels)
        reply = policy.model.complete((Message("user", ("What is it?", picture)),))
    assert (reply.text, reply.finished) == ("A login window.", True)
    assert "tools" not in json.loads(server.bodies[0])


def test_nothing_is_done_when_a_finish_claims_nothing() -> None:
    dialect = hosted_dialect("openai", "canned")
    decision = dialect.read(json.dumps([gpt_text("FAILED: it is locked")]), dialect.fit((640, 400)), ())
    assert decision.move == Finish(False, "it is locked")
