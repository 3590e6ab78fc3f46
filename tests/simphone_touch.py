"""A finger for tests: finds what the tree of the simulated phone shows, and touches it."""

from devices.device import Box
from devices.simphone.phone import Phone
from devices.simphone.ui_tree import UiNode

SIZE = (540, 1200)


def find_node(phone: Phone, words: str) -> UiNode | None:
    """The first node whose text or description is `words`."""
    return next((node for node in phone.tree().walk() if words in (node.text, node.description)), None)


def node_named(phone: Phone, words: str) -> UiNode:
    node = find_node(phone, words)
    assert node is not None, f"no {words!r} among {texts(phone)}"
    return node


def texts(phone: Phone) -> list[str]:
    return [node.text or node.description for node in phone.tree().walk() if node.text or node.description]


def tap(phone: Phone, *words: str) -> None:
    """Tap these one after the other."""
    for word in words:
        at = node_named(phone, word).box.center
        phone.touch([(0.0, at.x, at.y)])


def hold(phone: Phone, words: str) -> None:
    at = node_named(phone, words).box.center
    phone.touch([(0.0, at.x, at.y), (0.7, at.x, at.y)])


def drag(phone: Phone, start: tuple[float, float], end: tuple[float, float], seconds: float = 1.0) -> None:
    """A steady stroke between two places given as shares of width and height."""
    width, height = phone.size
    steps = [n / 10 for n in range(11)]
    path = [(s * seconds, start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s) for s in steps]
    phone.touch([(at, round(x * width), round(y * height)) for at, x, y in path])


def press_keyboard(phone: Phone, *keys: str) -> None:
    """Tap keys of the soft keyboard by what is written on them."""
    for key in keys:
        assert phone.keyboard_shown
        at = phone.key_boxes[key].center
        phone.touch([(0.0, at.x, at.y)])


def has_ink(phone: Phone, box: Box) -> bool:
    """Whether more than one colour is in `box`."""
    part = phone.frame()[box.top : box.bottom, box.left : box.right].reshape(-1, 3)
    return bool((part != part[0]).any())


class Time:
    """A clock that goes only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now
