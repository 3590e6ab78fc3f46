"""A server in a process of its own that says the same after so many seconds, however many ask: for benchmarks.

`python -m tests.doubles.slow_server SECONDS TEXT` prints its URL and serves until it is killed.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.doubles.chat_server import completion


@contextmanager
def slow_server(seconds: float, text: str) -> Iterator[str]:
    """The URL of one."""
    command = [sys.executable, "-m", "tests.doubles.slow_server", str(seconds), text]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


class Server(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True


def serve(seconds: float, text: str) -> None:
    data = json.dumps(completion(text)).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(seconds)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the class above
            pass

    server = Server(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}/v1\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    serve(float(sys.argv[1]), sys.argv[2])
