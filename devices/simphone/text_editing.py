"""Text and editing keys applied to the focused field."""

from devices.simphone.phone_system import PhoneSystem
from devices.simphone.text_buffer import TextBuffer
from devices.simphone.widget_types import Field


def focused(system: PhoneSystem) -> TextBuffer | None:
    """The field that has the focus, None when text would be lost."""
    return system.top.buffer(system.top.focus) if system.top.focus else None


def focused_field(system: PhoneSystem) -> Field | None:
    """The widget of the field that has the focus, as it was laid out last."""
    return next((field for field in system.top.fields if field.key == system.top.focus), None)


def type_text(system: PhoneSystem, text: str) -> None:
    if entry := focused(system):
        entry.insert(text)
    elif system.top.typed:
        for character in text:
            system.top.typed(character)


def backspace(system: PhoneSystem) -> None:
    if entry := focused(system):
        entry.backspace()


def enter(system: PhoneSystem) -> None:
    """A new line where there may be several; otherwise the field's own action, or the next field."""
    field, entry = focused_field(system), focused(system)
    if entry is None:
        type_text(system, "\n")
    if field is None or entry is None:
        return
    if field.multiline:
        entry.insert("\n")
    elif field.submit:
        field.submit()
    elif not next_field(system):
        system.keyboard_up = False


def next_field(system: PhoneSystem) -> bool:
    """Move the focus to the field below; False when this is the last."""
    keys = [field.key for field in system.top.fields]
    at = keys.index(system.top.focus) + 1 if system.top.focus in keys else 0
    if at >= len(keys):
        return False
    system.focus(keys[at])
    return True


def copy(system: PhoneSystem, cut: bool = False) -> None:
    if (entry := focused(system)) and entry.selected:
        system.clipboard = entry.selected
        if cut:
            entry.insert("")


def paste(system: PhoneSystem) -> None:
    type_text(system, system.clipboard)


def select_all(system: PhoneSystem) -> None:
    if entry := focused(system):
        entry.select_all()
