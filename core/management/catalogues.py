"""Message catalogues: merge the messages of the code into a catalogue, and compile it.

Babel reads, writes and compiles, so that GNU gettext need not be installed. It is a dependency of development: the
compiled catalogues are committed, and a running site reads nothing else.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from core.management.catalogue_messages import CollectedMessages, Message

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
