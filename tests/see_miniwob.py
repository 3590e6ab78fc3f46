"""Look at a MiniWoB++ task: `python -m tests.see_miniwob TASK SEED out.png` prints its words and keeps its picture."""

import sys
from pathlib import Path

from devices import Stop
from devices.settled import Settled
from tasks.suites.miniwob import SUITE

if __name__ == "__main__":
    task, seed, file = sys.argv[1:]
    stop = Stop()
    environment = SUITE.open(stop)
    try:
        stage = environment.reset(task, int(seed))
        sys.stdout.write(f"{stage.goal}\n{dict(stage.about)}\n")
        Path(file).write_bytes(Settled(stage.device, stop).observe().png)
    finally:
        environment.close()
