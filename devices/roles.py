"""The roles of elements: one vocabulary for every device, for what is read from pixels, and for instructions.

A device maps the roles of its own system to these; what fits none is "text" where it has words, else left out.
"""

FIELDS = frozenset({"field", "password"})
"""Takes text; the number of a "spinner" is typed as well."""

TOGGLES = frozenset({"checkbox", "radio", "switch"})
"""Is on or off: `Element.checked`."""

CONTROLS = (
    FIELDS | TOGGLES | {"button", "link", "choice", "spinner", "slider", "tab", "menu", "menuitem", "item", "icon"}
)
"""Does something when it is pressed. A "choice" opens a list to choose from; a "menu" opens menu items; an "item" is
one of a list, a tree or a table's rows; an "icon" is a picture that may do something, often without a name."""

ROLES = CONTROLS | {"window", "heading", "text", "cell", "image", "progress"}
