"""A program that asks an endpoint, by itself or in a run, until Ctrl-C: it prints when and how that ended.

Usage: asking_program.py URL alone|run
"""

import sys
from time import monotonic

from agent import run_episode
from agent.models.chat import Message, ModelFailed
from agent.models.endpoint.address import read_address
from agent.models.endpoint.client import Endpoint
from agent.vision import VisionPolicy
from devices import Stop, Stopped
from devices.toy import Toy
from tests.test_vision import Bare

if __name__ == "__main__":
    url, way = sys.argv[1:]
    stop = Stop()
    model = Endpoint(read_address(url), "canned", stop=stop)
    with stop.on_ctrl_c():
        if way == "run":
            how = run_episode("sign in", Toy(stop), VisionPolicy(model, Bare()), stop=stop).ending.value
        else:
            try:
                how = model.complete([Message("user", ("Hello?",))]).text
            except (Stopped, ModelFailed) as fault:
                how = type(fault).__name__.lower()
    print(monotonic(), how, flush=True)  # noqa: T201 - it is read by whoever started it
