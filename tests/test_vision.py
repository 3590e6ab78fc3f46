"""The policy that looks: what it makes of whole, cut and foolish replies, and what a run of it costs."""

from collections.abc import Sequence
from pathlib import Path

from agent import Ending, Limits, Recorder, Unreadable, read_recording, run_episode, write_page
from agent.dialects.dialect import Detection, Query
from agent.dialects.fit import Fit, make_fit
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Absolute
from agent.episode import Decision, Finish, Past, Usage
from agent.models.canned import Canned
from agent.models.chat import Message, Picture
from agent.vision import VisionPolicy
from devices import Click, Observation, Point
from devices.toy import Toy


class Bare:
    """A dialect of two words, `click X Y` and `done`, to try the policy with."""

    name = "bare"
    sizes = Sizes()
    space = Absolute()

    def fit(self, picture: tuple[int, int]) -> Fit:
        return make_fit(picture, self.sizes, self.space)

    def ask(self, goal: str, past: Past, seen: Observation) -> Query:
        errors = " ".join(step.error for step in past)
        return Query((Message("user", (f"{goal} {errors}",)),), None, self.fit(seen.size))

    def read(self, text: str, fit: Fit, past: Past) -> Decision:
        match text.split():
            case ["click", x, y]:
                return Decision(Click(fit.to_screen(float(x), float(y))), raw=text)
            case ["done"]:
                return Decision(Finish(succeeded=True), raw=text)
        return Decision(Unreadable(f"wanted click X Y or done; found {text!r}"), raw=text)

    def ask_where(self, what: str, picture: Picture, fit: Fit, *, boxes: bool) -> Query:
        return Query((Message("user", (what, picture)),), None, fit)

    def read_where(self, text: str, fit: Fit) -> tuple[Detection, ...]:
        return ()


def policy(*replies: str, max_tokens: int = 512) -> VisionPolicy:
    said = iter(replies)
    return VisionPolicy(Canned(lambda _: next(said)), Bare(), max_tokens)


def test_a_click_lands_where_the_picture_of_another_size_says() -> None:
    seen = Toy().observe()
    decision = policy("click 27 55").decide("click", (), seen)
    width, height = Bare().fit(seen.size).picture
    at = Point(int(27.5 * seen.width / width), int(55.5 * seen.height / height))
    assert decision.move == Click(at)


def test_a_cut_reply_is_never_acted_on_although_it_reads_like_a_move() -> None:
    decision = policy("click 27 55", max_tokens=2).decide("click", (), Toy().observe())
    assert isinstance(decision.move, Unreadable)
    assert "cut off after 3 tokens" in decision.move.reason
    assert decision.raw == "click 27 55"


def test_what_could_not_be_read_stands_in_the_next_prompt() -> None:
    asked: list[Sequence[Message]] = []

    def answer(messages: Sequence[Message]) -> str:
        asked.append(messages)
        return "done" if len(asked) > 1 else "clack"

    episode = run_episode("sign in", Toy(), VisionPolicy(Canned(answer), Bare()))
    assert episode.ending is Ending.FINISHED
    assert "wanted click X Y or done; found 'clack'" in str(asked[1][0].parts[0])


def test_a_run_ends_when_its_tokens_are_spent_and_says_what_it_used() -> None:
    episode = run_episode("x", Toy(), policy(*["click 1 1"] * 9), limits=Limits(tokens=10, stuck=9))
    assert episode.ending is Ending.LIMIT_TOKENS
    assert episode.usage == sum((step.decision.usage for step in episode.steps), Usage())
    assert 10 <= episode.usage.total < 10 + episode.steps[-1].decision.usage.total


def test_what_a_decision_cost_is_read_back_from_the_recording(tmp_path: Path) -> None:
    journal = Recorder(tmp_path / "e", "x", device="toy", agent="bare")
    episode = run_episode("x", Toy(), policy("click 1 1", "done"), journal=journal)
    assert episode.usage
    read = read_recording(tmp_path / "e").episode
    assert [step.decision.usage for step in read.steps] == [step.decision.usage for step in episode.steps]
    assert f"<b>{episode.usage.completion}</b> written" in write_page(tmp_path / "e").read_text()
