"""Moves that solve MiniWoB++ tasks, found one at a time by looking into the page: proof that a task can be solved."""

import re
from collections.abc import Callable, Iterator

from devices import Action, Click, Drag, Point, Press, Scroll, TypeText
from tasks.suites.miniwob.page_state import PageState

Moves = Iterator[Action]
SUBMIT = "#subbtn"


def _click_test(page: PageState) -> Moves:
    yield page.click(SUBMIT)


def _click_named_button(page: PageState) -> Moves:
    (name,) = page.goal_groups(r'"(.+)" button') if '"' in page.goal else page.goal_groups(r"button (\w+)")
    yield page.click("button", name)


def _click_button_sequence(page: PageState) -> Moves:
    for name in page.goal_groups(r"button (\w+), then click button (\w+)"):
        yield page.click("button", name)


def _click_link(page: PageState) -> Moves:
    (name,) = page.goal_groups(r'link "(.+)"')
    yield page.click(".alink", name)


def _click_dialog(page: PageState) -> Moves:
    yield page.click(".ui-dialog-titlebar button")


def _click_dialog_2(page: PageState) -> Moves:
    (name,) = page.goal_groups(r'labeled "(.+)"')
    yield page.click(".ui-dialog-titlebar button") if name == "x" else page.click(".ui-dialog button", name)


def _click_tab(page: PageState) -> Moves:
    (name,) = page.goal_groups(r"(Tab #\d)")
    yield page.click("#area ul a", name)


def _click_widget(page: PageState) -> Moves:
    (kind,) = page.goal_groups(r'"(.+)" widget')
    yield page.click(f"[data-type={kind}]")


def _click_collapsible(page: PageState) -> Moves:
    yield page.click("#area h3")
    yield page.click(SUBMIT)


def _tick(page: PageState) -> Moves:
    """Check boxes and radio buttons by their labels."""
    (names,) = page.goal_groups(r"Select (.+) and click Submit")
    labels = page.texts("label")
    for name in names.split(", ") if names != "nothing" else ():
        yield page.click("label input", index=labels.index(name))
    yield page.click(SUBMIT)


def _focus_text(page: PageState) -> Moves:
    yield page.click("#tt")


def _focus_text_2(page: PageState) -> Moves:
    (place,) = page.goal_groups(r"the (\d)")
    yield page.click("#area input", index=int(place) - 1)


def _fill(page: PageState, *texts: str) -> Moves:
    """Type each of `texts` into the next field, then submit."""
    for index, text in enumerate(texts):
        yield page.click("#area input", index=index)
        yield TypeText(text)
    yield page.click(SUBMIT)


def _enter_text(page: PageState) -> Moves:
    return _fill(page, *page.goal_groups(r'Enter "(.+)" into'))


def _enter_text_2(page: PageState) -> Moves:
    text, case = page.goal_groups(r'Type "(.+)" in all (upper|lower)')
    return _fill(page, text.upper() if case == "upper" else text.lower())


def _enter_password(page: PageState) -> Moves:
    return _fill(page, *page.goal_groups(r'"(.+)"') * 2)


def _login_user(page: PageState) -> Moves:
    return _fill(page, *page.goal_groups(r'username "(.+)" and the password "(.+)"'))


def _enter_date(page: PageState) -> Moves:
    yield Click(page.at("#tt", across=0.08))  # the month; the fields after it come by themselves
    yield TypeText("".join(page.goal_groups(r"(\d+)/(\d+)/(\d+)")))
    yield page.click(SUBMIT)


def _enter_time(page: PageState) -> Moves:
    hour, minute, half = page.goal_groups(r"(\d+):(\d+) ([AP])M")
    yield Click(page.at("#tt", across=0.05))
    yield TypeText(f"{hour:0>2}{minute}{half}")
    yield page.click(SUBMIT)


def _find_word(page: PageState) -> Moves:
    (place,) = page.goal_groups(r"the (\d+)")
    return _fill(page, re.findall(r"\w+", page.texts("#area p")[0])[int(place) - 1])


def _simple_arithmetic(page: PageState) -> Moves:
    one, sign, other = page.texts("#math-problem")[0].removesuffix("=").split()
    a, b = int(one), int(other)
    return _fill(page, str({"+": a + b, "-": a - b, "x": a * b}[sign]))


def _simple_algebra(page: PageState) -> Moves:
    one, sign, other, _, total = page.texts("#math-problem")[0].split()
    known, result = int(other if one == "x" else one), int(total)
    answer = result - known if sign == "+" else result + known if one == "x" else known - result
    return _fill(page, str(answer))


def _read_table(page: PageState) -> Moves:
    cells = page.texts("td")
    (key,) = page.goal_groups(r"the value of (.+) into")
    return _fill(page, cells[cells.index(key) + 1])


def _copy_paste(page: PageState) -> Moves:
    yield page.click("#to-copy")
    yield Press(("ctrl", "a"))
    yield Press(("ctrl", "c"))
    yield page.click("#answer-input")
    yield Press(("ctrl", "v"))
    yield page.click(SUBMIT)


def _scroll_text_2(page: PageState) -> Moves:
    (end,) = page.goal_groups(r"to the (top|bottom)")
    yield Scroll(page.at("#text-area"), "up" if end == "top" else "down", 30)
    yield page.click(SUBMIT)


def _choose_list(page: PageState) -> Moves:
    (wanted,) = page.goal_groups(r"Select (.+) from the list")
    options = [str(text) for text in page.value("[...document.querySelectorAll('option')].map(o => o.text)")]
    place, last = options.index(wanted), len(options) - 1
    yield page.click("#options")
    if place <= last // 2:
        yield from [Press(("down",))] * place
    else:
        yield Press(("end",))
        yield from [Press(("up",))] * (last - place)
    yield Press(("enter",))
    yield page.click("button", "Submit")


def _choose_date(page: PageState) -> Moves:
    month, day, _ = (int(part) for part in page.goal_groups(r"(\d+)/(\d+)/(\d+)"))
    yield page.click("#datepicker")
    shown = 12  # the calendar opens in the last month there is
    while shown > month:
        yield page.click(".ui-datepicker-prev")
        shown -= 1
    yield page.click(".ui-datepicker-calendar a", str(day))
    yield page.click(SUBMIT)


def _use_spinner(page: PageState) -> Moves:
    (wanted,) = page.goal_groups(r"Select (-?\d+) with")
    for _ in range(abs(int(wanted))):
        yield page.click(".ui-spinner-down" if wanted.startswith("-") else ".ui-spinner-up")
    yield page.click(SUBMIT)


def _use_slider(page: PageState) -> Moves:
    (wanted,) = (int(number) for number in page.goal_groups(r"Select (-?\d+) with"))
    least, most, upright = page.value(
        "(slider => [slider('option', 'min'), slider('option', 'max'), slider('option', 'orientation') == 'vertical'])"
        "((...words) => $('#slider').slider(...words))"
    )
    share = (wanted - least) / (most - least)
    handle = page.at(".ui-slider-handle")
    end = page.at("#slider", across=0.5 if upright else share, down=1 - share if upright else 0.5)
    yield Drag((handle, Point(handle.x, end.y) if upright else Point(end.x, handle.y)), 0.2)
    while (now := int(page.texts("#val")[0])) != wanted:
        yield Press(("right" if now < wanted else "left",))
    yield page.click(SUBMIT)


def _drag_sort_numbers(page: PageState) -> Moves:
    row = "#sortable li"
    numbers = [int(text) for text in page.texts(row)]
    for place, number in enumerate(sorted(numbers)):
        if (now := numbers.index(number, place)) != place:
            yield Drag((page.at(row, index=now), page.at(row, index=place, across=0.5, down=0.1)), 0.4)
            numbers.insert(place, numbers.pop(now))
    yield page.click(SUBMIT)


ORACLES: dict[str, Callable[[PageState], Moves]] = {
    "choose-date": _choose_date,
    "choose-list": _choose_list,
    "click-button": _click_named_button,
    "click-button-sequence": _click_button_sequence,
    "click-checkboxes": _tick,
    "click-checkboxes-large": _tick,
    "click-checkboxes-transfer": _tick,
    "click-collapsible": _click_collapsible,
    "click-dialog": _click_dialog,
    "click-dialog-2": _click_dialog_2,
    "click-link": _click_link,
    "click-option": _tick,
    "click-tab": _click_tab,
    "click-test": _click_test,
    "click-test-2": _click_named_button,
    "click-test-transfer": _click_named_button,
    "click-widget": _click_widget,
    "copy-paste": _copy_paste,
    "drag-sort-numbers": _drag_sort_numbers,
    "enter-date": _enter_date,
    "enter-password": _enter_password,
    "enter-text": _enter_text,
    "enter-text-2": _enter_text_2,
    "enter-text-dynamic": _enter_text,
    "enter-time": _enter_time,
    "find-word": _find_word,
    "focus-text": _focus_text,
    "focus-text-2": _focus_text_2,
    "login-user": _login_user,
    "read-table": _read_table,
    "scroll-text-2": _scroll_text_2,
    "simple-algebra": _simple_algebra,
    "simple-arithmetic": _simple_arithmetic,
    "unicode-test": _click_named_button,
    "use-slider": _use_slider,
    "use-spinner": _use_spinner,
}
"""The moves for each task that has some."""
