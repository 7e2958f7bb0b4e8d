"""A person with a keyboard and no mouse."""

import re

from playwright.sync_api import Locator, Page

MAX_TABS = 150

HAS_FOCUS = """wanted => {
  const active = document.activeElement;
  const isOfGroup = active.type === 'radio' && wanted.type === 'radio' && active.name === wanted.name;
  return active === wanted || isOfGroup;
}"""


class Keyboard:
    """Goes from control to control by Tab. What cannot be reached so fails."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, wanted: Locator) -> None:
        for _tab in range(MAX_TABS):
            if wanted.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached by Tab at {self.page.url}")

    def follow(self, link: str) -> None:
        self._leave_by(self.page.get_by_role("link", name=link).first)

    def press(self, button: str) -> None:
        """Press the button with these words; a colon may follow, and what it is about."""
        words = re.compile(f"^{re.escape(button)}( ?:|$)")
        self._leave_by(self.page.get_by_role("button", name=words).first)

    def type(self, label: str, text: str) -> None:
        """Type into a field; in a list, the letters lead to the line that begins with them."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(text)

    def tick(self, box: Locator | str) -> None:
        """Tick a box, or choose one of several."""
        wanted = self.page.get_by_label(box) if isinstance(box, str) else box
        self.reach(wanted)
        for _arrow in range(MAX_TABS):
            if wanted.evaluate("wanted => document.activeElement === wanted"):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")

    def _leave_by(self, control: Locator) -> None:
        self.reach(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
