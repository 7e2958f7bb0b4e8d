"""A mail server that takes every letter, as slowly as a drill wants."""

import socketserver
import threading
import time
from collections import Counter
from contextlib import AbstractContextManager, suppress
from email import message_from_bytes
from typing import Self


class SlowMailServer(AbstractContextManager["SlowMailServer"]):
    """An SMTP server in threads.

    `seconds` is how long it takes for a letter, and while it `is_silent` it says nothing to who connects. `received`
    says when the first letter to an address came, and `counts` how many came.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.is_silent = False
        self.received: dict[str, float] = {}
        self.counts: Counter[str] = Counter()
        outer = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):  # the other side may go at any time
                    outer._converse(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *why: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _converse(self, stream: socketserver.StreamRequestHandler) -> None:
        if self.is_silent:
            stream.rfile.readline()  # until the other side gives up
            return
        stream.wfile.write(b"220 slow\r\n")
        while line := stream.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                stream.wfile.write(b"221 bye\r\n")
                return
            if verb != b"DATA":
                stream.wfile.write(b"250 fine\r\n")
                continue
            stream.wfile.write(b"354 go on\r\n")
            letter = message_from_bytes(b"".join(iter(stream.rfile.readline, b".\r\n")))
            time.sleep(self.seconds)
            self.received.setdefault(str(letter["To"]), time.monotonic())
            self.counts[str(letter["To"])] += 1
            stream.wfile.write(b"250 taken\r\n")
