"""Many steps asked at a time: all at once, in order, and nothing that was answered is lost or asked again."""

import json
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest

from agent.evaluate.comparison_file import partial_of, read_comparison, read_predictions
from agent.evaluate.concurrent_calls import in_order
from agent.evaluate.protocols import protocol_named
from agent.loop import run_episode
from agent.models.chat import Message
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import Endpoint
from agent.policy import Scripted
from agent.recordings.writer import Recorder
from devices import Click, Point, Stop, Stopped, TypeText
from devices.toy import Toy
from tests.doubles.chat_server import chat_server
from tests.test_cli import screenhand

EPISODES, STEPS = 4, 5
ALL = EPISODES * STEPS


@pytest.fixture(scope="module")
def clicks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four recordings of four clicks and a finish."""
    tmp_path = tmp_path_factory.mktemp("steps")
    moves = tuple(Click(Point(100 + 40 * at, 100)) for at in range(STEPS - 1))
    for name in range(EPISODES):
        goal = f"goal {name}"
        recorder = Recorder(tmp_path / "clicks" / f"e{name}", goal, device="toy", agent="x")
        run_episode(goal, Toy(), Scripted(moves), journal=recorder)
    return tmp_path / "clicks"


def step_of(body: dict[str, Any]) -> tuple[str, int]:
    """The step that is asked about, by the words of the prompt."""
    text = json.dumps(body)
    goal = re.search(r"goal \d", text)
    assert goal
    return goal[0], len(set(re.findall(r"Step \d+: ", text)))


def right(body: dict[str, Any]) -> str:
    """The recorded move, in the numbers of a picture 1000 wide."""
    _, at = step_of(body)
    if at == STEPS - 1:
        return '{"action": "terminate", "status": "success"}'
    return json.dumps({"action": "left_click", "coordinate": [round((100 + 40 * at) / 0.64), 250]})


@pytest.fixture(scope="module")
def answered(clicks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bytes]]:
    """A server that is always right, and the comparison that came of asking it once."""
    kept = tmp_path_factory.mktemp("answered") / "kept.json"
    with chat_server(right) as (url, _):
        assert compare(clicks, url, kept).returncode == 0
        yield url, kept.read_bytes()


def compare(clicks: Path, url: str, kept: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return screenhand("compare", clicks, "--endpoint", url, "--model", "m", "--json", kept, *more)


class AllAtOnce:
    """Answers no request before `together` of them are open; and remembers how many were at most."""

    def __init__(self, together: int) -> None:
        self._gate, self._lock = threading.Barrier(together), threading.Lock()
        self.open = self.most = 0

    def __call__(self, body: dict[str, Any]) -> str:
        with self._lock:
            self.open += 1
            self.most = max(self.most, self.open)
        self._gate.wait(timeout=60)
        with self._lock:
            self.open -= 1
        return right(body)


def test_as_many_requests_are_open_as_were_asked_for_and_the_results_are_those_of_one_at_a_time(
    clicks: Path, tmp_path: Path
) -> None:
    at_once = AllAtOnce(5)
    with chat_server(at_once) as (url, asked):
        done = compare(clicks, url, tmp_path / "kept.json", "--parallel", "5")
        assert (done.returncode, at_once.most, len(asked)) == (0, 5, ALL), done.stderr
        at_once = AllAtOnce(1)
    with chat_server(at_once) as (url, _):
        one = compare(clicks, url, tmp_path / "one.json")
        assert (one.returncode, at_once.most) == (0, 1), one.stderr
    assert f"{ALL} of {ALL}" in done.stdout
    assert f"{10 * ALL} tokens read, {5 * ALL} written" in done.stdout, "the tokens of all threads are summed"
    steps, in_turn = (list(read_comparison(tmp_path / name).steps) for name in ("kept.json", "one.json"))
    assert [(each.episode, each.step, each.predicted) for each in steps] == [
        (each.episode, each.step, each.predicted) for each in in_turn
    ]


def test_semi_online_episodes_are_asked_at_a_time_and_each_step_after_its_own_past(
    clicks: Path, tmp_path: Path
) -> None:
    at_once = AllAtOnce(EPISODES)
    with chat_server(at_once) as (url, _):
        done = compare(clicks, url, tmp_path / "kept.json", "--mode", "semi-online", "--parallel", str(EPISODES))
    assert (done.returncode, at_once.most) == (0, EPISODES), done.stderr
    assert f"{ALL} of {ALL}" in done.stdout


def test_only_an_endpoint_is_asked_several_at_a_time(clicks: Path) -> None:
    done = screenhand("compare", clicks, "--parallel", "2")
    assert done.returncode == 2
    assert "in this process they go one by one" in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize("number", ["0", "-1", "1000", "many"])
def test_a_number_of_threads_that_cannot_be_meant_is_refused(clicks: Path, number: str) -> None:
    assert (
        screenhand(
            "compare", clicks, "--endpoint", "http://127.0.0.1:9/v1", "--model", "m", f"--parallel={number}"
        ).returncode
        == 2
    )


def test_ctrl_c_keeps_what_was_answered_and_resume_asks_for_the_rest_only(clicks: Path, tmp_path: Path) -> None:
    kept, answered = tmp_path / "kept.json", Counter[tuple[str, int]]()
    slow, enough = threading.Event(), threading.Event()

    def answer(body: dict[str, Any]) -> str:
        if step_of(body) == ("goal 1", 0) and not slow.is_set():
            slow.wait(timeout=60)  # the first step of the second episode takes long, others overtake it
            return right(body)
        answered[step_of(body)] += 1
        if sum(answered.values()) >= 12:
            enough.set()
        if sum(answered.values()) > 12 and not slow.is_set():
            slow.wait(timeout=60)
        return right(body)

    with chat_server(answer) as (url, _):
        command = [
            sys.executable,
            "-c",
            "from agent.cli import main; main()",
            "compare",
            str(clicks),
            "--json",
            str(kept),
        ]
        command += ["--endpoint", url, "--model", "m", "--parallel", "4"]
        with subprocess.Popen(
            command, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as run:
            assert enough.wait(timeout=60)
            run.send_signal(signal.SIGINT)
            _, said = run.communicate(timeout=60)
        assert run.returncode == 130, said
        slow.set()
        steps = [(each.episode, each.step) for each in read_comparison(kept).steps]
        assert 8 <= len(steps) < ALL, "but for what was on its way"
        assert ("e1", 0) not in steps
        assert ("e1", 1) in steps, "what came after the slow one is kept too"
        assert steps == sorted(steps)
        answered.clear()
        done = compare(clicks, url, kept, "--parallel", "4", "--resume")
    assert done.returncode == 0, done.stderr
    assert f"{len(steps)} steps are answered already" in done.stderr
    assert f"{ALL} of {ALL}" in done.stdout
    assert sum(answered.values()) == ALL - len(steps)
    assert len(list(read_comparison(kept).steps)) == ALL


def unfinished(kept: Path, steps: int, tail: bytes = b"") -> None:
    """What a kill leaves of `kept`: its first lines in the part, without a summary, the last one torn."""
    lines = kept.read_bytes().splitlines(keepends=True)
    partial_of(kept).write_bytes(b"".join(lines[: 1 + steps]) + tail)


def test_a_kill_costs_no_answer_and_a_second_kill_none_either(clicks: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    with chat_server(right) as (url, asked):
        assert compare(clicks, url, kept).returncode == 0
        unfinished(kept, 7, b'{"episode": "e1", "st')
        kept.unlink()
        asked.clear()
        half = compare(clicks, url, kept, "--resume", "--baselines")
        assert (half.returncode, len(asked)) == (0, ALL - 7), half.stderr
        assert not partial_of(kept).exists()
        whole = kept.read_bytes().splitlines(keepends=True)
        kept.write_bytes(b"".join(whole[:5]))
        partial_of(kept).write_bytes(whole[0] + b"".join(whole[3:9]))
        asked.clear()
        again = compare(clicks, url, kept, "--resume")
        assert (again.returncode, len(asked)) == (0, ALL - 8), "four lines in the one, six in the other, two in both"
    assert f"{ALL} of {ALL}" in again.stdout


@pytest.mark.parametrize("parallel", ["1", "4"])
def test_a_fault_while_resuming_loses_nothing_that_was_kept(clicks: Path, tmp_path: Path, parallel: str) -> None:
    kept = tmp_path / "kept.json"
    with chat_server(right) as (url, _):
        assert compare(clicks, url, kept).returncode == 0
        lines = kept.read_bytes().splitlines(keepends=True)
        kept.write_bytes(b"".join(line for at, line in enumerate(lines) if at not in (2, 12)))  # e0 step 1, e2 step 1
        host = url.removesuffix("/v1")
    with chat_server(lambda body: {"error": {"message": "no such model"}}) as (other, _):
        kept.write_bytes(kept.read_bytes().replace(host.encode(), other.removesuffix("/v1").encode()))
        done = compare(clicks, other, kept, "--resume", "--parallel", parallel)
    assert done.returncode == 14, done.stderr
    assert [(each.episode, each.step) for each in read_comparison(kept).steps] == [
        (f"e{at // STEPS}", at % STEPS) for at in range(ALL) if at not in (1, 11)
    ]


def test_a_semi_online_episode_is_resumed_whole_or_not_at_all(clicks: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    with chat_server(right) as (url, asked):
        assert compare(clicks, url, kept, "--mode", "semi-online").returncode == 0
        unfinished(kept, STEPS + 2)
        kept.unlink()
        asked.clear()
        done = compare(clicks, url, kept, "--mode", "semi-online", "--resume")
    assert (done.returncode, len(asked)) == (0, ALL - STEPS), "its own past is lost, so the second begins anew"


OTHER = {
    "ask": ("--ask", "step"),
    "mode": ("--mode", "semi-online"),
    "protocol": ("--protocol", "aitw"),
    "policy": ("--zoom",),
    "settings": ("--max-tokens", "400"),
}


@pytest.mark.parametrize("name", OTHER)
def test_answers_to_another_question_are_not_taken_for_these(
    clicks: Path, answered: tuple[str, bytes], tmp_path: Path, name: str
) -> None:
    (url, before), kept = answered, tmp_path / "kept.json"
    kept.write_bytes(before)
    done = compare(clicks, url, kept, "--resume", *OTHER[name])
    assert done.returncode == 2, done.stderr
    assert f"its {name} is" in " ".join(done.stderr.replace("│", " ").split())
    assert kept.read_bytes() == before


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda data: data.replace(b'{"episode"', b'"episode"', 2),
    "a header of another file": lambda data: b'{"record": "episode"}\n' + data,
    "a key twice": lambda data: data.replace(b'"step": 0', b'"step": 0, "step": 0', 1),
    "a move that is none": lambda data: data.replace(b'"action_type": "click"', b'"action_type": "explode"', 1),
    "a huge coordinate": lambda data: data.replace(b"[100, 100]", b"[1" + b"0" * 400 + b", 100]", 1),
    "deep": lambda data: data + b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_believed_is_named_and_left_as_it_is(
    clicks: Path, answered: tuple[str, bytes], tmp_path: Path, name: str
) -> None:
    (url, before), kept = answered, tmp_path / "kept.json"
    kept.write_bytes(spoiled := HOSTILE[name](before))
    assert spoiled != before
    done = compare(clicks, url, kept, "--resume")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert "kept.json line" in done.stderr
    assert kept.read_bytes() == spoiled


def test_a_step_that_was_recorded_anew_is_asked_again(clicks: Path, tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept.json", tmp_path / "copy" / "clicks"
    copytree(clicks, folder)
    with chat_server(right) as (url, asked):
        assert compare(folder, url, kept).returncode == 0
        rmtree(folder / "e3")
        run_episode(
            "goal 3", Toy(), Scripted((TypeText("x"),)),
            journal=Recorder(folder / "e3", "goal 3", device="toy", agent="x"),
        )  # fmt: skip
        asked.clear()
        done = compare(folder, url, kept, "--resume")
    assert (done.returncode, len(asked)) == (0, 2), done.stderr


def test_resume_needs_a_file_and_begins_where_there_is_none(clicks: Path, tmp_path: Path) -> None:
    assert screenhand("compare", clicks, "--resume").returncode == 2
    with chat_server(right) as (url, asked):
        assert compare(clicks, url, tmp_path / "new.json", "--resume").returncode == 0
    assert len(asked) == ALL


def test_a_fault_of_the_model_hands_on_what_is_done_and_then_is_raised(clicks: Path, tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> str | dict[str, Any]:
        return {"error": {"message": "no such model"}} if step_of(body) == ("goal 2", 0) else right(body)

    with chat_server(answer) as (url, _):
        done = compare(clicks, url, tmp_path / "kept.json", "--parallel", "3")
    assert done.returncode == 14, done.stderr
    steps = [(each.episode, each.step) for each in read_comparison(tmp_path / "kept.json").steps]
    assert len(steps) >= 2 * STEPS
    assert ("e2", 0) not in steps
    predictions = list(read_predictions(tmp_path / "kept.json", protocol_named("screenhand")))
    assert len(predictions) == len(steps)


def test_calls_come_in_order_and_a_fault_stops_those_that_still_run() -> None:
    stop, late = Stop(), threading.Event()

    def call(number: int) -> Callable[[], Iterator[int]]:
        def results() -> Iterator[int]:
            if number == 0:
                late.wait(timeout=60)
            if number == 2:
                late.set()
            if number == 5:
                raise ValueError("the fifth")
            if number == 7:
                stop.wait(60)
            yield number

        return results

    found = list[int]()
    results = in_order(map(call, range(1000)), 4, stop)
    with pytest.raises(ValueError, match="the fifth"):
        found.extend(iter(lambda: next(results), None))
    assert found[:5] == [0, 1, 2, 3, 4]
    assert 7 not in found
    assert found == sorted(found)
    with pytest.raises(Stopped):
        stop.check()


def test_an_endpoint_is_safe_in_many_hands() -> None:
    """Forty threads take the idle connections of one client from each other."""
    with chat_server(lambda body: str(body["messages"][0]["content"])) as (url, asked):
        endpoint = Endpoint(read_address(url, insecure=False), "m")
        calls = [lambda n=n: [endpoint.complete([Message("user", (str(n),))]).text] for n in range(400)]
        assert list(in_order(calls, 40, Stop())) == [str(n) for n in range(400)]
        endpoint.close()
    assert len(asked) == 400
