"""Each family at work: a server that writes as it does and points in its numbers, on a real little screen."""

import io
import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from PIL import Image

from agent.calibration.calibrate import calibrate
from agent.dialects.families import DIALECTS, dialect_named
from agent.dialects.spaces import Absolute
from agent.episode import Ending, Limits
from agent.loop import run_episode
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import Endpoint
from agent.policy import Scripted
from agent.vision import VisionPolicy
from devices import OpenApp, Point, Press, Stop
from devices.device import Surface
from devices.settled import Settled
from devices.toy import BOXES, SIZE, Toy
from devices.wrappers import Fresh
from tests.connected_phone import ConnectedPhone, driver_of
from tests.doubles.chat_server import chat_server
from tests.doubles.pointing_server import pointing_server

Reply = Callable[[int, int], str]
"""What the family writes, for the numbers of the place it means."""


def tool_call(arguments: str) -> str:
    return f'<tool_call>\n{{"name": "computer_use", "arguments": {arguments}}}\n</tool_call>'


def xml_call(**given: str) -> str:
    body = "".join(f"<parameter={name}>\n{value}\n</parameter>\n" for name, value in given.items())
    return f"Action: next.\n<tool_call>\n<function=computer_use>\n{body}</function>\n</tool_call>"


def holo_turn(call: str) -> str:
    return f'next\n</think>\n{{"note": "user Ada", "thought": "next", "tool_call": {call}}}'


def in_code(code: str) -> str:
    return f"## Thought:\nnext\n\n## Action:\nNext.\n\n## Code:\n```python\n{code}\n```"


FARA: tuple[Reply, ...] = (
    lambda x, y: "I type.\n" + tool_call('{"action": "type", "text": "Ada\\tsecret"}'),
    lambda x, y: "I click.\n" + tool_call(f'{{"action": "left_click", "coordinate": [{x}, {y}]}}'),
)
SIGN_IN: dict[str, tuple[Reply, ...]] = {
    "qwen3.5": (
        lambda x, y: xml_call(action="type", text="Ada\tsecret"),
        lambda x, y: xml_call(action="left_click", coordinate=f"[{x}, {y}]"),
        lambda x, y: xml_call(action="terminate", status="success"),
    ),
    "fara-7b": (*FARA, lambda x, y: "Done.\n" + tool_call('{"action": "terminate", "status": "success"}')),
    "fara-1.5": (*FARA, lambda x, y: tool_call('{"action": "terminate", "answer": "Welcome, Ada"}')),
    "holo3": (
        lambda x, y: holo_turn('{"tool_name": "write", "content": "Ada\\tsecret"}'),
        lambda x, y: holo_turn(f'{{"tool_name": "click", "element": "Sign in", "x": {x}, "y": {y}}}'),
        lambda x, y: holo_turn('{"tool_name": "answer", "status": "success", "content": "signed in"}'),
    ),
    "ui-venus-2": (
        lambda x, y: "next</think>\n<action>Type(content='Ada\\tsecret')</action>",
        lambda x, y: f"next</think>\n<action>Click(box=({x}, {y}))</action>",
        lambda x, y: "next</think>\n<action>Finished(content='signed in')</action>",
    ),
    "ui-venus-1.5": (
        lambda x, y: "<think>n</think><action>Type(content='Ada\\tsecret')</action><conclusion>Typed.</conclusion>",
        lambda x, y: f"<think>n</think><action>Click(box=({x},{y}))</action><conclusion>Signed in.</conclusion>",
        lambda x, y: "<think>n</think><action>Finished(content='')</action><conclusion>Done.</conclusion>",
    ),
    "opencua": (
        lambda x, y: in_code("pyautogui.write(message='Ada\\tsecret')"),
        lambda x, y: in_code(f"pyautogui.click(x={x}, y={y})"),
        lambda x, y: in_code("computer.terminate(status='success')"),
    ),
}


def picture_size(body: dict[str, Any]) -> tuple[int, int]:
    """The size of the last picture in a request: what a real model would see."""
    urls = [
        part["image_url"]["url"]
        for message in body["messages"]
        if isinstance(message["content"], list)
        for part in message["content"]
        if part["type"] == "image_url"
    ]
    return Image.open(io.BytesIO(b64decode(urls[-1].partition(",")[2]))).size


@contextmanager
def at_work(
    name: str, surface: Surface, replies: tuple[Reply, ...], target: Point, screen: tuple[int, int]
) -> Iterator[tuple[VisionPolicy, list[dict[str, Any]]]]:
    """A policy of that family whose server points at `target` in the numbers of what it was sent."""
    said = iter(replies)

    def answer(body: dict[str, Any]) -> str:
        seen = picture_size(body)
        extent = seen if isinstance(dialect_named(name).space, Absolute) else (1000, 1000)
        x, y = ((at + 0.5) * side / whole for at, side, whole in zip((target.x, target.y), extent, screen, strict=True))
        return next(said)(int(x), int(y))

    with chat_server(answer) as (url, asked), closing(Endpoint(read_address(url), name)) as model:
        yield VisionPolicy(model, dialect_named(name, surface=surface)), asked


@pytest.mark.parametrize("name", SIGN_IN)
def test_three_steps_on_a_computer_land(name: str) -> None:
    toy = Toy()
    with at_work(name, "computer", SIGN_IN[name], BOXES["Sign in"].center, SIZE) as (policy, asked):
        episode = run_episode("sign in as Ada", Fresh(toy), policy, limits=Limits(steps=5))
    assert [step.error for step in episode.steps] == ["", "", ""]
    assert (toy.message, episode.ending) == ("Welcome, Ada", Ending.FINISHED)
    assert len(asked) == 3
    assert "sign in as Ada" in json.dumps(asked[2]["messages"][:2])


def test_a_reply_of_three_actions_signs_in_and_is_asked_for_once() -> None:
    toy, button = Toy(), BOXES["Sign in"].center
    many: tuple[Reply, ...] = (
        lambda x, y: (
            f"all</think>\n<action>Sequence(actions=[Type(content='Ada\\tsecret'), Click(box=({x}, {y}))])</action>"
        ),
        lambda x, y: "next</think>\n<action>Finished(content='')</action>",
    )
    with at_work("ui-venus-2", "computer", many, button, SIZE) as (policy, asked):
        episode = run_episode("sign in as Ada", Fresh(toy), policy)
    assert (toy.message, len(asked), len(episode.steps)) == ("Welcome, Ada", 2, 3)


ON_PHONE: dict[str, tuple[Reply, ...]] = {
    "autoglm-phone": (
        lambda x, y: '<think>n</think><answer>do(action="Launch", app="Settings")</answer>',
        lambda x, y: f'<think>n</think><answer>do(action="Tap", element=[{x},{y}])</answer>',
        lambda x, y: 'n</think><answer>finish(message="It is open.")</answer>',
    ),
    "ui-venus-2": (
        lambda x, y: "n</think>\n<action>LaunchApp(app='Settings')</action>",
        lambda x, y: f"n</think>\n<action>Click(point=({x}, {y}))</action>",
        lambda x, y: "n</think>\n<action>Finished(content='It is open.')</action>",
    ),
    "qwen3.5": (
        lambda x, y: xml_call(action="system_button", button="Home").replace("computer_use", "mobile_use"),
        lambda x, y: xml_call(action="click", coordinate=f"[{x}, {y}]").replace("computer_use", "mobile_use"),
        lambda x, y: xml_call(action="answer", text="It is open.").replace("computer_use", "mobile_use"),
    ),
}


@pytest.mark.parametrize("name", ON_PHONE)
def test_three_steps_on_a_phone_land(name: str, connected: ConnectedPhone) -> None:
    home = name == "qwen3.5"  # which taps the application on the home screen
    with driver_of(connected, Stop()) as phone:
        device = Settled(Fresh(phone), Stop())
        first = run_episode("look", device, _open("" if home else "Settings"))
        seen = first.final
        assert seen
        label = "Clock" if home else "Display"
        target = next(each.box.center for each in seen.elements if each.text.startswith(label))
        run_episode("leave", device, _open(""))
        with at_work(name, "phone", ON_PHONE[name], target, seen.size) as (policy, asked):
            episode = run_episode("open it", device, policy)
    assert [step.error for step in episode.steps] == ["", "", ""]
    assert (episode.ending, episode.answer, len(asked)) == (Ending.FINISHED, "It is open.", 3)
    change = episode.steps[1].change
    assert change
    assert not change.nothing
    assert episode.final
    assert not any(each.box.center == target and each.text.startswith(label) for each in episode.final.elements)


def _open(app: str) -> Scripted:
    """Opens `app`, or goes home."""
    return Scripted((OpenApp(app) if app else Press(("home",)),))


NEW = ("qwen3.5", "fara-7b", "fara-1.5", "holo3", "ui-venus-2", "ui-venus-1.5", "autoglm-phone", "opencua", "gta1")
POINTS = {
    "holo3": '{{"x": {x}, "y": {y}}}',
    "ui-venus-2": "[{x},{y}]",
    "ui-venus-1.5": "[{x},{y}]",
    "opencua": "```python\npyautogui.click(x={x}, y={y})\n```",
    "gta1": "({x},{y})",
    "autoglm-phone": '[{{"point_2d": [{x}, {y}], "label": "cross"}}]',
}


@pytest.mark.parametrize("name", NEW)
def test_calibration_tells_the_space_that_the_family_points_in(name: str) -> None:
    assert name in DIALECTS
    dialect = dialect_named(name)

    def says(x: float, y: float, size: tuple[int, int]) -> tuple[float, float]:
        width, height = dialect.space.extent(size)
        return x * width / size[0], y * height / size[1]

    form = POINTS.get(name, '```json\n[\n\t{{"point_2d": [{x}, {y}], "label": "cross"}}\n]\n```')
    with pointing_server(says, form=form) as url, closing(Endpoint(read_address(url), "canned")) as model:
        found = calibrate(model, dialect)
    assert found.fit.space == dialect.space
    assert found.fit.residual < 2
