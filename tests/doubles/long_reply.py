"""A model in this process that is asked without end until Ctrl-C: it says when it begins and when it has stopped."""

import sys
import time
from itertools import count

from agent.models.chat import Message
from agent.models.local.loader import open_local
from devices import Stop, Stopped
from tests.doubles.conversations import picture


def main(folder: str, width: int, height: int) -> int:
    stop = Stop()
    model = open_local(folder, stop=stop, say=lambda line: None)

    def ask_forever() -> None:
        for seed in count():
            model.complete([Message("user", (picture(seed, (width, height)), "Tell me all about it."))], max_tokens=400)

    with stop.on_ctrl_c():
        try:
            say("begun")
            stop.call(ask_forever)
        except Stopped:
            say(f"{time.monotonic()}")
            return 130
    return 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
