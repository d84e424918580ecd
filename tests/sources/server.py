"""A publisher on this machine: a real HTTP server whose answers, and faults, a test chooses."""

from __future__ import annotations

import gzip
import hashlib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

TYPE = "application/octet-stream"


@dataclass
class Answer:
    """How the server answers once.

    Attributes:
        content: The whole file.
        status: Its status; of an error only that is sent.
        headers: More headers.
        cut: After how many bytes the connection breaks.
        length: Another Content-Length than the true one.
        delay: Seconds before anything is sent.
        packed: Whether it is sent with gzip.
        labelled: Whether it has an ETag, and conditions are honoured.
    """

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    length: int | None = None
    delay: float = 0
    packed: bool = False
    labelled: bool = False


@dataclass
class Publisher:
    """A running server: its address, what it answers at each path, and what it was asked."""

    address: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str, *answers: Answer | bytes) -> str:
        """Answer so at this path, the last answer again and again; return the address."""
        self.answers[path] = [a if isinstance(a, Answer) else Answer(a) for a in answers]
        return f"{self.address}{path}"

    def requests(self, path: str) -> list[dict[str, str]]:
        """The headers of the requests for a path."""
        return [headers for asked, headers in self.asked if asked.partition("?")[0] == path]


@contextmanager
def running(certificate: Path | None = None) -> Iterator[Publisher]:
    """Yield a publisher on a free port of 127.0.0.1, over TLS where it has a certificate (and key, in one file)."""
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            publisher.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answers = publisher.answers.get(self.path.partition("?")[0], [Answer(status=404)])
            self._send(answers.pop(0) if len(answers) > 1 else answers[0])

        def _send(self, answer: Answer) -> None:
            sleep(answer.delay)
            content = gzip.compress(answer.content, mtime=0) if answer.packed else answer.content
            label = f'"{hashlib.md5(content).hexdigest()}"'
            status = answer.status
            if answer.labelled and self.headers.get("If-None-Match") == label:
                status, content = 304, b""
            self.send_response(status)
            headers = {"Content-Type": TYPE, "Content-Length": str(answer.length or len(content)), **answer.headers}
            headers |= {"ETag": label} if answer.labelled else {}
            headers |= {"Content-Encoding": "gzip"} if answer.packed else {}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content if answer.cut is None else content[: answer.cut])
            if answer.cut is not None or answer.length is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        publisher.address = f"https://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
