"""Write the modules that list labels and reference data for translators."""

from collections.abc import Iterable

from core.model_labels import list_label_texts
from core.reference.shipped_texts import list_reference_texts

LINE_LENGTH = 120  # as in pyproject.toml


def build_label_texts_module() -> str:
    """Return the module that lists every label for `makemessages`, with as many on a line as it holds."""
    texts = "\n".join(_pack_lines(f"_({_quote(text)})," for text in list_label_texts()))
    return f'''"""Labels of our models, for `makemessages`. Made by `./run manage write_reference`: do not edit."""

from django.utils.translation import gettext_noop as _

# fmt: off
LABEL_TEXTS = (
{texts}
)
'''


def build_reference_texts_module() -> str:
    """Return the module that lists every text of reference data for catalogues, each with its kind as the context."""
    texts = "".join(
        f"    pgettext_lazy({_quote(kind.value)}, {_quote(text)}),\n" for kind, text in list_reference_texts()
    )
    return f'''"""Texts of reference data, for catalogues. Made by `./run manage write_reference`: do not edit."""

from django.utils.translation import pgettext_lazy

# fmt: off
# ruff: noqa: E501
REFERENCE_TEXTS = (
{texts})
'''


def _pack_lines(words: Iterable[str]) -> list[str]:
    lines = ["   "]
    for word in words:
        if len(lines[-1]) + len(word) >= LINE_LENGTH:
            lines.append("   ")
        lines[-1] += f" {word}"
    return lines


def _quote(text: str) -> str:
    # As the formatter writes it: double quotes, unless the text has more of them.
    return repr(text) if '"' in text else f'"{text}"'
