"""`uiautomator dump`: the widgets on the screen as XML, once the screen is still."""

import re
from xml.sax.saxutils import quoteattr

from devices.simphone.shell.program import ProgramCall, encoded
from devices.simphone.shell_host import ShellHost
from devices.simphone.ui_tree import UiNode

_IDLE_SECONDS = 10.0  # com.android.commands.uiautomator.DumpCommand waits so long for a still moment
_POLL_SECONDS = 0.02


def uiautomator(call: ProgramCall) -> int:
    """`uiautomator dump [--compressed] [FILE]`; a failure is printed to standard error, with exit code 0."""
    words = [word for word in call.arguments if not word.startswith("--")]
    if words[:1] != ["dump"]:
        return call.fail("Usage: uiautomator <subcommand> [options]")
    path = words[1] if len(words) > 1 else "/sdcard/window_dump.xml"
    if call.occurs("not idle") or not _still(call.host):
        return call.fail("ERROR: could not get idle state.", 0)
    phone = call.host.phone
    with phone.lock:
        xml = _hierarchy(phone.tree(), phone.rotation)
    if path == "/dev/tty":
        call.out(encoded(xml))
    else:
        try:
            call.host.files.write(path, encoded(xml))
        except OSError:
            return call.fail(f"java.io.FileNotFoundException: {path}: open failed: EACCES (Permission denied)")
    call.say(f"UI hierchary dumped to: {path}")  # the typing error is Android's own
    return 0


def _still(host: ShellHost) -> bool:
    waited = 0.0
    while host.phone.animating:
        if waited > _IDLE_SECONDS:
            return False
        host.stop.wait(_POLL_SECONDS)
        waited += _POLL_SECONDS
    return True


def _hierarchy(root: UiNode, rotation: int) -> str:
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
        f'<hierarchy rotation="{rotation}">{_node(root, 0)}</hierarchy>'
    )


def _node(node: UiNode, index: int) -> str:
    box = node.box
    attributes: dict[str, str | bool | int] = {
        "index": index,
        "text": node.text,
        "resource-id": node.resource_id,
        "class": node.cls,
        "package": node.package,
        "content-desc": node.description,
        "checkable": node.checkable,
        "checked": node.checked,
        "clickable": node.clickable,
        "enabled": node.enabled,
        "focusable": node.focusable,
        "focused": node.focused,
        "scrollable": node.scrollable,
        "long-clickable": node.long_clickable,
        "password": node.password,
        "selected": node.selected,
        "bounds": f"[{box.left},{box.top}][{box.right},{box.bottom}]",
    }
    opening = " ".join(f"{name}={quoteattr(_text(value), _ENTITIES)}" for name, value in attributes.items())
    inside = "".join(_node(child, place) for place, child in enumerate(node.children))
    return f"<node {opening}>{inside}</node>" if inside else f"<node {opening} />"


_NO_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = {"\n": "&#10;", "\t": "&#9;", '"': "&quot;"}


def _text(value: str | bool | int) -> str:
    """As an attribute; what XML 1.0 has no character for becomes a full stop, as uiautomator does it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NO_XML.sub(".", str(value))
