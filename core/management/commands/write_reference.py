"""`./run manage write_reference`: write the reference pages and the lists for translators that follow from the code."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import NOT_PROVIDED, Field
from django.utils import translation

from core.api.input_bounds import list_input_bounds
from core.api.problem_types import PROBLEM_TYPES
from core.management.limits_reference import build_calls_table, build_limits_table, build_rates_table
from core.management.markdown_tables import build_table
from core.management.settings_reference import build_environment_table
from core.management.translator_lists import build_label_texts_module, build_reference_texts_module

SETTINGS_PAGE = Path("docs/reference/settings.md")
API_PAGE = Path("docs/reference/api.md")
LABEL_TEXTS_FILE = Path("core/model_label_texts.py")
REFERENCE_TEXTS_FILE = Path("core/reference_text_list.py")


class Command(BaseCommand):
    """Write every generated file; a test fails when one is stale."""

    help = "Writes the generated parts of docs/reference, and the lists of labels and reference data for translators."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files that differ and name them."""
        for path, text in build_generated_files().items():
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
                self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")


def build_generated_files() -> dict[Path, str]:
    """Return the text that each generated file must have, untranslated whatever language is active."""
    settings_page: Path = settings.BASE_DIR / SETTINGS_PAGE
    api_page: Path = settings.BASE_DIR / API_PAGE
    with translation.override(None):
        blocks = {
            "environment": build_environment_table(),
            "rates": build_rates_table(),
            "limits": build_limits_table(),
            "inputs": build_inputs_table(),
            "policy": build_policy_table(),
        }
        label_texts, reference_texts = build_label_texts_module(), build_reference_texts_module()
    return {
        settings_page: fill_blocks(settings_page.read_text(), blocks),
        api_page: fill_blocks(api_page.read_text(), {"problems": build_problems_table(), "calls": build_calls_table()}),
        settings.BASE_DIR / LABEL_TEXTS_FILE: label_texts,
        settings.BASE_DIR / REFERENCE_TEXTS_FILE: reference_texts,
    }


def fill_blocks(text: str, blocks: dict[str, str]) -> str:
    """Replace what stands between the comments `generated: NAME` and `end: NAME` of a page. Raises ValueError."""
    for name, block in blocks.items():
        begin, end = f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->"
        before, found, rest = text.partition(begin)
        _old, also_found, after = rest.partition(end)
        if not (found and also_found):
            raise ValueError(f"The page has no block {name!r}: put {begin.strip()} and {end} back.")
        text = f"{before}{begin}\n{block}\n{end}{after}"
    return text


def build_problems_table() -> str:
    """Return a row for each code of a problem."""
    rows = [
        [str(problem.status), f"`{code}`", problem.meaning, problem.remedy] for code, problem in PROBLEM_TYPES.items()
    ]
    return build_table(["status", "code", "meaning", "what to do"], rows)


def build_inputs_table() -> str:
    """Return a row for each field of a body or a query that has a bound."""
    rows = [list(bound) for bound in list_input_bounds()]
    return build_table(["body", "field", "bound"], rows)


def build_policy_table() -> str:
    """Return a row for each number of a policy, with its default."""
    fields = [field for field in apps.get_model("matching.Policy")._meta.get_fields() if isinstance(field, Field)]
    rows = [
        [f"`{field.name}`", f"{field.default}", str(field.help_text)]
        for field in fields
        if field.editable and field.default is not NOT_PROVIDED
    ]
    return build_table(["field", "default", "meaning"], rows)
