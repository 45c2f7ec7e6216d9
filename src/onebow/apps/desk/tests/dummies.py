"""Servers that stand in for robots and for the office's mail, on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer


@dataclass
class Heard:
    """What a dummy was told: where, and what."""

    port: int = 0
    calls: list[tuple[str, str]] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def robot(self, token: str) -> str:
        """The address of a robot that answers as its token says: hang, fail, redirect, else well."""
        return f"{self.origin}/cgi-bin/webhook/send?key={token}"


class _Robot(BaseHTTPRequestHandler):
    heard: Heard

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.heard.calls.append((self.path, body))
        if "hanging" in self.path:
            self.heard.release.wait(20)
            return
        status = 500 if "failing" in self.path else 302 if "redirecting" in self.path else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.heard.origin}/elsewhere")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Mail(StreamRequestHandler):
    heard: Heard

    def handle(self) -> None:
        self._say("220 dummy")
        to = ""
        for line in iter(lambda: self.rfile.readline().decode().strip(), ""):
            word = line.upper()
            if word.startswith("RCPT TO:"):
                to = line.partition(":")[2].split()[0]
            if word == "DATA":
                self._say("354 go on")
                self.heard.calls.append((to, "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))))
            self._say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def robots() -> Iterator[Heard]:
    with _serving(ThreadingHTTPServer, _Robot) as heard:
        yield heard


@contextmanager
def mails() -> Iterator[Heard]:
    with _serving(ThreadingTCPServer, _Mail) as heard:
        yield heard


@contextmanager
def _serving(server_of: type[ThreadingTCPServer] | type[ThreadingHTTPServer], handler: type) -> Iterator[Heard]:
    heard = Heard()
    with server_of(("127.0.0.1", 0), type("Handler", (handler,), {"heard": heard})) as server:
        server.daemon_threads = True
        server.block_on_close = False
        heard.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield heard
        finally:
            heard.release.set()
            server.shutdown()
