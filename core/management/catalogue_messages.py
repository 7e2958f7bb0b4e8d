"""Find the messages in our Python files and templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation.template import templatize

FOLDERS = ("config", "core", "campaigns", "volunteers", "matching", "ledger", "web", "demo")
TEMPLATE_ENDINGS = (".html", ".txt")
_TRANSLATION_MODULE = "django.utils.translation"


class Arguments(NamedTuple):
    """Which arguments of a function are the context, the message and its plural."""

    message: int = 0
    plural: int | None = None
    context: int | None = None


_PLAIN, _PLURAL = Arguments(), Arguments(plural=1)
_CONTEXT, _CONTEXT_PLURAL = Arguments(1, context=0), Arguments(1, plural=2, context=0)
_ARGUMENTS_BY_FUNCTION = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), _PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _CONTEXT_PLURAL),
}
# As Django writes it in place of the tags of a template, which is no Python around it.
_TEMPLATE_CALL = re.compile(
    r" (?:n?p?gettext|_)\((?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")(?:, ?)?)+(?:count)?\) "
)


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A message as the code has it. `plural` and `context` are empty where it has none."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass
class CollectedMessages:
    """The messages of the code, each with the files in which it stands."""

    files_by_message: dict[Message, set[str]] = field(default_factory=dict)

    def add(self, message: Message, file: str) -> None:
        """Add a message of a file; an empty one is the header of a catalogue, and no message."""
        if message.text:
            self.files_by_message.setdefault(message, set()).add(file)


def collect_messages() -> CollectedMessages:
    """Return every message of our Python files and templates."""
    collected = CollectedMessages()
    for path in list_source_files():
        source, name = path.read_text(), path.relative_to(settings.BASE_DIR).as_posix()
        find = find_python_messages if path.suffix == ".py" else find_template_messages
        for message in find(source):
            collected.add(message, name)
    return collected


def list_source_files() -> Iterator[Path]:
    """Yield our Python files and templates, in order."""
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            is_template = path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts
            if path.is_file() and (path.suffix == ".py" or is_template):
                yield path


def find_python_messages(source: str) -> Iterator[Message]:
    """Yield the messages of a Python source: the texts that it gives to a function of gettext, by whatever name."""
    tree = ast.parse(source)
    functions = _ARGUMENTS_BY_FUNCTION | {
        (alias.asname or alias.name): _ARGUMENTS_BY_FUNCTION[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == _TRANSLATION_MODULE
        for alias in node.names
        if alias.name in _ARGUMENTS_BY_FUNCTION
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in functions:
            yield from _read_call(node, functions[node.func.id])
        elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value).endswith("translation"):
            arguments = _ARGUMENTS_BY_FUNCTION.get(node.func.attr)
            yield from _read_call(node, arguments) if arguments else ()


def find_template_messages(source: str) -> Iterator[Message]:
    """Yield the messages of a Django template."""
    for found in _TEMPLATE_CALL.finditer(templatize(source)):
        call = ast.parse(found[0].strip(), mode="eval").body
        assert isinstance(call, ast.Call)
        yield from _read_call(call, _ARGUMENTS_BY_FUNCTION.get(ast.unparse(call.func), _PLAIN))


def _read_call(call: ast.Call, arguments: Arguments) -> Iterator[Message]:
    """Yield the message of a call, unless an argument is no literal text."""
    texts = {}
    for name, index in zip(("text", "plural", "context"), arguments, strict=True):
        if index is None:
            continue
        given = call.args[index] if index < len(call.args) else None
        if not (isinstance(given, ast.Constant) and isinstance(given.value, str)):
            return
        texts[name] = given.value
    yield Message(**texts)
