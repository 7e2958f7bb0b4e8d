"""The fourth step: the code that proves the address."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from web.design.visit_code import CodeStepMixin
from web.volunteers.start_pages import StartPage


class CodePage(CodeStepMixin, StartPage):
    """Take the code, and sign in with it."""

    step: ClassVar[int] = 4
    email_page: ClassVar[str] = "start-fits"
    code_page: ClassVar[str] = "start-code"
    next_page: ClassVar[str] = "start-you"
    back_label = gettext_lazy("What fits you")
