"""Return when a window manager has announced itself on the X display named as the argument."""

import os
import select
import sys

from Xlib import X
from Xlib.display import Display

os.environ.setdefault("XAUTHORITY", os.devnull)
display = Display(sys.argv[1])
root = display.screen().root
root.change_attributes(event_mask=X.PropertyChangeMask)
announced = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
while root.get_full_property(announced, X.AnyPropertyType) is None:
    select.select([display], [], [], 0.1)
    while display.pending_events():
        display.next_event()
