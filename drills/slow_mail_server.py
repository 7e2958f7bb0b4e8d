"""A mail server that takes every letter, as slowly as a drill wants."""

import socketserver
import threading
import time
from collections import Counter
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from itertools import takewhile
from typing import Self


@dataclass(frozen=True)
class TakenLetter:
    """A letter that has come."""

    to: str
    text: str


class SlowMailServer(AbstractContextManager["SlowMailServer"]):
    """An SMTP server in threads.

    `seconds` is how long it takes for a letter. While it `is_silent` it says nothing to who connects, and while it
    `is_refusing` it sends them away. While it `is_dying` it takes a letter and ends the connection before it says so;
    `deaths` counts these. `received` says when the first letter to an address came, `counts` how many came, and
    `letters` has them all.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.is_silent = self.is_refusing = self.is_dying = False
        self.deaths = 0
        self.letters: list[TakenLetter] = []
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
        if self.is_refusing:
            stream.wfile.write(b"554 not now\r\n")
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
            letter = list(takewhile(bool, iter(stream.rfile.readline, b".\r\n")))
            time.sleep(self.seconds)
            self._take(b"".join(letter))
            if self.is_dying:
                self.deaths += 1
                return
            stream.wfile.write(b"250 taken\r\n")

    def _take(self, raw: bytes) -> None:
        letter = message_from_bytes(raw)
        to = str(letter["To"])
        plain = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
        payload = plain.get_payload(decode=True)
        self.letters.append(TakenLetter(to, payload.decode(errors="replace") if isinstance(payload, bytes) else ""))
        self.received.setdefault(to, time.monotonic())
        self.counts[to] += 1
