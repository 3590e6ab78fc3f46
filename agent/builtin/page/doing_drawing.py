"""Does the deeds of web pages that drag, draw and order."""

from agent.builtin.outcome import Outcome, Turn
from agent.builtin.page import dragging, drawing
from agent.builtin.page.deeds_of_drawing import (
    ClickInOrder,
    CopyPattern,
    CountInto,
    DragAway,
    DragInside,
    DragInto,
    DrawingDeed,
    DrawThrough,
    MarkParagraph,
    MoveItem,
    Resize,
    SayParity,
    SortRows,
)


def outcome_of_drawing(part: DrawingDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    match part:
        case DragInto():
            return dragging.drag_into(part, turn)
        case DragInside():
            return dragging.drag_inside(part, turn)
        case DragAway():
            return dragging.drag_away(part, turn)
        case MoveItem():
            return dragging.move_item(part, turn)
        case SortRows():
            return dragging.sort_rows(part, turn)
        case Resize():
            return dragging.resize(part, turn)
        case DrawThrough():
            return drawing.draw_through(part, turn)
        case MarkParagraph():
            return drawing.mark_paragraph(part, turn)
        case ClickInOrder():
            return drawing.click_in_order(part, turn)
        case SayParity():
            return drawing.say_parity(part, turn)
        case CopyPattern():
            return drawing.copy_pattern(part, turn)
        case CountInto():
            return drawing.count_into(part, turn)
