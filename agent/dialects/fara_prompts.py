"""The words that Fara-7B and Fara-1.5 were trained with.

Source: microsoft/fara (MIT), src/fara/_prompts.py for the 7B, src/fara/agents/fara/_prompts.py for 1.5, whose tests
hold it to the training text. Fara works a browser.
"""

from typing import Any

from agent.dialects import qwen_prompts as words
from devices.device import Surface

NEXT = "Here is the next screenshot. Think about what to do next."

_KEY = (
    ' Includes "Enter", "Alt", "Shift", "Tab", "Control", "Backspace", "Delete", "Escape", "ArrowUp", "ArrowDown", '
    '"ArrowLeft", "ArrowRight", "PageDown", "PageUp", "Shift", etc.'
)
_MOUSE = {
    "key": words.COMPUTER_VERBS["key"] + _KEY,
    **{verb: words.COMPUTER_VERBS[verb] for verb in ("type", "mouse_move", "left_click")},
}
_BROWSER = {
    "visit_url": "Visit a specified URL.",
    "web_search": "Perform a web search with a specified query.",
    "history_back": "Go back to the previous page in the browser history.",
    "pause_and_memorize_fact": "Pause and memorize a fact for future reference.",
}

VERBS_7B = {
    **_MOUSE,
    "scroll": words.COMPUTER_VERBS["scroll"],
    **_BROWSER,
    "wait": "Wait specified number of seconds (e.g., for a page to load or a change to happen).",
    "refresh": "Refresh the current webpage to update its content.",
    "terminate": words.COMPUTER_VERBS["terminate"],
}

_MORE_7B = """
* When a separate scrollable container prominently overlays the webpage, if you want to scroll within it, you \
typically need to mouse_move() over it first and then scroll().
* If a popup window appears that you want to close, if left_click() on the 'X' or close button doesn't work, try \
key(keys=['Escape']) to close it.
* On some search bars, when you type(), you may need to press_enter=False and instead separately call left_click() \
on the search button to submit the search query. This is especially true of search bars that have auto-suggest \
popups for e.g. locations
* For calendar widgets, you usually need to left_click() on arrows to move between months and left_click() on dates to \
select them; type() is not typically used to input dates there.
* If asked to monitor a page for changes, you can use wait() to pause for a while and avoid busy-waiting. You may \
need to follow that with refresh() to see the latest content."""

_XY = "(x, y): The x (pixels from the left edge) and y (pixels from the top edge) coordinates to move the mouse to. "


def _field(description: str, kind: str) -> dict[str, Any]:
    return {"description": description, "type": kind}


_FIELDS = {name: words.COMPUTER_FIELDS[name] for name in ("keys", "text")}
_BROWSER_FIELDS = {
    "url": _field("The URL to visit. Required only by `action=visit_url`.", "string"),
    "query": _field("The query to search for. Required only by `action=web_search`.", "string"),
    "fact": _field("The fact to remember for the future. Required only by `action=pause_and_memorize_fact`.", "string"),
}

FIELDS_7B = {
    **_FIELDS,
    "press_enter": _field("Whether to press the Enter key after typing. Required only by `action=type`.", "boolean"),
    "delete_existing_text": _field(
        "Whether to delete existing text before typing. Required only by `action=type`.", "boolean"
    ),
    "coordinate": _field(
        _XY + "Required only by `action=left_click`, `action=mouse_move`, and `action=type`.", "array"
    ),
    "pixels": words.COMPUTER_FIELDS["pixels"],
    **_BROWSER_FIELDS,
    "time": words.COMPUTER_FIELDS["time"],
    "status": words.COMPUTER_FIELDS["status"],
}


def prompt_7b(surface: Surface, width: int, height: int) -> str:
    """Fara-7B's system prompt for a picture of that size."""
    description = words.COMPUTER.format(width=width, height=height, example=words.EXAMPLE) + _MORE_7B
    tool = words.function_signature("computer_use", description, VERBS_7B, FIELDS_7B, old=False)
    return "You are a helpful assistant.\n\n" + words.TOOLS.format(tools=tool)


_IDENTITY = """\
You are Fara, a computer use agent (CUA) specialized for web browsers. You are developed by Microsoft AI Frontiers. \
You assist users with completing and automating tasks that require the use of a web browser.

The model was trained in the timeframe of January - April 2026. You can effectively perform tasks even beyond this \
range by accessing the web browser and using the latest information on the live web. But your knowledge cutoff is \
limited to early 2026, so you may not be aware of events or developments that occurred after that time, without \
explicitly browsing and searching for latest information on the web.

This edition of the model was trained using SFT on top of Qwen3.5-9B, using a synthetic data mixture generated and \
developed by Microsoft AI Frontiers."""

_CRITICAL_POINTS = """\
A critical point is a situation where we must pause and request information or confirmation from the user before \
proceeding. There are three types:

Case 1: Missing User Information — The task requires personal information that the user has not provided (e.g., email, \
phone number, address, payment details). Never fabricate or assume personal information. Fill in only what the user \
has explicitly provided, then pause and ask for any missing required fields. (e.g., form requires phone number but \
user only gave name and email -> fill name and email, then ask for phone number.) If the user has provided all \
required information, proceed without stopping.

Case 2: Underspecified Task — The task description is ambiguous or missing details needed to make a decision at the \
current step. Pause and ask for clarification. (e.g., user asks to book a flight but doesn't specify destination -> \
ask for destination.) If the user's instructions contain all information needed for the current decision, proceed \
without stopping.

Case 3: Irreversible Action — We are about to perform an action that cannot be undone (e.g., submitting a form, \
completing a purchase, sending a message, deleting data). If the user explicitly authorized the action (e.g., "submit \
the form", "complete the purchase", "you have my permission to submit") -> proceed without stopping. If the user did \
NOT explicitly authorize the action -> stop and ask for confirmation. (e.g., "fill out a form" with no mention of \
submitting -> fill the form, then ask before submitting; "fill out and submit a form" -> fill and submit without \
stopping.)

Only stop at a critical point if (1) required information is missing, (2) the task is ambiguous, OR (3) an \
irreversible action lacks explicit user authorization. If the user has provided all necessary information AND \
explicitly authorized the action, proceed without interruption.
"""

VERBS_15 = {
    **_MOUSE,
    "double_click": words.COMPUTER_VERBS["double_click"],
    "right_click": words.COMPUTER_VERBS["right_click"],
    "triple_click": "Triple-click the left mouse button (e.g. to select a line of text).",
    "left_click_drag": words.COMPUTER_VERBS["left_click_drag"],
    "scroll": words.COMPUTER_VERBS["scroll"],
    "hscroll": words.COMPUTER_VERBS_3["hscroll"],
    **{verb: _BROWSER[verb] for verb in ("visit_url", "history_back", "web_search")},
    "read_page_answer_question": "Read the current page content and answer a question about it.",
    "pause_and_memorize_fact": _BROWSER["pause_and_memorize_fact"],
    "ask_user_question": "Ask the user a clarifying question and wait for a response.",
    "wait": words.COMPUTER_VERBS["wait"],
    "terminate": "Terminate the current task and provide the final answer.",
}

FIELDS_15 = {
    **_FIELDS,
    "coordinate": _field(
        _XY + "Required by `action=left_click`, `action=double_click`, `action=right_click`, `action=triple_click`, "
        "`action=left_click_drag`, and `action=mouse_move`.",
        "array",
    ),
    "pixels": _field(
        "The amount of scrolling to perform. Positive values scroll up, negative values scroll down. "
        "Required only by `action=scroll` and `action=hscroll`.",
        "number",
    ),
    **_BROWSER_FIELDS,
    "question": _field(
        "The question to ask. Required by `action=read_page_answer_question` and `action=ask_user_question`.", "string"
    ),
    "time": words.COMPUTER_FIELDS["time"],
    "answer": _field("The final answer for the task. Required only by `action=terminate`.", "string"),
}


def prompt_15(surface: Surface, width: int, height: int) -> str:
    """Fara-1.5's system prompt, whose numbers go to 1000 whatever the picture's size."""
    description = words.COMPUTER.format(width=width, height=height, example=words.EXAMPLE)
    description = description.removesuffix(" unless asked.") + "."
    tool = words.function_signature("computer_use", description, VERBS_15, FIELDS_15, old=False)
    tools = words.TOOLS.removeprefix("# Tools\n\nYou may call one or more functions to assist with the user query.\n\n")
    return f"{_IDENTITY}\n\n{_CRITICAL_POINTS}\n" + tools.format(tools=tool)
