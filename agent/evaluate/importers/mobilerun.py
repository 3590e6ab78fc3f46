"""mobilerun's macros, schema 2.0: what was done on a phone, with the screen's state before each action."""

from collections.abc import Iterator
from pathlib import Path

from agent.episode import Move
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.importers.imported_episode import ImportedEpisode, ImportedStep, load_screenshot
from agent.recordings.untrusted import Untrusted, read_bytes, read_json, validated
from agent.validation import ForeignRecord, Many
from devices import Click, Drag, OpenApp, Point, Press, TypeText, Wait

SIZE = (1080, 2400)
KEYS = {3: "home", 4: "back", 66: "enter"}
NOTE = (
    "a secret is typed as {secret:ID}: the macro does not hold it. Where the macro tells no screen size and no picture "
    "is there, 1080x2400 is assumed."
)


class MacroScreen(ForeignRecord):
    width: int = 0
    height: int = 0


class MacroState(ForeignRecord):
    screen: MacroScreen = MacroScreen()


class MacroAction(ForeignRecord):
    """Pixels of the phone's screen; a swipe keeps both its points."""

    action_type: str
    description: str = ""
    x: float = 0
    y: float = 0
    start_x: float = 0
    start_y: float = 0
    end_x: float = 0
    end_y: float = 0
    duration_ms: float = 300
    duration: float = 1.0
    text: str = ""
    secret_id: str = ""
    button: str = ""
    keycode: int = 0
    package: str = ""
    pre_state: MacroState | None = None


class Macro(ForeignRecord):
    macro_schema_version: str
    description: str = ""
    actions: Many[MacroAction]


def episodes(source: Path) -> Iterator[ImportedEpisode]:
    """The macros in `source`: a macro.json, a folder with one, or a folder of such folders. Raises `Untrusted`."""
    files = [source] if source.is_file() else sorted(source.rglob("macro.json"))
    if not files:
        raise Untrusted(f"there is no macro.json in {source}")
    for file in files:
        macro = validated(Macro.model_validate, read_json(read_bytes(file.parent, file.name), str(file)), str(file))
        if macro.macro_schema_version != "2.0":
            raise Untrusted(f"{file}: macro_schema_version must be 2.0; found {macro.macro_schema_version[:20]!r}")
        steps = tuple(_step(file, at, action) for at, action in enumerate(macro.actions))
        yield ImportedEpisode(file.parent.name, macro.description, "mobilerun", "screenhand", "phone", steps, note=NOTE)


def _step(file: Path, at: int, action: MacroAction) -> ImportedStep:
    screen = action.pre_state.screen if action.pre_state else MacroScreen()
    size = (screen.width, screen.height) if min(screen.width, screen.height) > 0 else SIZE
    seen = load_screenshot(file.parent, f"screenshots/{at:04}.png", size)
    move = _move(action, f"{file} action {at}")
    return ImportedStep(seen, Gold((GoldAnswer(move),), seen.size, "phone"), action.description)


def _move(action: MacroAction, where: str) -> Move:
    match action.action_type:
        case "tap":
            return Click(Point(round(action.x), round(action.y)))
        case "swipe" | "drag":
            ends = (
                Point(round(action.start_x), round(action.start_y)),
                Point(round(action.end_x), round(action.end_y)),
            )
            return Drag(ends, action.duration_ms / 1000)
        case "input_text":
            return TypeText(action.text)
        case "type_secret":
            return TypeText(f"{{secret:{action.secret_id}}}")
        case "button_press":
            return Press((action.button.lower(),))
        case "back":
            return Press(("back",))
        case "key_press" if action.keycode in KEYS:
            return Press((KEYS[action.keycode],))
        case "wait":
            return Wait(action.duration)
        case "start_app":
            return OpenApp(action.package)
    raise Untrusted(f"{where}: {action.action_type[:40]!r} with keycode {action.keycode} is not known here")
