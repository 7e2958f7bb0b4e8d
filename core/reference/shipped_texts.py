"""The texts of reference data that catalogues translate, by kind. Each app registers its own in `reference_data`."""

from collections.abc import Iterable, Iterator

from core.reference_texts import ReferenceKind, translate_reference
from core.registry import Registry
from core.text_folding import fold_text

_texts = Registry[tuple[ReferenceKind, tuple[str, ...]]]("texts of reference data")


def register_reference_texts(name: str, kind: ReferenceKind, texts: Iterable[str]) -> None:
    """Register the texts of a kind, without empty ones. Raises ValueError when the name is taken."""
    _texts.register(name, (kind, tuple(text for text in texts if text)))


def list_reference_texts() -> list[tuple[ReferenceKind, str]]:
    """Return every text with its kind, each once and in order."""
    return sorted(set(_read_texts()))


def _read_texts() -> Iterator[tuple[ReferenceKind, str]]:
    for kind, texts in _texts.values():
        yield from ((kind, text) for text in texts)


def restore_name(text: str, kind: ReferenceKind) -> str:
    """Return a name that a reader typed as the database has it, if it is a translated one; else as it was typed.

    So “Alcaldía” becomes “Mayor”. Case and accents make no difference.
    """
    names = _map_translated_names(kind)
    return names.get(fold_text(text), text)


def restore_names(text: str, *kinds: ReferenceKind) -> str:
    """Return words that a reader typed, with each translated name in them as the database has it.

    So “alcaldía Oregón” of a Spanish reader finds the mayor's race in Oregon. Case and accents make no difference.
    """
    names = {translated: name for kind in kinds for translated, name in _map_translated_names(kind).items()}
    typed = restored = f" {fold_text(text)} "
    for translated in sorted(names, key=len, reverse=True):
        restored = restored.replace(f" {translated} ", f" {names[translated]} ")
    return text if restored == typed else restored.strip()


def _map_translated_names(kind: ReferenceKind) -> dict[str, str]:
    """Return the names of a kind that the active language has other words for, by these words, folded."""
    names = {name: translate_reference(name, kind) for other, name in _read_texts() if other == kind}
    return {fold_text(translated): name for name, translated in names.items() if translated != name}
