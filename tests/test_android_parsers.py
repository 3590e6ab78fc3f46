"""What phones print, as seen in public bug reports and documentation, and what we read in it."""

import pytest

from devices import ActionRefused, Box
from devices.android.apps import InstalledApp, app_named, read_apps
from devices.android.keys import chord, key_named
from devices.android.phone_status import Focus, is_secure, read_focus, read_status
from devices.android.uiautomator_xml import BadTree, elements_of

FOCUS_14 = """\
  Display: mDisplayId=0 (organized)
    init=1080x2400 420dpi mMinSizeOfResizeableTaskDp=220 cur=1080x2400 app=1080x2337 rng=1080x1017-2337x2337
    mCurrentFocus=Window{b22bb15 u0 com.android.settings/com.android.settings.Settings}
    mFocusedApp=ActivityRecord{9ab2a30 u0 com.android.settings/.Settings t41}
    mRotation=0 mDeferredRotationPauseCount=0
"""
FOCUS_8 = """\
  mCurrentFocus=Window{afc884f u0 com.android.mms/com.android.mms.ui.ConversationList}
  mFocusedApp=AppWindowToken{cdf19dd token=Token{3efb9b4 ActivityRecord{4982687 u0 com.android.mms/.ui.X t10945}}}
"""
SHADE = "  mCurrentFocus=Window{85a52f2 u0 NotificationShade}\n    mRotation=ROTATION_90\n cur=2408x1080 app=\n"
NO_FOCUS = "  mCurrentFocus=null\n  mFocusedApp=ActivityRecord{9ab2a30 u0 com.app/.Main t41}\n"
TWO_DISPLAYS = FOCUS_14 + "  Display: mDisplayId=2\n    mCurrentFocus=Window{1 u0 com.car/.Cluster}\n    mRotation=3\n"


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        (FOCUS_14, Focus("com.android.settings/.Settings", "b22bb15", 0, (1080, 2400))),
        (FOCUS_8, Focus("com.android.mms/.ui.ConversationList", "afc884f", 0, None)),
        (SHADE, Focus("NotificationShade", "85a52f2", 1, (2408, 1080))),
        (NO_FOCUS, Focus("com.app/.Main", "", 0, None)),
        (TWO_DISPLAYS, Focus("com.android.settings/.Settings", "b22bb15", 0, (1080, 2400))),
        ("", Focus()),
        ("Can't find service: window\n", Focus()),
    ],
)
def test_the_window_in_front_is_the_first_display_s(text: str, focus: Focus) -> None:
    assert read_focus(text) == focus


def test_a_system_window_belongs_to_no_package() -> None:
    assert read_focus(SHADE).package == ""
    assert read_focus(FOCUS_14).package == "com.android.settings"


@pytest.mark.parametrize(
    ("power", "policy", "ime", "size", "told"),
    [
        (
            "  mWakefulness=Awake\n",
            "    showing=false\n    isKeyguardShowing=false\n",
            "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME\n",
            "Physical size: 1080x2400\n",
            (True, False, "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME", (1080, 2400)),
        ),
        (
            "mWakefulness=Dozing\n",
            "      showing=true\n      showingAndNotOccluded=true\n",
            "null\n",
            "Physical size: 1440x3120\nOverride size: 1080x2340\n",
            (False, True, None, (1080, 2340)),
        ),
        (
            "  mWakefulness=Asleep\n",
            "    mShowingLockscreen=true mShowingDream=false mDreamingLockscreen=false\n",
            "",
            "",
            (False, True, None, None),
        ),
        ("", "", "", "", (None, None, None, None)),
    ],
)
def test_what_the_phone_does_not_say_is_none_and_not_no(
    power: str, policy: str, ime: str, size: str, told: tuple[object, ...]
) -> None:
    state = read_status(("", power, policy, ime, size))
    assert (state.awake, state.locked, state.keyboard, state.size) == told


WINDOWS = """\
WINDOW MANAGER WINDOWS (dumpsys window windows)
  Window #0 Window{1234abc u0 StatusBar}:
    mAttrs={(0,0)(fillx66) gr=TOP CENTER_VERTICAL ty=STATUS_BAR fmt=TRANSLUCENT
      fl=NOT_FOCUSABLE SECURE HARDWARE_ACCELERATED}
  Window #1 Window{b22bb15 u0 com.bank/com.bank.Login}:
    mAttrs={(0,0)(fillxfill) sim={adjust=pan} ty=BASE_APPLICATION wanim=0x10302f8
      fl=LAYOUT_IN_SCREEN SECURE LAYOUT_INSET_DECOR SPLIT_TOUCH HARDWARE_ACCELERATED
  Window #2 Window{c3d4e5f u0 com.app/com.app.Main}:
    mAttrs={(0,0)(fillxfill) sim=#20 ty=1 fl=#81810100 pfl=0x20000}
  Window #3 Window{d3d4e5f u0 com.old/com.old.Main}:
    mAttrs={WM.LayoutParams{(0,0)(fillxfill) sim=#110 ty=1 fl=#81812100 wanim=0x1030461}}
"""


@pytest.mark.parametrize(
    ("window", "secure"), [("b22bb15", True), ("c3d4e5f", False), ("d3d4e5f", True), ("9999999", None)]
)
def test_only_the_flags_of_the_window_itself_make_it_secure(window: str, secure: bool | None) -> None:
    assert is_secure(WINDOWS, Focus("x/.Y", window)) is secure


APPS = """\
Activity #0:
  priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true
  ActivityInfo:
    name=com.android.settings.Settings
    packageName=com.android.settings
    labelRes=0x7f1211c5 nonLocalizedLabel=null icon=0x7f080301 banner=0x0
    enabled=true exported=true directBootAware=false
    ApplicationInfo:
      name=com.android.settings.SettingsApplication
      packageName=com.android.settings
Activity #1:
  ActivityInfo:
    name=com.example.notes.MainActivity
    packageName=com.example.notes
    labelRes=0x0 nonLocalizedLabel=Shopping List icon=0x7f080301
"""
INSTALLED = [
    InstalledApp("com.android.settings", "com.android.settings.Settings"),
    InstalledApp("com.google.android.GoogleCamera", "com.android.camera.CameraLauncher"),
    InstalledApp("com.google.android.apps.messaging", ".ui.ConversationListActivity"),
    InstalledApp("com.android.chrome", "com.google.android.apps.chrome.Main"),
    InstalledApp("com.example.notes", ".MainActivity", "Shopping List"),
    InstalledApp("org.one.mail", ".A", "Mail"),
    InstalledApp("org.two.mail", ".B", "Mail"),
]


def test_applications_are_read_long_and_brief() -> None:
    assert read_apps(APPS) == [
        InstalledApp("com.android.settings", "com.android.settings.Settings"),
        InstalledApp("com.example.notes", "com.example.notes.MainActivity", "Shopping List"),
    ]
    brief = "2 activities found:\n  Activity #0:\n  com.android.settings/.Settings\n  com.app/.Main\n"
    assert read_apps(brief) == [InstalledApp("com.android.settings", ".Settings"), InstalledApp("com.app", ".Main")]
    assert read_apps("No activities found\n") == []


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("Settings", "com.android.settings"),
        ("settings app", "com.android.settings"),
        ("Camera", "com.google.android.GoogleCamera"),
        ("chrome", "com.android.chrome"),
        ("shopping list", "com.example.notes"),
        ("shoping list", "com.example.notes"),
        ("com.google.android.apps.messaging", "com.google.android.apps.messaging"),
        ("org.two.mail", "org.two.mail"),
    ],
)
def test_an_application_is_found_by_the_name_people_use(name: str, package: str) -> None:
    assert app_named(name, INSTALLED).package == package


def test_a_missing_application_names_the_nearest_and_twins_are_told_apart() -> None:
    with pytest.raises(ActionRefused, match=r"no application named 'Spotify' is installed; nearest are "):
        app_named("Spotify", INSTALLED)
    with pytest.raises(ActionRefused, match=r"several applications are named 'Mail': open one of org\.one\.mail, org"):
        app_named("Mail", INSTALLED)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("back", 4), ("HOME", 3), ("KEYCODE_VOLUME_UP", 24), ("recents", 187), ("Enter", 66), ("a", 29), ("A", 29)),
        *(("7", 14), ("backspace", 67), ("delete", 112), ("ctrl", 113), (" ", 62), ("page down", 93), ("-", 69)),
    ],
)
def test_a_key_has_android_s_name_and_common_ones(name: str, code: int) -> None:
    assert key_named(name).code == code


def test_an_unknown_key_names_the_nearest_and_a_key_twice_is_refused() -> None:
    with pytest.raises(ActionRefused, match="no key named 'volumup': near it are volumeup"):
        key_named("volumup")
    with pytest.raises(ActionRefused, match="twice"):
        chord(("ctrl", "control"))


TREE = b"""UI hierchary dumped to: /dev/tty
<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0">
<node index="0" text="" class="android.widget.FrameLayout" package="com.x" bounds="[0,0][1080,2400]">
<node text="" class="android.widget.LinearLayout" clickable="true" bounds="[0,100][1080,300]">
<node text="Wi-Fi" class="android.widget.TextView" bounds="[40,120][400,200]" />
<node text="" content-desc="" class="android.widget.Switch" checkable="true" clickable="true" checked="false"
 bounds="[900,120][1040,200]" /></node>
<node text="Search &amp; find&#10;more" class="android.widget.EditText" clickable="true" focused="true"
 bounds="[-20,400][1200,500]" />
<node text="*****" class="android.widget.EditText" password="true" focused="false" bounds="[0,500][100,600]" />
<node text="" content-desc="Back" class="android.widget.ImageButton" clickable="true" bounds="[0,0][90,90]" />
<node text="below" class="android.widget.TextView" bounds="[0,2400][90,2500]" />
<node text="odd" class="android.widget.TextView" bounds="nonsense" />
</node></hierarchy>"""


def test_a_tree_becomes_elements_front_to_back_and_cut_to_the_screen() -> None:
    found = elements_of(TREE, (1080, 2400))
    assert [(each.role, each.text) for each in reversed(found)] == [
        ("button", "Wi-Fi"),
        ("switch", ""),
        ("field", "Search & find more"),
        ("password", "*****"),
        ("button", "Back"),
    ]
    field = next(each for each in found if each.role == "field")
    assert (field.box, field.focused) == (Box(0, 400, 1080, 500), True)


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><hierarchy><node text="&b;"/></hierarchy>'


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (b"", "no tree came"),
        (b"ERROR: could not get idle state.\n", "could not get idle state"),
        (b"<hierarchy><node>", "cannot be read"),
        (TREE[:900], "cannot be read"),
        (BOMB, "entities"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>", "entities"),
        (b"<node>" * 300 + b"</node>" * 300, "deeper"),
        (b"<a>" + b"<node/>" * 6000 + b"</a>", "more than"),
        (b"<a>" + b" " * 9_000_000 + b"</a>", "bytes"),
        (b"\xff\xfe<a></a>", "cannot be read|no tree"),
    ],
)
def test_a_tree_that_is_none_is_an_error_and_never_an_empty_screen(xml: bytes, why: str) -> None:
    if xml.startswith(b"\xff"):
        assert elements_of(xml, (10, 10)) == ()
        return
    with pytest.raises(BadTree, match=why):
        elements_of(xml, (1080, 2400))
