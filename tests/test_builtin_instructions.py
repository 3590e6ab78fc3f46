"""Goals and the instructions they are parsed to, and what is refused before anything is touched."""

import sys
from contextlib import suppress
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.builtin.commands import describe
from agent.builtin.goal_parser import instructions
from agent.builtin.instructions import (
    Await,
    Choose,
    ClickOn,
    DragOnto,
    Empty,
    Expect,
    FollowMenu,
    HoldOn,
    HoverOver,
    Instruction,
    OpenApplication,
    OpenFile,
    OpenItem,
    Pause,
    PressKeys,
    SaveAs,
    ScrollTo,
    SetValue,
    Tell,
    Tick,
    WindowTo,
    Write,
)
from agent.grounding.target import Target
from agent.policy import NotUnderstood

T = Target


def press(*keys: str, times: int = 1) -> PressKeys:
    return PressKeys(keys, times)


def click(text: str, kind: str = "") -> ClickOn:
    return ClickOn(T(text, kind))


ENTER, FILE = press("enter"), T("File", "menu")

READ: list[tuple[str, list[Instruction]]] = [
    ("open Mousepad", [OpenApplication("Mousepad")]),
    ("Please open the text editor.", [OpenApplication("text editor")]),
    ("start the calculator app", [OpenApplication("calculator")]),
    ("open notes.txt", [OpenItem(T("notes.txt"))]),
    ("open the file /tmp/notes.txt", [OpenFile("/tmp/notes.txt")]),  # noqa: S108 - only text
    ("open the folder 'Documents'", [OpenItem(T("Documents", "item"))]),
    ("open the File menu and click Save As", [ClickOn(FILE), click("Save As")]),
    ("open File > Open...", [FollowMenu((FILE, T("Open...", "menuitem")))]),
    ("click on 7", [click("7")]),
    ("click 'Sign in'", [click("Sign in")]),
    ("click Sign in", [click("Sign in")]),
    ("tap the OK button", [click("OK", "button")]),
    ("press the Delete button", [click("Delete", "button")]),
    ("Click the 'Remember me' checkbox", [click("Remember me", "checkbox")]),
    ("click 1, 2, plus, 3 and equals", [click("1"), click("2"), click("plus"), click("3"), click("equals")]),
    ("click the 7 button, then ×, then 6", [click("7", "button"), click("×"), click("6")]),
    ("click Edit, then Paste", [click("Edit"), click("Paste")]),
    ("click File, Save As...", [click("File"), click("Save As")]),
    ("click 'OK' to confirm the dialog", [click("OK")]),
    ("click 'OK' twice", [click("OK"), click("OK")]),
    ("double-click the word foo", [ClickOn(T("foo", "word"), times=2)]),
    ("double click on letter.txt", [ClickOn(T("letter.txt"), times=2)]),
    ("right click on 'Untitled 1'", [ClickOn(T("Untitled 1"), "right")]),
    ("middle-click the link 'News'", [ClickOn(T("News", "link"), "middle")]),
    ("click 'A' with the right mouse button", [ClickOn(T("A"), "right")]),
    ("triple-click the first line", [ClickOn(T("", "line", 1), times=3)]),
    ("ctrl-click 'b.txt'", [ClickOn(T("b.txt"), holding=("ctrl",))]),
    ("long press 'Photos'", [HoldOn(T("Photos"))]),
    ("hover over Help", [HoverOver(T("Help"))]),
    ("move the mouse to 'Help'", [HoverOver(T("Help"))]),
    ("click the second link", [ClickOn(T("", "link", 2))]),
    ("click the last 'Delete' button", [ClickOn(T("Delete", "button", -1))]),
    ("click the 3rd checkbox", [ClickOn(T("", "checkbox", 3))]),
    ("click the button next to 'Username'", [ClickOn(T("", "button", 0, "near", T("Username")))]),
    ("click 'Edit' to the right of 'Bob'", [ClickOn(T("Edit", "", 0, "right", T("Bob")))]),
    ("click 'Sign in' below 'Password'", [ClickOn(T("Sign in", "", 0, "below", T("Password")))]),
    ("click Save in the dialog", [ClickOn(T("Save", "", 0, "in", T("", "dialog")))]),
    (
        "In the Mousepad window, click File",
        [WindowTo("focus", "Mousepad"), click("File")],
    ),
    ("in the File menu choose Save", [FollowMenu((FILE, T("Save")))]),
    ("choose Save As from the File menu", [FollowMenu((FILE, T("Save As")))]),
    ("choose File > Save As", [FollowMenu((FILE, T("Save As", "menuitem")))]),
    ("go to Edit -> Select All", [FollowMenu((T("Edit", "menu"), T("Select All", "menuitem")))]),
    ("select 'B' from the Size dropdown", [Choose(T("B"), T("Size", "choice"))]),
    ("pick 'Red'", [Choose(T("Red"))]),
    ("drag 'A' onto 'B'", [DragOnto(T("A"), T("B"))]),
    ("drag the title 'galculator' to (200, 20)", [DragOnto(T("galculator", "text"), T("(200,20)"))]),
    ("drag a.txt to the folder Docs", [DragOnto(T("a.txt"), T("Docs", "item"))]),
    ("check 'Remember me'", [Tick(T("Remember me"))]),
    ("uncheck the Match case box", [Tick(T("Match case", "checkbox"), on=False)]),
    ("turn on 'Wrap around'", [Tick(T("Wrap around"))]),
    ("type hello", [Write("hello")]),
    ("type 'a' and press enter", [Write("a"), ENTER]),
    ("type hello world and press enter", [Write("hello world"), ENTER]),
    ("type hello, world", [Write("hello, world")]),
    ("type Dear Sir and Madam", [Write("Dear Sir and Madam")]),
    ("type \"It's 5 o'clock\"", [Write("It's 5 o'clock")]),
    ("type 'one, two. Three and four; press enter'", [Write("one, two. Three and four; press enter")]),
    ("type the text 'x'", [Write("x")]),
    ("type 12*7=", [Write("12*7=")]),
    ("type: Dear Ada", [Write("Dear Ada")]),
    ("type:\nDear Ada\nthen press enter", [Write("Dear Ada"), ENTER]),
    ("in the file name field type x", [Write("x", T("file name", "field"), afresh=True)]),
    ("type 'x' into Name", [Write("x", T("Name", "field"), afresh=True)]),
    ("fill in Name with bob", [Write("bob", T("Name", "field"), afresh=True)]),
    ("fill the Password field with 'x y'", [Write("x y", T("Password", "field"), afresh=True)]),
    ("set Name to bob", [SetValue(T("Name"), "bob")]),
    ("put 'abc' in the search box", [Write("abc", T("search", "field"), afresh=True)]),
    (
        "type bob into the Name field and secret into Password",
        [Write("bob", T("Name", "field"), afresh=True), Write("secret", T("Password", "field"), afresh=True)],
    ),
    ("press ctrl+s", [press("ctrl", "s")]),
    ("press Ctrl-Shift-S", [press("ctrl", "shift", "s")]),
    ("hit the Enter key", [ENTER]),
    ("hit return", [ENTER]),
    ("press tab three times", [press("tab", times=3)]),
    ("press ctrl+v twice", [press("ctrl", "v", times=2)]),
    ("press ctrl+a, then delete", [press("ctrl", "a"), press("delete")]),
    ("press 8 * 8 enter", [press("8"), press("*"), press("8"), ENTER]),
    ("press Page Down", [press("pagedown")]),
    ("select all, copy, and paste twice", [press("ctrl", k) for k in "acvv"]),
    ("undo", [press("ctrl", "z")]),
    ("save", [press("ctrl", "s")]),
    ("save the file as notes.txt", [SaveAs("notes.txt")]),
    ("save it as '/home/a b.txt'", [SaveAs("/home/a b.txt")]),
    ("save the file as list.txt in the home folder", [SaveAs("~/list.txt")]),
    ("save it in the Documents folder as x.txt", [SaveAs("~/Documents/x.txt")]),
    ("clear the Name field", [Empty(T("Name", "field"))]),
    ("clear the text", [Empty()]),
    ("what is the result?", [Tell("result")]),
    ("tell me what the display shows", [Tell("result")]),
    ("read the window", [Tell("")]),
    ("tell me the value of Total", [Tell("Total")]),
    ("what is the title of the window?", [Tell("title")]),
    ("tell me what the last line says", [Tell("last line")]),
    ("close the window without saving", [WindowTo("close", "", False)]),
    ("close without saving", [WindowTo("close", "", False)]),
    ("quit Mousepad, saving it", [WindowTo("close", "Mousepad", True)]),
    ("close Mousepad saving changes", [WindowTo("close", "Mousepad", True)]),
    ("quit the calculator", [WindowTo("close", "calculator")]),
    ("minimize", [WindowTo("minimise", "")]),
    ("maximise the terminal window", [WindowTo("maximise", "terminal")]),
    ("switch to the calculator", [WindowTo("focus", "calculator")]),
    ("go to the Mousepad window", [WindowTo("focus", "Mousepad")]),
    ("close the menu", [press("esc")]),
    ("scroll down", [ScrollTo("down", 5)]),
    ("scroll up 3 times", [ScrollTo("up", 3)]),
    ("scroll to the bottom", [ScrollTo("down", 100)]),
    ("scroll down until you see 'Chapter 9'", [ScrollTo("down", 5, T("Chapter 9"))]),
    ("swipe up", [ScrollTo("down", 5)]),
    ("wait 2 seconds", [Pause(2.0)]),
    ("wait until 'Done' appears", [Await(T("Done"))]),
    ("wait for the dialog", [Await(T("", "dialog"))]),
    ("wait until 'Loading' disappears", [Await(T("Loading"), appears=False)]),
    ("check that 'Saved' is visible", [Expect(T("Saved"))]),
    ("make sure 'Error' is not visible", [Expect(T("Error"), present=False)]),
    ("verify that the display shows 84", [Expect(T("84"))]),
    ("click Save & Close", [click("Save & Close")]),
    ("click Terms and Conditions", [click("Terms and Conditions")]),
    ("click the link Terms and Conditions", [click("Terms and Conditions", "link")]),
    ("click Save and Close", [click("Save and Close")]),
    ("click Save, then close", [click("Save"), WindowTo("close", "")]),
    ("click Save and close the window", [click("Save"), WindowTo("close", "")]),
    ("choose Edit > Find and Replace", [FollowMenu((T("Edit", "menu"), T("Find and Replace", "menuitem")))]),
    (
        "choose Insert > Image > From file",
        [FollowMenu((T("Insert", "menu"), T("Image", "menuitem"), T("From file", "menuitem")))],
    ),
    ("choose Delete from the menu", [ClickOn(T("Delete", "", 0, "in", T("", "menu")))]),
    ("enable Do not disturb", [Tick(T("Do not disturb"))]),
    ("open This PC", [OpenApplication("This PC")]),
    ("Insert > Table", [FollowMenu((T("Insert", "menu"), T("Table", "menuitem")))]),
    ("click File > Open", [FollowMenu((FILE, T("Open", "menuitem")))]),
    ("click 'Next > '", [click("Next >")]),
    ("click 'A' and 'B'", [click("A"), click("B")]),
    ("click 'A, B and C'", [click("A, B and C")]),
    (
        "select Trinidad and Tobago from the Country combo box",
        [Choose(T("Trinidad and Tobago"), T("Country", "choice"))],
    ),
    ("turn on Wi-Fi and Bluetooth", [Tick(T("Wi-Fi")), Tick(T("Bluetooth"))]),
    ("check Apples and Pears", [Tick(T("Apples and Pears"))]),
    ("click +", [click("+")]),
    ("click 'x'", [click("x")]),
    ("press x", [press("x")]),
    ("click .", [click(".")]),
    ("click 保存", [click("保存")]),
    ("click «\u00a0Enregistrer sous\u00a0»", [click("Enregistrer sous")]),
    ("click 「保存」", [click("保存")]),
    ("click 1,000", [click("1,000")]),
    ("type 12,000 into Amount", [Write("12,000", T("Amount", "field"), afresh=True)]),
    ("type -3.5", [Write("-3.5")]),
    ("type 'one\ntwo; three' and press enter", [Write("one\ntwo; three"), ENTER]),
    ("type 'He said \"no\"'", [Write('He said "no"')]),
    ("type '( 1 , 2 )'", [Write("( 1 , 2 )")]),
    ("click ( 10, 20 )", [click("(10,20)")]),
    ("click 1, 2. Click OK", [click("1"), click("2"), click("OK")]),
    ("open Files", [OpenApplication("Files")]),
    ("open List Manager", [OpenApplication("List Manager")]),
    ("open the file manager", [OpenApplication("file manager")]),
    ("open 'C:\\My Documents\\a.txt'", [OpenFile("C:\\My Documents\\a.txt")]),
    ("go to https://example.org", [OpenFile("https://example.org")]),
    ("click New Tab", [click("New Tab")]),
    ("click the Advanced tab", [click("Advanced", "tab")]),
    ("click the slider", [click("", "slider")]),
    ("click the button called Submit", [click("Submit", "button")]),
    ("click Delete in the row of Bob", [ClickOn(T("Delete", "", 0, "row", T("Bob")))]),
    ("click 'Delete' in Bob's row", [ClickOn(T("Delete", "", 0, "row", T("Bob")))]),
    ("in the row with 'Bob', click Delete", [ClickOn(T("Delete", "", 0, "row", T("Bob")))]),
    ("click Delete in the second row", [ClickOn(T("Delete", "", 0, "row", T("", "item", 2)))]),
    ("click Apply in the Preferences dialog", [ClickOn(T("Apply", "", 0, "in", T("Preferences", "dialog")))]),
    ("click Save in the toolbar", [ClickOn(T("Save", "", 0, "in", T("", "section")))]),
    (
        "click the button beside 'Volume' in the Sound window",
        [ClickOn(T("", "button", 0, "near", T("Volume", "", 0, "in", T("Sound", "window"))))],
    ),
    ("click Date of birth", [click("Date of birth")]),
    ("set the 'Volume' slider to 40", [SetValue(T("Volume", "slider"), "40")]),
    ("set the value of 'Volume' to 40 %", [SetValue(T("Volume"), "40 %")]),
    ("set Start to 10:30 and End to 11:45", [SetValue(T("Start"), "10:30"), SetValue(T("End"), "11:45")]),
    ("set the date to May 4, 1990 and click Next", [SetValue(T("date"), "May 4, 1990"), click("Next")]),
    ("move the Volume slider to 30%", [SetValue(T("Volume", "slider"), "30%")]),
    ("set Wrap to off", [Tick(T("Wrap"), on=False)]),
    ("verify 'A' is visible and 'B' is not visible", [Expect(T("A")), Expect(T("B"), present=False)]),
    ("verify that Name contains 'Ada'", [Expect(T("Ada", "", 0, "in", T("Name")))]),
    ("wait for the dialog, at most 5 s", [Await(T("", "dialog"), seconds=5.0)]),
    ("wait until Loading... disappears", [Await(T("Loading"), appears=False)]),
    ("go back", [press("alt", "left")]),
    (
        "1. Open Mousepad\n2. Type 'hi'\n3. Press Enter",
        [OpenApplication("Mousepad"), Write("hi"), ENTER],
    ),
    ("First, click A. Finally, click B.", [click("A"), click("B")]),
]


@pytest.mark.parametrize(("goal", "meant"), READ, ids=[goal for goal, _ in READ])
def test_what_is_said_is_what_is_understood(goal: str, meant: list[Instruction]) -> None:
    assert list(instructions(goal)) == meant


REFUSED = {
    "book me a flight to Paris": "book me a flight to Paris",
    "open Mousepad and make me happy": "make me happy",
    "click 'A', then frobnicate the bar": "frobnicate the bar",
    "open the editor, press ctrl+h... no wait": "no wait",
    "tell me how the weather is": "how the weather is",
    "open the text editor and paste 'x' nowhere": "paste 'x' nowhere",
    "in the terminal": "in the terminal",
    "use the File menu to save": "use the File menu to save",
    "click the 'Share' button on 3 posts": "click the 'Share' button on 3 posts",
    "click the button that describes the figure": "click the button that describes the figure",
    "type the text below into the Name field": "type the text below into the Name field",
    "select 4 May as the date and click OK": "select 4 May as the date",
    "open the text editor and write me a poem": "write me a poem",
    "turn on Wi-Fi, not Bluetooth": "not Bluetooth",
    "turn on everything but not Bluetooth": "turn on everything but not Bluetooth",
    "click OK, check all boxes except 'News'": "except 'News'",
    "click Delete unless it is grey": "unless it is grey",
    "if the dialog is open then click OK": "if the dialog is open",
    "click Sign in and then do something clever": "do something clever",
    "click Sign in and do something clever": "do something clever",
    "type 'x' into Name, do something clever": "do something clever",
    "open ~/a.txt in Mousepad": "in Mousepad",
    "drag the slider to the right": "to the right",
    "close all windows": "close all windows",
    "type into Name": "type into Name",
    "click OK click Cancel": "click OK click Cancel",
    "click 'A' or 'B'": "'A' or 'B'",
    "hey could you get me out of here": "hey could you",
    "x" * 2000: "xxx",
    " and ".join(["frob the bar"] * 60): "frob the bar",
    "scroll down until 'Terms' is visible and click it": "click it",
}


@pytest.mark.parametrize(("goal", "named"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_read_is_named_with_what_to_do_instead(goal: str, named: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        instructions(goal)
    assert named in str(refusal.value)
    assert "model" in str(refusal.value)


@pytest.mark.parametrize("goal", ["type 'Ada", "type \"Ada' and click Sign in", 'click Save"', "type “x"])
def test_a_quotation_mark_that_is_never_closed_is_named_and_not_typed(goal: str) -> None:
    with pytest.raises(NotUnderstood, match="never closed"):
        instructions(goal)


@pytest.mark.parametrize("goal", ["click save and close", "click Copy and paste", "choose File > Save and close"])
def test_what_may_be_one_label_or_two_instructions_is_asked_about(goal: str) -> None:
    with pytest.raises(NotUnderstood, match="one label or two instructions"):
        instructions(goal)


def test_an_apostrophe_opens_nothing() -> None:
    assert instructions("click Don't Save") == (ClickOn(Target("Don't Save")),)


@pytest.mark.parametrize("goal", ["", "   ", "please", ".", "and then", "''"])
def test_a_goal_without_instructions_is_refused(goal: str) -> None:
    with pytest.raises(NotUnderstood):
        instructions(goal)


PLAIN = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Zl", "Zp"), blacklist_characters='"“”„\uffff'), min_size=1
)


@given(PLAIN)
def test_quoted_text_is_never_split_nor_changed(text: str) -> None:
    assert instructions(f'type "{text}" and press enter') == (Write(text), ENTER)


SCRAPS = st.sampled_from(
    [
        "click",
        "type",
        "'a, b'",
        "and",
        "then",
        ",",
        "in the",
        "menu",
        "press",
        "ctrl+",
        "until",
        ".",
        "save as",
        "\n",
        "of",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(SCRAPS, max_size=12).map(" ".join)), st.booleans())
def test_reading_raises_nothing_but_not_understood(goal: str, phone: bool) -> None:
    try:
        found = instructions(goal, phone)
    except NotUnderstood as refusal:
        assert str(refusal)  # noqa: PT017 - either outcome is right
    else:
        assert found


def calls_to_read(goal: str) -> int:
    """How many functions are called to read `goal`, whether it is understood or not."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        with suppress(NotUnderstood):
            instructions.__wrapped__(goal)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        ("", "frob the bar and "),
        ("click A", " and B"),
        ("", "click A and "),
        ("click a", " next to b"),
        ("type ", "to the x, "),
        ("click ", "in "),
        ("press ", "a in, "),
        ("set A to 1", " and B to 2"),
        ("verify that A is visible", " and B is visible"),
        ("", "'"),
        ("", "in the row of click "),
        ("click save", ", close"),
    ],
)
def test_the_work_of_reading_grows_no_faster_than_the_goal(begin: str, again: str) -> None:
    calls_to_read(begin + again * 20)
    small, large = (calls_to_read(begin + again * count) for count in (20, 80))
    assert large < 6 * small + 20_000


def test_a_goal_without_end_is_refused_quickly() -> None:
    with pytest.raises(NotUnderstood, match="phrases"):
        instructions("click A, " * 5000)


@pytest.mark.parametrize(
    "goal",
    [
        "click 'Open...'. Double-click letter.txt",
        "click 'Save'. Type 'x'",
        "click 'Save', Type 'x'",
        "press Enter. Type 'x' and press Enter",
    ],
)
def test_a_new_sentence_is_no_more_of_the_same(goal: str) -> None:
    second = instructions(goal)[1]
    assert isinstance(second, Write) or (isinstance(second, ClickOn) and second.times == 2)


SAID: list[Instruction] = [
    ClickOn(T("Save", "button", 2)),
    ClickOn(T("Edit", "", 0, "right", T("Bob")), "right"),
    ClickOn(T("Delete", "button", -1, "in", T("Mail", "window"))),
    ClickOn(T("letter.txt"), times=2),
    HoverOver(T("Help", "menu")),
    HoldOn(T("Photos")),
    DragOnto(T("a.txt"), T("Docs", "item")),
    Tick(T("Remember me"), on=False),
    Choose(T("Red")),
    Write("hello, world"),
    press("ctrl", "s", times=2),
    OpenApplication("text editor"),
    ScrollTo("down", 5, T("Chapter 9")),
    ScrollTo("up", 3),
    Pause(2.0),
    Await(T("Done"), appears=False),
    Expect(T("Saved"), present=False),
    Tell("Total"),
]


@pytest.mark.parametrize("command", SAID, ids=lambda command: type(command).__name__)
def test_the_words_of_a_recorded_step_can_be_followed_again(command: Instruction) -> None:
    assert instructions(describe(command)) == (command,)  # type: ignore[arg-type]
