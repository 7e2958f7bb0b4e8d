"""`./run manage write_reference`: write the reference pages and the lists for translators that follow from the code."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import NOT_PROVIDED, Field
from django.utils import translation
from rest_framework.throttling import SimpleRateThrottle

from core.api.input_bounds import list_input_bounds
from core.api.problem_types import PROBLEM_TYPES
from core.model_labels import OUR_APPS, list_label_texts
from core.reference.shipped_texts import list_reference_texts

SETTINGS_FILE = Path("config/settings.py")
SETTINGS_PAGE = Path("docs/reference/settings.md")
API_PAGE = Path("docs/reference/api.md")
LABEL_TEXTS_FILE = Path("core/model_label_texts.py")
REFERENCE_TEXTS_FILE = Path("core/reference_text_list.py")
LINE_LENGTH = 120  # as in pyproject.toml
COMMENT_MARK = "#: "  # begins the comment above a variable, which says what it means
LIMIT_NAME = re.compile(r"MAX_|(_LIFETIME|_LEASE|_DELAY|_INTERVAL|_PERIOD|_MAX_AGE|_RETENTION_DAYS|BATCH_ROWS)$")
WITHOUT_LIMITS = {"migrations", "engine", "optimizer"}


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


def build_table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def build_environment_table() -> str:
    """Return a row for each variable that the settings read. Raises ValueError for one without a meaning."""
    reader = EnvironmentReader((settings.BASE_DIR / SETTINGS_FILE).read_text())
    if missing := reader.names - reader.variables.keys():
        raise ValueError(f"{SETTINGS_FILE} reads {missing}: say above it what it means, after “{COMMENT_MARK}”.")
    rows = [[f"`{name}`", *cells] for name, cells in reader.variables.items()]
    return build_table(["variable", "default in production", "default locally", "meaning"], rows)


class EnvironmentReader:
    """Reads the calls `env.…("NAME", default)` in the source of the settings, with the comment above each."""

    def __init__(self, source: str) -> None:
        self.names: set[str] = set()
        self.variables: dict[str, list[str]] = {}
        self._lines = source.splitlines()
        tree = ast.parse(source)
        self._assigned = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        self._read_statements(tree.body, production=True, local=True)

    def _read_statements(self, statements: list[ast.stmt], *, production: bool, local: bool) -> None:
        for statement in statements:
            if not isinstance(statement, ast.If):
                self._read_calls(statement, statement.lineno, production=production, local=local)
                continue
            self._read_calls(statement.test, statement.lineno, production=production, local=local)
            is_about_production = "PRODUCTION" in {
                node.id for node in ast.walk(statement.test) if isinstance(node, ast.Name)
            }
            inside = local and not is_about_production
            self._read_statements(statement.body, production=production, local=inside)
            is_chain = len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If)
            outside = production and not (is_about_production and not is_chain)
            self._read_statements(statement.orelse, production=outside, local=local)

    def _read_calls(self, node: ast.AST, line: int, *, production: bool, local: bool) -> None:
        for call in ast.walk(node):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func).startswith("env.") and call.args):
                continue
            name = call.args[0]
            if not isinstance(name, ast.Constant):
                continue
            self.names.add(str(name.value))
            meaning = self._find_meaning(line)
            if not meaning:
                continue
            default = call.args[1] if len(call.args) > 1 else None
            defaults = [
                (self.render_default(default, is_production) if default else "none: required") if used else "not read"
                for is_production, used in ((True, production), (False, local))
            ]
            self.variables[str(name.value)] = [*defaults, meaning]

    def _find_meaning(self, line: int) -> str:
        comments: list[str] = []
        while line > 1 and self._lines[line - 2].strip().startswith(COMMENT_MARK):
            line -= 1
            comments.insert(0, self._lines[line - 1].strip().removeprefix(COMMENT_MARK))
        return " ".join(comments)

    def render_default(self, node: ast.expr, is_production: bool) -> str:
        """Return a default as the table shows it."""
        if isinstance(node, ast.IfExp):
            return self.render_default(node.body if is_production else node.orelse, is_production)
        if isinstance(node, ast.Name) and node.id in self._assigned:
            return self.render_default(self._assigned[node.id], is_production)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "str":
            parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            return f"`{'/'.join(map(str, reversed(parts)))}`"
        value = ast.literal_eval(node)
        if isinstance(value, bool):
            return f"`{str(value).lower()}`"
        if isinstance(value, list):
            return ", ".join(f"`{part}`" for part in value) or "empty"
        return f"`{value}`" if value or value == 0 else "empty"


def build_rates_table() -> str:
    """Return a row for each rate limit."""
    rest_framework: dict[str, Any] = settings.REST_FRAMEWORK
    ours: dict[str, str] = rest_framework["DEFAULT_THROTTLE_RATES"]
    theirs: dict[str, str] = settings.ACCOUNT_RATE_LIMITS
    rows = [[f"`{name}`", f"`{rate.replace(',', '`, `')}`", "API"] for name, rate in ours.items()]
    rows += [[f"`{name}`", f"`{rate.replace(',', '`, `')}`", "sign-in"] for name, rate in theirs.items()]
    codes: dict[str, str] = settings.EMAIL_CODE_RATE_LIMITS
    rows += [[f"`{name}`", f"`{rate}`", "mailed codes"] for name, rate in codes.items()]
    guesses = {name: getattr(settings, name) for name in ("EMAIL_CODE_GUESSES", "SIGN_UP_CODE_GUESSES")}
    rows += [[f"`{name}`", f"{count} at one code", "mailed codes"] for name, count in guesses.items()]
    return build_table(["name", "limit", "for"], rows)


def build_calls_table() -> str:
    """Return a row for each rate limit of API calls, with what it limits as the docstring of its class says it."""
    import_module(settings.ROOT_URLCONF)  # imports every throttle
    rates: dict[str, str] = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    meanings = {throttle.scope: inspect.getdoc(throttle) or "" for throttle in _list_throttles(SimpleRateThrottle)}
    rows = []
    for scope, rate in rates.items():
        meaning = meanings[scope].partition("\n")[0].removeprefix("Limit ")
        number, _slash, period = rate.partition("/")
        rows.append([f"`{scope}`", f"{number} {_PERIODS[period]}", meaning[0].upper() + meaning[1:]])
    return build_table(["limit", "calls", "what it counts"], rows)


_PERIODS = {"min": "a minute", "hour": "an hour"}


def _list_throttles(base: type[SimpleRateThrottle]) -> Iterator[type[SimpleRateThrottle]]:
    for each in base.__subclasses__():
        if each.__module__.startswith(OUR_APPS) and "scope" in vars(each):
            yield each
        yield from _list_throttles(each)


def build_limits_table() -> str:
    """Return a row for each constant of our apps that limits something."""
    import_module(settings.ROOT_URLCONF)  # reads the admin in its own order
    rows = [
        [f"`{name}`", describe_value(getattr(import_module(module), name)), f"`{module}`"]
        for name, module in sorted(find_limits())
    ]
    return build_table(["limit", "value", "module"], rows)


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


def find_limits() -> Iterator[tuple[str, str]]:
    """Yield the name and the module of each public constant whose name says that it limits something."""
    for label in OUR_APPS:
        for path in sorted((settings.BASE_DIR / label).rglob("*.py")):
            module = path.relative_to(settings.BASE_DIR).with_suffix("")
            if WITHOUT_LIMITS & set(module.parts):
                continue
            for node in ast.parse(path.read_text()).body:
                names = [ast.unparse(target) for target in node.targets] if isinstance(node, ast.Assign) else []
                limits = [name for name in names if name.isupper() and LIMIT_NAME.search(name) and name[0] != "_"]
                yield from ((name, ".".join(module.parts)) for name in limits)


def describe_value(value: object) -> str:
    """Return a limit as a person writes it."""
    if isinstance(value, timedelta):
        for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
            count = value.total_seconds() / seconds
            if count >= 1 and count.is_integer():
                return f"{int(count):,} {unit}{'s' if count > 1 else ''}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return f"{value:,.0f}"
    return f"`{value}`"


def build_policy_table() -> str:
    """Return a row for each number of a policy, with its default."""
    fields = [field for field in apps.get_model("matching.Policy")._meta.get_fields() if isinstance(field, Field)]
    rows = [
        [f"`{field.name}`", f"{field.default}", str(field.help_text)]
        for field in fields
        if field.editable and field.default is not NOT_PROVIDED
    ]
    return build_table(["field", "default", "meaning"], rows)


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
