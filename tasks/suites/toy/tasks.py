"""Tasks in a login window; the seed draws who signs in."""

from random import Random

from devices import Click, Press, Probe, TypeText, Wait
from devices.toy import BOXES
from tasks.checks import all_of, answer_equals, file_equals
from tasks.environments import TaskTemplate
from tasks.task import Task

PEOPLE = ("Ada", "Grace", "Edsger", "Barbara", "Alan", "Radia", "Donald", "Frances")
SECRETS = ("orange", "copper", "meadow", "lantern", "harbour", "thistle")
NAME, PASSWORD, SIGN_IN = (Click(box.center) for box in BOXES.values())
TAB, ENTER = Press(("tab",)), Press(("enter",))


def _draw(seed: int) -> tuple[str, str]:
    """A person and a password: the same for the same seed, on every machine."""
    draw = Random(seed)  # noqa: S311 - a task is drawn, no secret
    return draw.choice(PEOPLE), draw.choice(SECRETS)


def sign_in(seed: int) -> Task:
    who, secret = _draw(seed)
    return Task(
        "sign-in",
        f"Click the Name field, type '{who}', press tab, type '{secret}' and click Sign in.",
        all_of(file_equals("message", f"Welcome, {who}"), file_equals("Password", secret)),
        (NAME, TypeText(who), PASSWORD, TypeText(secret), SIGN_IN),
    )


def sign_in_by_keys(seed: int) -> Task:
    who, secret = _draw(seed)
    return Task(
        "sign-in-by-keys",
        f"Type '{who}', press tab, type '{secret}' and press enter.",
        all_of(file_equals("message", f"Welcome, {who}"), file_equals("Password", secret)),
        (TypeText(who), TAB, TypeText(secret), ENTER),
    )


def fill_in_the_name(seed: int) -> Task:
    who, _ = _draw(seed)
    return Task(
        "fill-in-the-name",
        f"Click the Name field and type '{who}'.",
        all_of(file_equals("Name", who), file_equals("message", "Please sign in")),
        (NAME, TypeText(who)),
    )


def correct_the_name(seed: int) -> Task:
    who, secret = _draw(seed)

    def setup(probe: Probe) -> None:
        probe.write("Name", b"Nobody")
        probe.write("Password", secret.encode())

    return Task(
        "correct-the-name",
        f"Click the Name field, press ctrl+a, type '{who}' and click Sign in.",
        all_of(file_equals("message", f"Welcome, {who}"), file_equals("Password", secret)),
        (NAME, Press(("ctrl", "a")), TypeText(who), SIGN_IN),
        setup,
    )


def wait_before_signing_in(seed: int) -> Task:
    who, secret = _draw(seed)
    return Task(
        "wait-before-signing-in",
        f"Type '{who}', press tab, type '{secret}', wait 2 seconds and press enter.",
        file_equals("message", f"Welcome, {who}"),
        (TypeText(who), TAB, TypeText(secret), Wait(2.0), ENTER),
    )


def read_the_name(seed: int) -> Task:
    who, _ = _draw(seed)
    return Task(
        "read-the-name",
        "Tell me the value of Name.",
        answer_equals(who),
        (),
        lambda probe: probe.write("Name", who.encode()),
        who,
    )


TASKS: dict[str, TaskTemplate] = {
    make(0).name: make
    for make in (
        sign_in,
        sign_in_by_keys,
        fill_in_the_name,
        correct_the_name,
        wait_before_signing_in,
        read_the_name,
    )
}
