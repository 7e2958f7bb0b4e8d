"""Measure the language of the project: names, docstrings, error messages, sentences, and lengths of files.

`python -m tests.docs.language` prints every figure with what it counts. The engine, migrations, tests and benches are
left out.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.docs.lengths import measure_lengths

ROOT = Path(__file__).resolve().parents[2]
IMPORT_LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
PACKAGES = [package for package in IMPORT_LINTER["root_packages"] if package != "benchmarks"]
LEFT_OUT = (ROOT / "matching" / "engine", ROOT / "matching" / "optimizer")
ERROR_MODULES = ("errors.py", "exceptions.py")
VAGUE = re.compile(r"\b(somebody|nobody|everybody|anybody|whoever|whom|anew)\b", re.IGNORECASE)
# Django asks for these names.
FRAMEWORK_NAMES = {"Meta", "Command"}
SHORT_CONSTANT = 8  # letters; a longer name says by itself what it is
HOMES = 3
SHORTEST_SENTENCE = 3  # words; less is a label

CODE_BLOCK = re.compile(r"```.*?```", re.DOTALL)
NOT_PROSE = re.compile(r"^(?:\||#|!\[| {4}).*$|`[^`]*`", re.MULTILINE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n\s*[-*] ")


@dataclass(frozen=True)
class Figure:
    """One measure: its value, and what is counted, worst first or in order."""

    value: float
    offenders: list[str]


@dataclass(frozen=True)
class Module:
    """A parsed file of the project."""

    path: Path
    tree: ast.Module

    def name_line(self, node: ast.AST, words: str) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)} {words}"


def read_modules() -> list[Module]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [Module(path, ast.parse(path.read_text())) for path in [*paths, ROOT / "manage.py"] if is_measured(path)]


def is_measured(path: Path) -> bool:
    return "migrations" not in path.parts and not any(path.is_relative_to(folder) for folder in LEFT_OUT)


def one_word_functions(modules: list[Module]) -> Figure:
    """Share of module-level functions whose name is a single word."""
    functions = [
        (module, node)
        for module in modules
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    offenders = [module.name_line(node, node.name) for module, node in functions if "_" not in node.name.strip("_")]
    return Figure(len(offenders) / len(functions), offenders)


def vague_docstrings(modules: list[Module]) -> Figure:
    """Share of docstrings that speak of somebody, whoever and the like."""
    documented = [
        (module, node, docstring)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and (docstring := ast.get_docstring(node))
    ]
    offenders = [
        module.name_line(node, found[0]) for module, node, docstring in documented if (found := VAGUE.search(docstring))
    ]
    return Figure(len(offenders) / len(documented), offenders)


def names_with_many_homes(modules: list[Module]) -> Figure:
    """Number of class names and short constants that three modules or more define."""
    homes: dict[str, set[Path]] = defaultdict(set)
    for module in modules:
        for node in module.tree.body:
            for name in defined_names(node):
                homes[name].add(module.path)
    many = sorted(name for name, paths in homes.items() if len(paths) >= HOMES and name not in FRAMEWORK_NAMES)
    return Figure(
        len(many),
        [f"{name}: {', '.join(sorted(str(path.relative_to(ROOT)) for path in homes[name]))}" for name in many],
    )


def defined_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        if isinstance(target, ast.Name) and target.id.isupper() and len(target.id) <= SHORT_CONSTANT:
            yield target.id


def errors_past_gettext(modules: list[Module]) -> Figure:
    """Number of our errors that are raised with a literal message instead of a translated one."""
    ours = {
        node.name
        for module in modules
        if module.path.name in ERROR_MODULES
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    offenders = [
        module.name_line(node, ast.unparse(node.exc.args[0]))
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and ast.unparse(node.exc.func).rpartition(".")[2] in ours
        and node.exc.args
        and is_literal_text(node.exc.args[0])
    ]
    return Figure(len(offenders), offenders)


def is_literal_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def words_per_sentence() -> Figure:
    """Mean length of the sentences in README.md, CONTRIBUTING.md and docs."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    lengths = {page: [len(sentence.split()) for sentence in sentences(page.read_text())] for page in pages}
    everything = [length for page in pages for length in lengths[page]]
    means = sorted(((sum(found) / len(found), page) for page, found in lengths.items() if found), reverse=True)
    return Figure(
        sum(everything) / len(everything), [f"{page.relative_to(ROOT)}: {mean:.1f} words" for mean, page in means]
    )


def sentences(text: str) -> list[str]:
    prose = NOT_PROSE.sub(" ", CODE_BLOCK.sub(" ", text))
    return [part for part in SENTENCE_END.split(prose) if len(part.split()) >= SHORTEST_SENTENCE]


def measure_language() -> dict[str, Figure]:
    modules = read_modules()
    return {
        "one-word functions": one_word_functions(modules),
        "vague docstrings": vague_docstrings(modules),
        "names with three homes": names_with_many_homes(modules),
        "errors past gettext": errors_past_gettext(modules),
        "words per sentence": words_per_sentence(),
        **{title: Figure(*measured) for title, measured in measure_lengths().items()},
    }


if __name__ == "__main__":
    for title, figure in measure_language().items():
        print(f"{title}: {figure.value:.3g}", *figure.offenders, sep="\n  ")
