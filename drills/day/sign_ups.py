"""A client that signs people up by the codes that they are mailed."""

import re
import threading
from collections.abc import Callable
from itertools import count

from drills.site import Answer, Site

SECONDS_BETWEEN_SIGN_UPS = 11.0  # a network may have six codes sent in a minute
CODE_SENT, TAKEN_ALREADY = 401, 409
SIGN_UP, VERIFY = "/api/v1/auth/app/v1/auth/signup", "/api/v1/auth/app/v1/auth/email/verify"
_CODE = re.compile(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", re.M)


class SignUps:
    """People who sign up. `promised` were told that a code comes, and `proved` that it was the right one."""

    def __init__(self, site: Site, note_answer: Callable[[str, Answer], None]) -> None:
        self.promised: list[str] = []
        self.proved: list[str] = []
        self._site, self._note_answer = site, note_answer
        self._sessions: dict[str, str] = {}

    def run(self, is_over: threading.Event) -> None:
        """Sign people up until it is over."""
        for number in count():
            self._begin(f"drill{number}@example.org")
            if is_over.wait(SECONDS_BETWEEN_SIGN_UPS):
                return
            self.prove_addresses()

    def _begin(self, email: str) -> None:
        answer = self._site.ask("POST", SIGN_UP, email=email, password="a good long one")
        self._note_answer(SIGN_UP, answer)
        if answer.status == CODE_SENT:
            self.promised.append(email)
            meta = answer.json["meta"]
            self._sessions[email] = str(meta["session_token"]) if isinstance(meta, dict) else ""

    def prove_addresses(self) -> None:
        """Send the codes of all letters that have come, each until it is answered."""
        for letter in tuple(self._site.mail.letters):
            code = _CODE.search(letter.text)
            if letter.to not in self._sessions or code is None:
                continue
            answer = self._site.ask("POST", VERIFY, session=self._sessions[letter.to], key=code[1])
            self._note_answer(VERIFY, answer)
            if answer.status == 200:
                self.proved.append(letter.to)
            if answer.status in (200, TAKEN_ALREADY):
                del self._sessions[letter.to]
