"""What people call things on a phone, how phones label them, and where phones usually keep them."""

SAME = (
    ("dark theme", "dark mode", "night mode", "night theme", "dark"),
    ("airplane mode", "aeroplane mode", "flight mode", "plane mode"),
    ("wi-fi", "wifi", "wlan", "wireless", "wireless network", "wi-fi network"),
    ("do not disturb", "dnd", "don't disturb", "quiet mode"),
    ("battery saver", "power saver", "power saving", "power saving mode", "battery saving mode", "battery saving"),
    ("location", "gps", "location services", "location access"),
    ("font size", "text size", "letter size", "size of the text", "size of the font"),
    ("auto-rotate", "auto rotate", "autorotate", "auto rotation", "automatic rotation", "screen rotation", "rotation",
     "rotate automatically"),
    ("screen timeout", "screen time out", "display timeout", "sleep", "screen off time", "sleep timeout"),
    ("mobile data", "cellular data", "cellular", "data connection"),
    ("roaming", "data roaming"),
    ("24-hour format", "24-hour clock", "24 hour time", "24-hour time", "24h format"),
    ("device name", "phone name", "name of the phone", "name of the device", "phone's name"),
    ("color inversion", "colour inversion", "inverted colors", "inverted colours", "invert colors", "invert colours"),
    ("adaptive brightness", "automatic brightness", "auto brightness", "auto-brightness"),
    ("brightness", "screen brightness", "brightness level", "display brightness"),
    ("media volume", "music volume", "sound volume", "volume"),
    ("ring volume", "ringtone volume", "ringer volume", "ringer"),
    ("set time automatically", "automatic time", "automatic date and time", "network time"),
    ("hotspot", "tethering"),
    ("navigate up", "back arrow", "up arrow", "arrow back", "back button", "back icon"),
    ("more options", "overflow menu", "three dots", "menu button", "three-dot menu", "menu"),
    ("delete", "trash", "bin", "trash can", "remove", "discard"),
    ("edit", "pencil", "modify"),
    ("send", "send message", "paper plane", "send arrow"),
    ("phone", "phone number", "mobile", "mobile number", "telephone", "telephone number", "number", "cell"),
    ("email", "e-mail", "email address", "mail address", "mail"),
    ("last name", "surname", "family name"),
    ("first name", "given name", "forename"),
    ("body", "note", "text", "content", "contents", "message", "description", "text message"),
    ("title", "heading", "subject"),
    ("to", "recipient", "receiver"),
    ("label", "name"),
    ("serial number", "serial"),
    ("ip address", "ip"),
    ("mac address", "wi-fi mac address", "mac"),
    ("android version", "version of android", "os version"),
)  # fmt: skip
"""Each row means one thing."""

KEPT_IN = (
    ("rotate brightness theme font timeout wallpaper sleep", "display"),
    ("inversion magnify talkback captions", "accessibility"),
    ("ip mac serial model version build kernel device name number imei", "about"),
    ("wifi hotspot roaming data sim vpn airplane mobile", "network"),
    ("time date zone hour 24", "date"),
    ("keyboard language spelling input", "languages"),
    ("volume ring vibrate tone touch haptic sound media alarm", "sound"),
    ("percentage saver battery", "battery"),
    ("disturb notification", "notifications"),
    ("gps location", "location"),
    ("lock pin password fingerprint encryption", "security"),
    ("awake usb debugging developer", "developer"),
)
"""Words, and the word in the name of the settings page where phones usually keep what they speak of."""

APPS = {
    "contact": ("Contacts", "People", "Phone"),
    "note": ("Notes", "Keep Notes", "Notepad"),
    "alarm": ("Clock", "Alarms"),
    "timer": ("Clock",),
    "stopwatch": ("Clock",),
    "message": ("Messages", "Messaging", "SMS"),
    "event": ("Calendar",),
    "email": ("Gmail", "Email", "Mail"),
    "task": ("Tasks", "Reminders", "To Do"),
    "file": ("Files", "My Files", "File Manager"),
}
"""In which applications, by their usual names, things of a kind are kept."""

KINDS = {
    "contact": "contact", "person": "contact", "note": "note", "memo": "note", "alarm": "alarm",
    "alarm clock": "alarm", "message": "message", "text": "message", "text message": "message", "sms": "message",
    "conversation": "message", "chat": "message", "thread": "message", "event": "event", "appointment": "event",
    "email": "email", "mail": "email", "task": "task", "reminder": "task", "to-do": "task", "file": "file",
    "document": "file",
}  # fmt: skip
"""What people call things of a kind."""

WORDS_OF = {"message": ("message", "chat", "conversation", "text"), "event": ("event", "appointment")}
"""How an application calls things of a kind; by default as the kind is called here."""

SETTINGS = ("Settings",)

EMPTY_WORDS = frozenset({
    "the", "a", "an", "my", "your", "its", "his", "her", "their", "this", "that", "of", "on", "in", "for", "to", "is",
    "are", "has", "have", "does", "running", "phone", "phone's", "device", "device's", "setting", "settings", "option",
    "options", "feature", "function", "switch", "toggle", "mode", "page", "screen", "menu", "button", "alarm",
    "alarms", "one", "at", "when", "somebody", "someone", "anybody", "anyone", "i", "me", "it", "be", "and",
})  # fmt: skip
"""Words that a label need not have."""

ASKING_WORDS = EMPTY_WORDS | frozenset({
    "what", "what's", "which", "who", "who's", "whose", "when", "where", "how", "much", "many", "long", "far", "high",
    "old", "big", "often", "was", "were", "do", "did", "will", "would", "can", "could", "shall", "should", "been",
    "being", "had", "having", "i", "me", "we", "us", "you", "he", "she", "it", "they", "there", "here", "these",
    "those", "and", "or", "at", "by", "from", "up", "out", "get", "gets", "got", "tell", "show", "say", "says", "know",
    "find", "set", "current", "currently", "now", "right", "selected", "installed", "take", "takes", "took", "please",
    "app", "about", "with", "any", "all", "s", "if", "as", "so", "am", "no", "not", "go", "use", "used", "uses",
    "using", "turned",
})  # fmt: skip
"""Words of questions that their answers need not have."""

ANSWERED_IN = (
    ("browser|web ?page|website|article|internet|online", ("Browser",)),
    ("notes?\\b|memo", ("Notes",)),
    ("messages?\\b|texts?\\b|sms|chats?\\b|conversation", ("Messages",)),
    ("alarms?\\b", ("Clock",)),
    ("files?\\b|documents?\\b|download", ("Files",)),
    ("bank|balance|account|transfers?\\b|bookings?\\b", ("Bank",)),
    (
        "phone|device|android|settings?|wi-?fi|wlan|bluetooth|network|battery|storage|memory|gb\\b|display|screen|"
        "font|volume|brightness|version|model|serial|build|"
        "kernel|ip\\b|mac\\b|"
        "language|time ?zone|keyboard|encrypt|lock|"
        "sim\\b",
        ("Settings",),
    ),
)
"""Words of questions, and the applications that answer them."""

ELSEWHERE = ("Messages", "Notes", "Settings", "Browser")
"""Where the answers are to what names no place."""
