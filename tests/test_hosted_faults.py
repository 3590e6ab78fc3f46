"""Whatever a hosted service does, a run ends in time and with a name, and the key is written nowhere."""

import json
import logging
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

import pytest

from agent import Ending, Recorder, read_recording, run_episode
from agent.cli.model_options import ModelOptions
from agent.dialects.hosted_families import hosted_dialect
from agent.models.chat import ChatModel
from agent.models.endpoint.api_key import ApiKey, read_api_key
from agent.models.endpoint.client import CallLimits
from agent.models.hosted.anthropic_messages import AnthropicMessages
from agent.models.hosted.openai_responses import OpenAIResponses
from agent.vision import VisionPolicy
from devices import Stop
from devices.toy import Toy
from tests.doubles.fault_server import fault_server
from tests.doubles.hosted_faults import ATTEMPTS, faults
from tests.doubles.hosted_services import (
    claude_rules,
    claude_says,
    claude_text,
    gpt_rules,
    gpt_says,
    gpt_text,
    scripted,
)
from tests.test_cli import BARE, screenhand

SECRET = "sk-canary-7f3a9b/c+d="  # noqa: S105 - nobody's
SECONDS = 2.0
LIMITS = CallLimits(seconds=SECONDS, attempts=ATTEMPTS, pause=0.01)
SERVICES = ("anthropic", "openai")


def model_at(service: str, url: str, **options: Any) -> ChatModel:
    options = {"limits": LIMITS, **options}
    if service == "anthropic":
        return AnthropicMessages("canned", ApiKey(SECRET), address=url.removesuffix("/v1"), **options)
    return OpenAIResponses("canned", ApiKey(SECRET), address=url, **options)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Everything that anyone logs while the test runs, at DEBUG and below, in one file."""
    file, root = tmp_path / "log.txt", logging.getLogger()
    handler, level = logging.FileHandler(file), root.level
    root.addHandler(handler)
    root.setLevel(1)
    try:
        yield file
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


def assert_no_key(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            for form in (SECRET.encode(), b64encode(SECRET.encode()), SECRET.replace("/", "\\/").encode()):
                assert form not in file.read_bytes(), f"the key stands in {file.name}"


@pytest.mark.parametrize("name", faults("openai"))
@pytest.mark.parametrize("service", SERVICES)
def test_a_faulty_service_never_hangs_a_run_nor_learns_more_than_it_should(
    service: str, name: str, tmp_path: Path, log: Path
) -> None:
    fault, heard = faults(service)[name], list[str]()
    with fault_server(fault.play) as (server, other):
        model = model_at(service, server.url, say=heard.append)
        policy = VisionPolicy(model, hosted_dialect(service, "canned"), 4096)
        began = monotonic()
        recorder = Recorder(tmp_path / "run", "sign in", device="toy", agent=policy.name)
        episode = run_episode("sign in", Toy(), policy, journal=recorder)
        took = monotonic() - began
        model.close()
    in_time = took < SECONDS * 0.9  # on a busy machine the deadline may come before the fault has shown
    assert episode.ending is fault.ending or (not in_time and episode.ending is Ending.ENDPOINT_DOWN), episode.reason
    assert took <= SECONDS + 2
    assert len(server.heads) == fault.requests or (not in_time and len(server.heads) < fault.requests)
    assert fault.words in episode.reason or not in_time
    assert other.connections == 0, "another origin was asked"
    (tmp_path / "said").write_text("\n".join([episode.reason, *heard, *map(repr, episode.steps), repr(model.__dict__)]))
    assert_no_key(tmp_path)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_is_not_there_is_down_and_not_an_error_of_ours(service: str) -> None:
    with fault_server(faults(service)["fine"].play) as (server, _):
        pass
    with closing(model_at(service, server.url)) as model:
        episode = run_episode("sign in", Toy(), VisionPolicy(model, hosted_dialect(service, "canned")))
    assert (episode.ending, server.connections) == (Ending.ENDPOINT_DOWN, 0)


@pytest.mark.parametrize("service", SERVICES)
def test_a_stop_is_obeyed_while_the_service_thinks(service: str) -> None:
    stop = Stop()
    with fault_server(faults(service)["hangs"].play) as (server, _):
        model = model_at(service, server.url, limits=CallLimits(seconds=60), stop=stop)

        def ask_to_stop() -> None:
            while not server.heads:
                Stop().wait(0.01)
            stop.ask("enough")

        began = monotonic()
        Thread(target=ask_to_stop, daemon=True).start()
        episode = run_episode("g", Toy(), VisionPolicy(model, hosted_dialect(service, "canned")), stop=stop)
        model.close()
    assert episode.ending is Ending.STOPPED
    assert monotonic() - began < 30


@pytest.mark.parametrize("package", ["anthropic", "openai"])
def test_without_its_package_a_hosted_model_says_what_to_install(package: str, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(SECRET)
    key.chmod(0o600)
    code = f"import sys; sys.modules[{package!r}] = None; from agent.cli import main; main()"
    command = (sys.executable, "-c", code)
    done = screenhand("run", "g", "--device", "toy", "--model", f"{package}:m", "--key-file", key, command=command)
    assert done.returncode == 9
    assert "pip install 'screenhand[hosted]'" in done.stdout + done.stderr


CHECK = ("--check", "screen contains Welcome, Ada")


def answers(service: str) -> list[dict[str, Any]]:
    from tests.test_hosted_models import at, claude_calls, gpt_calls

    calls, says, text = (
        (claude_calls, claude_says, claude_text) if service == "anthropic" else (gpt_calls, gpt_says, gpt_text)
    )
    actions = ("click", at("Name")), ("type", {"text": "Ada\tsecret"}), ("click", at("Sign in"))
    return [says(*calls(*actions)), says(text("DONE: Welcome, Ada"))]


@pytest.mark.parametrize("service", SERVICES)
def test_a_hosted_model_works_a_screen_from_the_command_line(service: str, tmp_path: Path) -> None:
    environment = BARE | {f"{service.upper()}_API_KEY": SECRET}
    rules = claude_rules if service == "anthropic" else gpt_rules
    with fault_server(scripted(rules, *answers(service))) as (server, _):
        url = server.url.removesuffix("/v1") if service == "anthropic" else server.url
        options = ("--model", f"{service}:canned", "--endpoint", url, "--record", tmp_path / "e", "--json")
        done = screenhand("run", "sign in", "--device", "toy", *options, *CHECK, environment=environment)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["verdict"], summary["answer"], summary["steps"]) == ("verified", "Welcome, Ada", 4)
    (tmp_path / "said").write_text(done.stdout + done.stderr)
    assert_no_key(tmp_path)


@pytest.mark.parametrize("service", SERVICES)
def test_a_wrong_key_says_which_and_what_was_done_stays(service: str, tmp_path: Path) -> None:
    environment = BARE | {f"{service.upper()}_API_KEY": SECRET}
    with fault_server(faults(service)["401 that repeats the key"].play) as (server, _):
        options = ("--model", f"{service}:m", "--endpoint", server.url, "--record", tmp_path / "e")
        done = screenhand("run", "g", "--device", "toy", *options, environment=environment)
    assert done.returncode == 14
    assert f"look at {service.upper()}_API_KEY" in done.stdout + done.stderr
    assert read_recording(tmp_path / "e").episode.ending is Ending.ENDPOINT_REFUSED
    (tmp_path / "said").write_text(done.stdout + done.stderr)
    assert_no_key(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--model", "anthropic:m"), "ANTHROPIC_API_KEY"),
        (("--model", "openai:m"), "OPENAI_API_KEY"),
        (("--model", "openai:"), "openai:NAME"),
        (("--model", "anthropic:m", "--endpoint", "http://example.org"), "in the clear"),
        (("--model", "openai:m", "--key-file", "/nonexistent"), "cannot be read"),
        (("--model", "openai:m", "--max-tokens", "1"), "4"),
    ],
)
def test_a_hosted_model_that_cannot_be_meant_is_refused_before_anything_happens(
    arguments: tuple[str, ...], words: str
) -> None:
    done = screenhand("run", "g", "--device", "toy", *arguments)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.replace("│", " ").split())


def test_the_key_is_taken_out_of_the_environment() -> None:
    environment = {"OPENAI_API_KEY": SECRET}
    key = read_api_key(None, environment, variable="OPENAI_API_KEY")
    assert key is not None
    assert environment == {}


@pytest.mark.parametrize(
    ("model", "hosted"),
    [
        ("anthropic:claude-sonnet-5", ("anthropic", "claude-sonnet-5")),
        ("openai:ft:gpt-5.4:me", ("openai", "ft:gpt-5.4:me")),
        ("openai/gpt-oss", None),
        ("qwen2.5-vl:7b", None),
        ("C:\\models\\qwen", None),
        (None, None),
    ],
)
def test_only_the_services_names_are_hosted(model: str | None, hosted: tuple[str, str] | None) -> None:
    assert ModelOptions(model=model).hosted == hosted
