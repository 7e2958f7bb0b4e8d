"""`./run manage write_catalogues`: bring the catalogues up to the messages of the code, and compile them."""

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

LOCALE = Path("locale")


class Command(BaseCommand):
    """Write every catalogue, and what a running site reads of it; a test fails when one is stale."""

    help = "Collects the messages of the code into the catalogues of locale/, and compiles them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a language to begin."""
        parser.add_argument("--begin", metavar="LANGUAGE", help="a language that has no catalogue yet, such as pt-br")

    def handle(self, *args: Any, begin: str | None = None, **options: Any) -> None:
        """Write the files that differ, name them, and say how much is to be translated."""
        if find_spec("babel") is None:
            raise CommandError("Babel is missing. It comes with the tools of development: run ./run test --quick once.")
        from core.management import catalogue_messages, catalogues  # noqa: PLC0415 - a running site has no Babel

        folder: Path = settings.BASE_DIR / LOCALE
        names = {path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/django.po")}
        if begin:
            names.add(to_locale(begin))
        collected = catalogue_messages.collect_messages()
        for name in sorted(names):
            path = folder / name / "LC_MESSAGES" / "django.po"
            old = path.read_text() if path.exists() else ""
            text = catalogues.merge_messages(old, collected, name)
            self._write(path, text.encode())
            self._write(path.with_suffix(".mo"), catalogues.compile_catalogue(text, name))
            entries = list(catalogues.list_translations(catalogues.read_catalogue(text, name)))
            missing = [message for message, forms, fuzzy in entries if fuzzy or not all(forms)]
            self.stdout.write(f"{name}: {len(entries)} messages, {len(missing)} to translate")

    def _write(self, path: Path, content: bytes) -> None:
        if path.exists() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")
