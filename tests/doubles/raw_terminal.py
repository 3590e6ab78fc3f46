"""Inside a terminal: write every byte typed there to the file named as the argument."""

import os
import sys
import tty
from pathlib import Path

tty.setraw(0)  # before the file says that typing may begin: it discards what was typed until now
with Path(sys.argv[1]).open("wb", buffering=0) as file:
    while typed := os.read(0, 4096):
        file.write(typed)
