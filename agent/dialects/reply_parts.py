"""What a reply may hold besides moves, such as held keys and notes, and how all of it becomes one decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.episode import Ask, Decision, Finish, Move, Unreadable
from devices import Click, Drag, MoveTo, Point, Press, Scroll, Wait
from devices.actions import points_of

MOST_MOVES = 32  # of one reply, as UI-Venus allows
MOST_REPEATS = 20  # of one key
HELP = "it asks for your help on this screen"  # where a model asks without words


@dataclass(frozen=True, slots=True)
class KeyDown:
    """`keys` are held from here on."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyUp:
    """`keys` are let go."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ButtonDown:
    """The left button is held from here on, at the pointer."""

    at: Point


@dataclass(frozen=True, slots=True)
class ButtonUp:
    """The left button is let go."""

    at: Point


@dataclass(frozen=True, slots=True)
class Note:
    """Something to remember, which touches nothing."""

    text: str


Part = Move | KeyDown | KeyUp | ButtonDown | ButtonUp | Note


def decision_of(
    parts: Sequence[Part], raw: str, *, instruction: str = "", thought: str = "", note: str = ""
) -> Decision:
    """The decision that a reply of these `parts` is: its first move, and the rest for afterwards.

    Held keys and a held button become part of the moves between pressing and letting go; a reply that only notes
    something waits for no time. Raises `ValueError` for what has no move, and for what is still held at its end.
    """
    notes = "\n".join(filter(None, [note, *(part.text for part in parts if isinstance(part, Note))]))
    moves = moves_of(parts)
    if not moves and not notes:
        raise ValueError("one action was wanted; found none")
    if len(moves) > MOST_MOVES:
        raise ValueError(f"a reply may hold {MOST_MOVES} actions; found {len(moves)}")
    first, *then = moves or [Wait(0.0)]
    return Decision(first, instruction, thought, raw, then=tuple(then), note=notes)


def pointer_after(parts: Sequence[Part], pointer: Point | None) -> Point | None:
    """Where the pointer is after `parts`, when it was at `pointer` before them."""
    for part in parts:
        match part:
            case ButtonDown(at) | ButtonUp(at):
                pointer = at
            case KeyDown() | KeyUp() | Note() | Finish() | Ask() | Unreadable():
                pass
            case action:
                pointer = next(reversed(points_of(action)), pointer)
    return pointer


def moves_of(parts: Sequence[Part]) -> list[Move]:
    """The moves of `parts`, with held keys and a held button in them. Raises `ValueError` for what is still held."""
    moves: list[Move] = []
    held: tuple[str, ...] = ()
    used = False  # whether anything was done with the held keys
    path: list[Point] = []
    for part in parts:
        match part:
            case KeyDown(keys):
                held, used = (*held, *keys), False
            case KeyUp(keys):
                if not set(keys) <= set(held):
                    raise ValueError(f"{'+'.join(keys)} was let go and not held: hold and let go within one reply")
                if not used:
                    moves.append(Press(held))
                held, used = tuple(key for key in held if key not in keys), True
            case ButtonDown(at):
                path = [at]
            case ButtonUp(at):
                if not path:
                    raise ValueError("the button was let go and not held: press, move and let go within one reply")
                path.append(at)
                moves.append(Drag(tuple(path), holding=held) if path[0] != at else Click(at, holding=held))
                path, used = [], True
            case MoveTo(at) if path:
                path.append(at)
            case Note():
                pass
            case move:
                if path and not isinstance(move, Wait):
                    raise ValueError("with the button held only moving the pointer is known here")
                _append(moves, _with_held(move, held))
                used = True
    if held or path:
        raise ValueError(f"{'+'.join(held) or 'the button'} is still held at the end: let go within the same reply")
    return moves


def _append(moves: list[Move], move: Move) -> None:
    """Add `move`; where it scrolls or drags from where the move before only brought the pointer, it replaces that."""
    start = move.at if isinstance(move, Scroll) else move.path[0] if isinstance(move, Drag) and move.path else None
    if moves and start is not None and moves[-1] == MoveTo(start):
        moves.pop()
    moves.append(move)


def _with_held(move: Move, held: tuple[str, ...]) -> Move:
    match move:
        case _ if not held:
            return move
        case Click() | Drag():
            return replace(move, holding=(*held, *move.holding))
        case Press(keys):
            return Press((*held, *keys))
        case MoveTo() | Wait():
            return move
    raise ValueError(f"{'+'.join(held)} can be held around clicks, drags and keys only")
