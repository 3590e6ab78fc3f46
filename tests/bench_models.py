"""What a decision costs in this process, beside a loop that calls `generate()` on everything again: `make bench`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from os import cpu_count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.dialects.dialect import Dialect
from agent.dialects.families import dialect_named
from agent.episode import Decision, Ending, Episode, Finish, Move, Past, Seconds, Step, Usage
from agent.evaluate.protocols import protocol_named
from agent.evaluate.teacher_forcing import predict_steps
from agent.loop import run_episode
from agent.models.chat import ChatModel, Grammar, Message, Reply
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import Endpoint
from agent.models.local.loader import open_local
from agent.policy import Scripted
from agent.recordings.writer import Recorder
from agent.vision import VisionPolicy
from devices import Click, Observation, Stop
from tests.clicker.sizes import MAX_TOKENS
from tests.clicker.world import Buttons
from tests.doubles.plain_generate import Plain
from tests.doubles.slow_server import slow_server
from tests.doubles.tiny_qwen import save_tiny
from tests.test_clicker import CHECKPOINT

STEPS, ROUNDS = 10, 3
ANSWER = 0.2  # seconds
console = Console(width=110)


class PlainModel:
    """The yardstick as a chat model: nothing is remembered, every token is decoded by itself."""

    def __init__(self, plain: Plain) -> None:
        self.name, self._plain = "generate()", plain

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        before = self._plain.passes
        tokens = self._plain.complete(messages, grammar, max_tokens)
        usage = Usage(self._plain.read, len(tokens), self._plain.read, self._plain.passes - before - 1)
        return Reply(self._plain.tokenizer.decode(tokens), finished=True, usage=usage)

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking at each step of an episode came to: moves, seconds and usage, a step each."""

    moves: tuple[Move, ...]
    seconds: tuple[float, ...]
    usages: tuple[Usage, ...]


def ten_steps(size: tuple[int, int]) -> tuple[str, Past]:
    """An episode on the buttons' world: nine clicks by one who knows where, and the end."""
    world = Buttons(3, size, hits_wanted=STEPS - 1)
    goal, past = world.goal, list[Step]()
    for index in range(STEPS):
        seen = world.observe()
        box = world.boxes.get(world.colour)
        move: Move = Click(box.center) if box else Finish(succeeded=True)
        step = run_episode(goal, world, Scripted((move,))).steps[0] if box else None
        past.append(replace(step, index=index) if step else Step(index, seen, Decision(move), "", None, Seconds()))
    return goal, past


def asked(model: ChatModel, dialect: Dialect, goal: str, episode: Past, what: str) -> Asked:
    """`model` asked at every step of `episode`, each time with the recorded past."""
    policy = VisionPolicy(model, dialect, max_tokens=64)
    moves, seconds, usages = [], [], []
    for index in track(range(STEPS), what, console=console, transient=True):
        seen: Observation = episode[index].seen
        started = perf_counter()
        decision = policy.decide(goal, tuple(episode[:index]), seen)
        seconds.append(perf_counter() - started)
        moves.append(decision.move)
        usages.append(decision.usage)
    return Asked(tuple(moves), tuple(seconds), tuple(usages))


def measured(title: str, checkpoint: Path, size: tuple[int, int], max_tokens: int) -> Table:
    """One checkpoint on screens of `size`: ours and `generate()`, with the last screen only and with all of them."""
    model = open_local(str(checkpoint), stop=Stop(), say=lambda words: None)
    plain = PlainModel(Plain(model.network, model.tokenizer))
    text = dialect_named("qwen2.5-vl", max_tokens=max_tokens)
    whole = dialect_named("qwen2.5-vl", max_tokens=max_tokens, keeps=STEPS)
    goal, episode = ten_steps(size)

    def fresh() -> ChatModel:
        from agent.models.local.model import LocalModel  # it imports transformers, after torchvision is out of the way

        return LocalModel("ours", model.network, model.tokenizer, Stop())

    ways: list[tuple[str, Callable[[], ChatModel], Dialect]] = [
        ("ours", fresh, text),
        ("generate(), same prompts", lambda: plain, text),
        ("generate(), all screens again", lambda: plain, whole),
        ("ours, all screens again", fresh, whole),
    ]
    rounds = [  # side by side, so that a busy moment meets them all
        [asked(engine(), dialect, goal, episode, f"{title}: {name}") for name, engine, dialect in ways]
        for _ in range(ROUNDS)
    ]
    best = [min(runs, key=lambda run: median(run.seconds)) for runs in zip(*rounds, strict=True)]
    model.close()
    table = Table("what", "a step", "beside ours", "growth", "prefilled", "forwards", "same moves", title=title)
    for (name, _, dialect), run in zip(ways, best, strict=True):
        yardstick = best[1] if dialect is text else best[2]
        table.add_row(
            name,
            f"{median(run.seconds) * 1000:.0f} ms",
            f"{median(run.seconds) / median(best[0].seconds):.1f} x",
            f"{median(run.seconds[-3:]) / median(run.seconds[1:4]):.2f} x",
            f"{sum(usage.prefilled for usage in run.usages)}",
            f"{sum(usage.forwards for usage in run.usages)}",
            f"{sum(one == other for one, other in zip(run.moves, yardstick.moves, strict=True))} of {STEPS}",
        )
    return table


def at_a_time() -> Table:
    """Recorded steps asked of a server that takes 200 ms an answer: one, four and sixteen at a time."""
    title = f"compare --parallel, a server of {ANSWER * 1000:.0f} ms an answer, {cpu_count()} cores"
    table = Table("screens", "at a time", "a step", "beside one", "of processor", title=title)
    reply = '{"action": "left_click", "coordinate": [500, 500]}'
    with TemporaryDirectory() as folder, slow_server(ANSWER, reply) as url:
        for size in ((640, 480), (1280, 800), (1080, 2400)):
            recording = recorded(Path(folder) / f"{size}", size, 64)
            alone = 0.0
            for number in (1, 4, 16):
                endpoint = Endpoint(read_address(url, insecure=False), "m")
                policy = VisionPolicy(endpoint, dialect_named("qwen2.5-vl"))
                started, processor = perf_counter(), process_time()
                rule = protocol_named("screenhand")
                count = sum(1 for _ in predict_steps([recording], policy, rule, parallel=number))
                seconds, processor = (perf_counter() - started) / count, (process_time() - processor) / count
                endpoint.close()
                alone = alone or seconds
                name = "x".join(map(str, size))
                cells = f"{seconds * 1000:.0f} ms", f"{alone / seconds:.1f} x", f"{processor * 1000:.0f} ms"
                table.add_row(name, str(number), *cells)
    return table


def recorded(folder: Path, size: tuple[int, int], steps: int) -> Path:
    """A recording of so many clicks on the buttons' world, each on a screen of its own."""
    recorder = Recorder(folder, "click the buttons", device="toy", agent="bench")
    world = Buttons(3, size, hits_wanted=10 * steps)
    for index in range(steps):
        seen = world.observe()
        pixels = seen.pixels.copy()
        pixels[:8, :8] = index
        click = Click(world.boxes[world.colour].center)
        decision = Decision(click)
        step = Step(index, replace(seen, pixels=pixels), decision, "", None, Seconds())
        recorder.intend(index, step.seen, decision)
        recorder.record(step)
        world.perform(click)
    recorder.close(Episode("click the buttons", (), Ending.FINISHED))
    return folder


def main() -> None:
    console.print(at_a_time())
    console.print(f"[dim]{STEPS} steps; best of {ROUNDS} rounds; growth: last three to first three[/dim]")
    console.print(measured("the trained clicker, 640x480", CHECKPOINT, (640, 480), MAX_TOKENS))
    with TemporaryDirectory() as folder:
        console.print(measured("random weights, 1280x800", save_tiny(Path(folder)), (1280, 800), 16384))


if __name__ == "__main__":
    main()
