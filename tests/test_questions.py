"""Questions to the person: asked at the terminal, answered into the history, and an ending by name where nobody is."""

import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from agent.dialects.families import dialect_named
from agent.endings import EXIT_CODES
from agent.episode import Ask, Decision, Ending, Finish, Limits, Move, Past
from agent.loop import run_episode
from agent.moves import read_move, write_move
from agent.policy import Scripted
from devices import Observation, Stop, Wait
from devices.toy import Toy
from tests.doubles.chat_server import chat_server
from tests.test_cli import screenhand

QUESTION = Ask("Which account?")


def test_an_answer_is_in_the_step_and_in_the_next_prompt() -> None:
    heard: list[str] = []

    def ask(question: str) -> str:
        heard.append(question)
        return "the second\none"

    episode = run_episode("x", Toy(), Scripted((QUESTION, Wait(0.0))), ask=ask)
    assert (episode.ending, heard) == (Ending.FINISHED, ["Which account?"])
    assert episode.steps[0].decision.move == Ask("Which account?", "the second\none")
    for name in ("qwen2.5-vl", "qwen3.5", "fara-1.5", "holo3", "ui-venus-2", "generic"):
        prompt = str(
            [message.parts for message in dialect_named(name).ask("x", episode.steps, Toy().observe()).messages]
        )
        assert "the person answered: the second one" in prompt, name
    assert "the person answered" in str(
        [
            m.parts
            for m in dialect_named("autoglm-phone", surface="phone").ask("x", episode.steps, Toy().observe()).messages
        ]
    )


def test_nobody_there_ends_the_run_by_name_with_the_question() -> None:
    for ask in (None, lambda question: None):
        episode = run_episode("x", Toy(), Scripted((QUESTION,)), ask=ask)
        assert (episode.ending, episode.question) == (Ending.UNANSWERED, "Which account?")
        assert len(episode.steps) == 1


def test_the_time_that_a_person_takes_is_theirs() -> None:
    stop, slow = Stop(), threading.Event()
    policy = Scripted((QUESTION, Wait(0.0)))

    def ask(question: str) -> str:
        slow.wait(0.5)
        return "yes"

    limits = Limits(seconds=0.4)
    episode = run_episode(
        "x", Toy(), policy, limits=limits, stop=stop, ask=lambda question: stop.ask_person(lambda: ask(question))
    )
    assert episode.ending is Ending.FINISHED


def test_a_stop_does_not_wait_for_a_person() -> None:
    stop, never = Stop(), threading.Event()

    def ask(question: str) -> str:
        threading.Timer(0.05, stop.ask, ["a hand on the pointer"]).start()
        never.wait(30)
        return "too late"

    episode = run_episode(
        "x", Toy(), Scripted((QUESTION,)), stop=stop, ask=lambda question: stop.ask_person(lambda: ask(question))
    )
    never.set()
    assert (episode.ending, episode.seconds < 5) == (Ending.STOPPED, True)


def test_questions_alone_are_no_loop() -> None:
    class Asks:
        name = "asks"

        def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
            return Decision(QUESTION if len(past) < 12 else Finish(True))

    episode = run_episode("x", Toy(), Asks(), ask=lambda question: "yes", limits=Limits(stuck=4))
    assert episode.ending is Ending.FINISHED


@pytest.mark.parametrize("move", [QUESTION, Ask("a", ""), Ask("b", "c")])
def test_a_question_is_written_and_read_back(move: Move) -> None:
    assert read_move(write_move(move)) == move


def test_a_question_with_an_answer_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no such ask"):
        read_move({"action_type": "ask", "question": "a", "answer": 5})


REPLIES = (
    '{"name": "computer_use", "arguments": {"action": "ask_user_question", "question": "Which account?"}}',
    '{"name": "computer_use", "arguments": {"action": "terminate", "answer": "done"}}',
)


def test_with_json_nobody_is_asked_and_the_question_is_told(tmp_path: Path) -> None:
    with chat_server(lambda body: f"<tool_call>\n{REPLIES[0]}\n</tool_call>") as (url, _):
        options = ("--endpoint", url, "--model", "Fara1.5-9B", "--record", tmp_path / "e", "--json")
        done = screenhand("run", "sign in", "--device", "toy", *options)
    summary = json.loads(done.stdout)
    assert done.returncode == EXIT_CODES[Ending.UNANSWERED] == 16
    assert (summary["ending"], summary["question"]) == ("unanswered", "Which account?")


def test_at_a_terminal_the_person_is_asked_and_heard(tmp_path: Path) -> None:
    said = iter(REPLIES)
    asked: list[dict[str, Any]] = []

    def answer(body: dict[str, Any]) -> str:
        asked.append(body)
        return f"<tool_call>\n{next(said)}\n</tool_call>"

    master, slave = pty.openpty()
    with chat_server(answer) as (url, _):
        options = ("--endpoint", url, "--model", "Fara1.5-9B", "--record", str(tmp_path / "e"))
        command = (sys.executable, "-c", "from agent.cli import main; main()", "run", "sign in", "--device", "toy")
        os.write(master, b"the blue one\n")  # waits in the terminal until it is read
        done = subprocess.run(
            (*command, *options),
            stdin=slave,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=Path(__file__).parent.parent,
        )
    os.close(master)
    os.close(slave)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the agent asks: Which account?" in done.stdout
    assert "the person answered: the blue one" in json.dumps(asked[1])
