"""A small SMTP server in a thread, which can be as bad as real ones are."""

import socketserver
import threading
import time
from contextlib import suppress
from email import message_from_bytes
from email.message import Message

DRIP_SECONDS = 0.02
LETTERS_UNTIL_TIRED = 2


class MailServer:
    """Takes letters, unless it is told to misbehave.

    `mood` is what it does with a connection: "well" takes every letter; "refuse" says that it is shut; "hang" says
    nothing at all until it is closed; "die" breaks off after it has taken a letter and before it says so; "reject"
    wants no letter to the addresses in `unknown` and takes the others; "drip" answers the first command a byte at a
    time, for ever; "tire" ends a connection after its second letter. `received` holds all that it took.
    """

    def __init__(self, mood: str = "well", unknown: frozenset[str] = frozenset()) -> None:
        self.behavior, self.rejected_addresses = mood, unknown
        self.received: list[Message] = []
        self.connection_count = 0
        outer = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer.connection_count += 1
                outer._converse(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *why: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _converse(self, stream: socketserver.StreamRequestHandler) -> None:
        if self.behavior == "hang":
            stream.rfile.readline()  # until the other side gives up
            return
        if self.behavior == "refuse":
            stream.wfile.write(b"554 shut\r\n")
            return
        stream.wfile.write(b"220 here\r\n")
        letters = 0
        while line := stream.rfile.readline():
            verb = line[:4].upper()
            if self.behavior == "drip":
                self._drip(stream)
                return
            if self.behavior == "tire" and verb == b"MAIL" and letters == LETTERS_UNTIL_TIRED:
                return
            if verb == b"QUIT":
                stream.wfile.write(b"221 bye\r\n")
                return
            if verb == b"RCPT" and any(one.encode() in line for one in self.rejected_addresses):
                stream.wfile.write(b"550 nobody\r\n")
            elif verb == b"DATA":
                stream.wfile.write(b"354 go on\r\n")
                lines = iter(stream.rfile.readline, b".\r\n")
                self.received.append(message_from_bytes(b"".join(lines)))
                if self.behavior == "die":
                    return
                stream.wfile.write(b"250 taken\r\n")
                letters += 1
            else:
                stream.wfile.write(b"250 fine\r\n")

    @staticmethod
    def _drip(stream: socketserver.StreamRequestHandler) -> None:
        with suppress(OSError):  # the other side has hung up
            while True:
                stream.wfile.write(b"2")
                stream.wfile.flush()
                time.sleep(DRIP_SECONDS)
