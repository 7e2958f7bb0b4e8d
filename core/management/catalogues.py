"""Message catalogues: find the messages in the code, merge them into a catalogue, and compile it.

Babel reads, writes and compiles, so that GNU gettext need not be installed. It is a dependency of development: the
compiled catalogues are committed, and a running site reads nothing else.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

FOLDERS = ("config", "core", "campaigns", "volunteers", "matching", "ledger", "web", "demo")
TEMPLATE_ENDINGS = (".html", ".txt")
LINE_LENGTH = 100
HEADER = """\
# Made by `./run manage write_catalogues`, but for the translations: see docs/how-to/add-a-language.md.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""

_ANY_DATE = datetime(2000, 1, 1, tzinfo=UTC)
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


def merge_messages(catalogue: str, collected: CollectedMessages, language: str) -> str:
    """Return the text of a catalogue with the messages of the code, each with its translation of `catalogue`, if any.

    Messages that the code has no longer are left out.
    """
    old = read_catalogue(catalogue, language)
    new = Catalog(locale=language, header_comment="")
    new.mime_headers = [("Plural-Forms", old.plural_forms)]
    for message, files in sorted(collected.files_by_message.items()):
        found = old.get(_make_id(message), message.context or None)
        same = found is not None and _read_id(found.id) == (message.text, message.plural)
        new.add(
            _make_id(message),
            found.string if found and same else None,
            locations=[(file, 0) for file in sorted(files)],
            flags=found.flags if found and same else (),
            user_comments=found.user_comments if found else (),
            context=message.context or None,
        )
    buffer = BytesIO()
    write_po(buffer, new, LINE_LENGTH, omit_header=True, include_lineno=False)
    return HEADER.format(language=language, plural_forms=old.plural_forms) + buffer.getvalue().decode().strip() + "\n"


def read_catalogue(text: str, language: str) -> Catalog:
    """Return a catalogue from its text, which may be empty. Raises PoFileError for a broken one."""
    return read_po(text.splitlines(keepends=True), locale=language, abort_invalid=True)


def compile_catalogue(text: str, language: str) -> bytes:
    """Return a catalogue as a running site reads it: what is translated as a whole, and is not fuzzy."""
    catalogue = read_catalogue(text, language)
    for message, forms, _is_fuzzy in list(list_translations(catalogue)):
        if not all(forms):
            catalogue.delete(_make_id(message), message.context or None)
    # Babel writes the time of compiling. The same catalogue gives the same file.
    catalogue.creation_date = catalogue.revision_date = _ANY_DATE
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def list_translations(catalogue: Catalog) -> Iterator[tuple[Message, tuple[str, ...], bool]]:
    """Yield each message of a catalogue with its translations, one for each plural form, and whether it is fuzzy."""
    for entry in catalogue:
        text, plural = _read_id(entry.id)
        if text:
            forms: Iterable[str] = entry.string if isinstance(entry.string, tuple) else (str(entry.string or ""),)
            yield Message(text, plural, entry.context or ""), tuple(forms), entry.fuzzy


def _make_id(message: Message) -> str | tuple[str, str]:
    return (message.text, message.plural) if message.plural else message.text


def _read_id(identity: str | Iterable[str]) -> tuple[str, str]:
    if isinstance(identity, str):
        return identity, ""
    text, plural = identity
    return text, plural
