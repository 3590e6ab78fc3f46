"""What a web page can be told."""

from agent.builtin.page.deeds_of_drawing import DrawingDeed
from agent.builtin.page.deeds_of_text import TextDeed
from agent.builtin.page.deeds_of_values import ValueDeed
from agent.builtin.page.deeds_of_widgets import WidgetDeed

PageDeed = WidgetDeed | DrawingDeed | ValueDeed | TextDeed
"""Each is one part, done in as many steps as it takes."""
