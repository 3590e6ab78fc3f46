"""The embedded policy on a real little device: it gets there, says why it cannot, and needs no memory of its own."""

from dataclasses import replace

import pytest

from agent.builtin import Builtin, Reader
from agent.builtin.slider_control import as_number, readout
from agent.episode import Ending, Episode, Finish, PlanStep
from agent.loop import run_episode
from agent.screen.screen import Screen
from agent.screen.text import ScreenText
from devices import Action, Box, Click, Element, MoveTo, Observation, OpenApp, Press, TypeText, Wait
from devices.device import ActionRefused, Refusal
from devices.toy import Toy
from tests.doubles.drawn import Drawn


@pytest.fixture(scope="module")
def policy() -> Builtin:
    return Builtin(Reader())


GOALS = [
    "type 'Ada' into Name, type 'secret' into Password and click Sign in",
    "Click the Name field, type Ada, press tab, type secret, press enter",
    "fill in Name with Ada; fill in Password with 'secret'; then press the Sign in button",
    "In the Name field type Ada. In the Password field type secret. Click 'Sign in'.",
    "click on the first field, type 'Ada', click the second field, type 'secret', hit enter. Check 'Welcome' is there",
    "type 'Bob' into Name and 'secret' into Password. Type 'Ada' into Name. Click Sign in",
]


@pytest.mark.parametrize("goal", GOALS)
def test_a_stranger_signs_in(goal: str, policy: Builtin) -> None:
    toy = Toy()
    episode = run_episode(goal, toy, policy)
    assert (episode.ending, toy.message) == (Ending.FINISHED, "Welcome, Ada"), episode.answer


def test_an_answer_is_what_is_written(policy: Builtin) -> None:
    episode = run_episode("click Sign in, then read the window, then tell me the value of Name", Toy(), policy)
    assert episode.ending is Ending.FINISHED
    assert "Name and password, please" in episode.answer


def test_a_missing_target_is_named_with_what_is_there(policy: Builtin) -> None:
    episode = run_episode("click 'Sign up'", Toy(), policy)
    assert episode.ending is Ending.GAVE_UP
    assert "'Sign up' is not on the screen; the closest are 'Sign in' and 'Please sign in'" in episode.answer
    assert episode.answer.count("Sign up") <= 2, "the reason is said once"
    assert all(isinstance(step.decision.move, Wait | Finish) for step in episode.steps)


def test_a_check_that_fails_is_no_success(policy: Builtin) -> None:
    episode = run_episode("check that 'Welcome' is visible", Toy(), policy)
    assert episode.ending is Ending.GAVE_UP
    assert "should be visible and is not" in episode.answer


def test_what_cannot_be_read_touches_nothing(policy: Builtin) -> None:
    toy = Toy()
    episode = run_episode("type 'x' into Name and sing me a song", toy, policy)
    assert (episode.ending, episode.steps, toy.fields["Name"]) == (Ending.NOT_UNDERSTOOD, (), "")
    assert "sing me a song" in episode.reason


def decided_alone(goal: str, episode: Episode) -> None:
    fresh = Builtin(Reader())
    for number, step in reversed(list(enumerate(episode.steps))):
        assert fresh.decide(goal, episode.steps[:number], step.seen) == step.decision


@pytest.mark.parametrize("goal", [GOALS[0], "click 'Sign up'", "read the window, click Sign in, read the window"])
def test_any_step_can_be_asked_again_alone(goal: str, policy: Builtin) -> None:
    decided_alone(goal, run_episode(goal, Toy(), policy))


class Dead:
    """A screen on which nothing ever changes; `refusing` says what it will not even take."""

    name = "dead"

    def __init__(self, seen: Observation, *refusing: type) -> None:
        self.seen, self.refusing, self.taken = seen, refusing, list[Action]()

    def observe(self) -> Observation:
        return self.seen

    def perform(self, action: Action) -> None:
        self.taken.append(action)
        if isinstance(action, self.refusing):
            raise ActionRefused(f"a dead screen takes no {type(action).__name__}")

    def close(self) -> None:
        pass


def test_a_dead_button_is_reported_after_one_click(policy: Builtin) -> None:
    dead = Dead(Drawn().button("Apply", 40, 40).seen)
    episode = run_episode("click Apply", dead, policy)
    assert episode.ending is Ending.GAVE_UP
    assert "clicked 'Apply' button, and nothing changed" in episode.answer
    assert sum(isinstance(action, Click) for action in dead.taken) == 1


class Forgetful(Dead):
    """A dead device that lists its elements at every second look only, for it has not the time."""

    def __init__(self, seen: Observation) -> None:
        super().__init__(seen)
        self._looks = 0

    def observe(self) -> Observation:
        self._looks += 1
        return replace(self.seen, elements=(), partial=True) if self._looks % 2 else self.seen


@pytest.mark.parametrize("enabled", [True, False])
def test_what_a_device_has_no_time_to_list_has_not_changed(enabled: bool, policy: Builtin) -> None:
    listed = Element("button", "Apply", Box(40, 40, 130, 70), enabled=enabled, source="device")
    drawn = Drawn().button("Apply", 40, 40)
    episode = run_episode("click Apply", Forgetful(replace(drawn.seen, elements=(listed,))), policy)
    assert episode.ending is Ending.GAVE_UP, "nothing came of it"


class Floating(Dead):
    """A field with its label in it, whose frame is no longer drawn once it has the focus."""

    def __init__(self, *, taking: bool) -> None:
        super().__init__(Drawn().frame(Box(40, 40, 300, 96)).text("Nickname", 50, 44).seen)
        self._taking = taking

    def perform(self, action: Action) -> None:
        self.taken.append(action)
        focused = Drawn().text("Nickname", 50, 44)
        if isinstance(action, TypeText) and self._taking:
            focused.text(action.text, 50, 70)
        if isinstance(action, Click | TypeText):
            self.seen = focused.seen


@pytest.mark.parametrize(("taking", "ending"), [(True, Ending.FINISHED), (False, Ending.GAVE_UP)])
def test_a_field_that_shows_only_its_label_is_read_below_it(taking: bool, ending: Ending, policy: Builtin) -> None:
    assert run_episode("type 'Knightly' into Nickname", Floating(taking=taking), policy).ending is ending


class TwoSpinners(Dead):
    """A number beside an hour: a tab ends the entry of the one and gives the other the focus."""

    def __init__(self) -> None:
        super().__init__(Drawn().seen)
        self._guests, self._at = "2", ""

    def observe(self) -> Observation:
        hour, guests = Box(300, 40, 360, 70), Box(40, 40, 200, 70)
        number = Element("spinner", "Guests", guests, value=self._guests, focused=self._at == "Guests", source="device")
        listed = (number, Element("spinner", "Hour", hour, value="6", focused=self._at == "Hour", source="device"))
        return replace(self.seen, elements=listed)

    def perform(self, action: Action) -> None:
        match action:
            case Click():
                self._at = "Guests"
            case TypeText(text):
                self._guests = text
            case Press(keys=("tab",)):
                self._at = "Hour"


def test_a_number_is_looked_for_where_it_was_entered_and_not_where_the_focus_went(policy: Builtin) -> None:
    episode = run_episode("set Guests to 7", TwoSpinners(), policy)
    assert episode.ending is Ending.FINISHED, episode.answer


@pytest.mark.parametrize(
    ("shown", "number"), [("200 €", 200), ("$5", 5), ("● 10", 10), ("-3", -3), ("12 px", 12), ("5 of 9", None)]
)
def test_a_readout_is_a_number_with_its_unit_and_the_knob_beside_it(shown: str, number: float | None) -> None:
    assert as_number(shown) == number


def test_a_number_that_moved_with_a_slider_comes_before_what_a_program_tells_late() -> None:
    def shown(number: str) -> Screen:
        text = Element("text", number, Box(40, 70, 80, 82), source="device")
        return Screen(replace(Drawn().seen, elements=(text,)), lambda _: ScreenText((), ()))

    slider = Element("slider", "Budget", Box(40, 40, 240, 60), value="500", source="device")
    assert readout(slider, shown("350 €"), shown("200 €")) == 350
    assert readout(slider, shown("350 €"), shown("350 €")) == 500, "it may be the number of something else"
    assert readout(slider, shown("350 €")) == 500


def test_equal_buttons_are_not_chosen_between(policy: Builtin) -> None:
    drawn = Drawn().text("Ada", 40, 46).button("Apply", 140, 40).text("Bob", 40, 126).button("Apply", 140, 120)
    dead = Dead(drawn.seen)
    episode = run_episode("click Apply", dead, policy)
    assert episode.ending is Ending.GAVE_UP
    assert "'Apply' is there 2 times: in the row of 'Ada'; in the row of 'Bob'" in episode.answer
    assert not any(isinstance(action, Click) for action in dead.taken)
    run_episode("click Apply in the row of Bob", dead, policy)
    assert [a.at in Box(140, 120, 230, 150) for a in dead.taken if isinstance(a, Click)] == [True]


def test_typing_into_nothing_is_reported(policy: Builtin) -> None:
    episode = run_episode("type 'x' and press enter", Dead(Drawn().seen), policy)
    assert episode.ending is Ending.GAVE_UP
    assert "focus" in episode.answer


def test_what_is_refused_is_reported_in_the_words_of_the_device(policy: Builtin) -> None:
    for goal, kind in (("press ctrl+s", Press), ("type 'x'", TypeText), ("open Mousepad", OpenApp)):
        episode = run_episode(goal, Dead(Drawn().seen, kind), policy)
        assert episode.ending is Ending.GAVE_UP
        assert f"takes no {kind.__name__}" in episode.answer


def test_the_past_of_another_policy_is_passed_over(policy: Builtin) -> None:
    toy = Toy()
    past = run_episode("press tab", toy, policy).steps
    decision = policy.decide("type 'Ada' into Name", past[:1], toy.observe())
    assert decision.plan_step == PlanStep(1, 1)


def test_the_label_under_a_point_is_read(policy: Builtin) -> None:
    drawn = Drawn().button("Delete all", 40, 40, 120).text("some words", 40, 200)
    assert policy.label_at(drawn.seen, Box(40, 40, 160, 70).center) == "Delete all"
    assert policy.label_at(drawn.seen, Box(44, 205, 60, 212).center) == "some words"
    assert policy.label_at(drawn.seen, Box(500, 300, 502, 302).center) == ""


def test_the_number_on_a_display_is_told_from_the_keys(policy: Builtin) -> None:
    drawn = Drawn().frame(Box(20, 40, 400, 100))
    drawn.picture.paste(Drawn((120, 30)).text("84", 0, 0).picture.resize((240, 60)).crop((0, 4, 100, 56)), (280, 44))
    for column, key in enumerate("789"):
        drawn.button(key, 20 + 70 * column, 120, 60)
    drawn.windows = [Element("window", "galculator", Box(0, 0, 640, 400), focused=True)]
    episode = run_episode("what is the result?", Dead(drawn.seen), policy)
    assert episode.answer == "84"


def test_a_decision_names_the_element_it_means(policy: Builtin) -> None:
    steps = run_episode("click Sign in", Toy(), policy).steps
    target = steps[0].decision.target
    assert target is not None
    assert (target.role, target.text) == ("button", "Sign in")
    assert isinstance(move := steps[0].decision.move, Click)
    assert move.at in target.box


class Moving(Dead):
    """A screen on which the first click comes too late; the refusal is told by its kind, not by its words."""

    def perform(self, action: Action) -> None:
        late = isinstance(action, Click) and not any(isinstance(each, Click) for each in self.taken)
        self.taken.append(action)
        if late:
            raise ActionRefused("too late", Refusal.STALE)


def test_a_stale_click_is_tried_again_after_the_pointer_is_out_of_the_way(policy: Builtin) -> None:
    moving = Moving(Drawn().button("Apply", 40, 40).seen)
    run_episode("click Apply", moving, policy)
    assert [type(action) for action in moving.taken[:3]] == [Click, MoveTo, Click]


class HalfListed:
    """Lists the field that has the focus, and of the other its label is drawn; the first has the keyboard."""

    name = "half-listed"

    def __init__(self) -> None:
        self.held = "Ada"

    def observe(self) -> Observation:
        drawn = Drawn().text("Customer:", 40, 46).frame(Box(140, 40, 400, 70)).text(self.held, 150, 46)
        drawn.text("Quantity:", 40, 306)
        drawn.windows.append(Element("field", "Customer", Box(140, 40, 400, 70), True, value=self.held, editable=True))
        return drawn.seen

    def perform(self, action: Action) -> None:
        if isinstance(action, TypeText):
            self.held = action.text

    def close(self) -> None:
        pass


def test_a_field_that_has_the_focus_is_not_taken_for_another(policy: Builtin) -> None:
    device = HalfListed()
    episode = run_episode("type '12' into the Quantity field", device, policy)
    assert (episode.ending, device.held) == (Ending.GAVE_UP, "Ada"), episode.answer
