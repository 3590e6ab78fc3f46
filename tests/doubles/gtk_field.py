"""A GTK 3 text field on $DISPLAY. For every line on stdin it says what it holds, as JSON, and empties itself.

Through ctypes, so that it needs nothing but libgtk-3.
"""

import ctypes
import json
import sys
from ctypes import c_int, c_void_p

gtk, glib = ctypes.CDLL("libgtk-3.so.0"), ctypes.CDLL("libglib-2.0.so.0")
for library, names in (
    (gtk, ("gtk_window_new", "gtk_text_view_new", "gtk_text_view_get_buffer", "gtk_text_buffer_get_text")),
    (glib, ("g_io_channel_unix_new",)),
):
    for name in names:
        getattr(library, name).restype = c_void_p

if not gtk.gtk_init_check(None, None):
    sys.exit("GTK cannot open the display")
window, view = c_void_p(gtk.gtk_window_new(0)), c_void_p(gtk.gtk_text_view_new())
gtk.gtk_window_set_title(window, b"GTK field")
gtk.gtk_window_set_default_size(window, 400, 200)
gtk.gtk_container_add(window, view)
buffer = c_void_p(gtk.gtk_text_view_get_buffer(view))


def answer(channel: c_void_p, condition: int, nothing: c_void_p) -> int:
    if not sys.stdin.readline():
        gtk.gtk_main_quit()
        return 0
    start, end = ctypes.create_string_buffer(128), ctypes.create_string_buffer(128)  # GtkTextIter: 80 bytes
    gtk.gtk_text_buffer_get_bounds(buffer, start, end)
    held = gtk.gtk_text_buffer_get_text(buffer, start, end, 1)
    print(json.dumps(ctypes.string_at(held).decode()), flush=True)  # noqa: T201 - its answer
    glib.g_free(c_void_p(held))
    gtk.gtk_text_buffer_set_text(buffer, b"", 0)
    return 1


called_back = ctypes.CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(answer)
glib.g_io_add_watch(c_void_p(glib.g_io_channel_unix_new(0)), 1 | 16, called_back, None)
gtk.gtk_widget_show_all(window)
print("ready", flush=True)  # noqa: T201
gtk.gtk_main()
