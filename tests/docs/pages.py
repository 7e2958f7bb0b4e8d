"""The pages of the documentation, and what they claim: links, commands, paths and names."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
PACKAGES = (
    "benchmarks",
    "campaigns",
    "config",
    "core",
    "demo",
    "ledger",
    "local",
    "matching",
    "tests",
    "volunteers",
    "web",
)

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^(?: {4}| {7,})(?![-*] )\S.*$", re.MULTILINE)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CONSTANT_NAME = re.compile(r"[A-Za-z_]\w*(?:[-.:]\w+)*")


def read_prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return FENCE.sub("", page.read_text())


def list_links(page: Path) -> list[str]:
    """Return the addresses of the links that lead to this repository."""
    return [link for link in LINK.findall(read_prose(page)) if not re.match(r"\w+:", link)]


def list_anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    plain = [re.sub(r"[`*]", "", heading).strip().lower() for heading in HEADING.findall(read_prose(page))]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def list_backticked(page: Path) -> list[str]:
    """Return what stands in backticks in a page's prose."""
    return INLINE.findall(read_prose(page))


def list_code_lines(page: Path) -> Iterator[str]:
    """Yield the lines of a page's code blocks, and what stands in backticks."""
    text = page.read_text()
    for _indent, _language, code in FENCE.findall(text):
        yield from map(str.strip, code.splitlines())
    yield from map(str.strip, INDENTED.findall(FENCE.sub("", text)))
    yield from list_backticked(page)


def list_python_blocks(page: Path) -> list[str]:
    """Return the blocks of Python, without their indentation."""
    return [
        "\n".join(line.removeprefix(indent) for line in code.splitlines())
        for indent, language, code in FENCE.findall(page.read_text())
        if language == "python"
    ]


@cache
def list_files() -> frozenset[str]:
    """Return the paths of all files of the project and of their folders, from its root."""
    paths = [
        path.relative_to(ROOT)
        for name in (*PACKAGES, "docs", "docker", ".ci")
        for path in (ROOT / name).rglob("*")
        if "__pycache__" not in path.parts and "node_modules" not in path.parts
    ]
    paths += [path.relative_to(ROOT) for path in ROOT.iterdir() if path.is_file()]
    return frozenset(map(str, [*paths, *(parent for path in paths for parent in path.parents)]))


@cache
def list_names() -> frozenset[str]:
    """Return every name that the code defines or uses, and every text in it that is a name; no docstring."""
    names: set[str] = set()
    for path in list_files():
        if path.endswith(".py") and not path.startswith("tests/docs/"):
            names.update(_names_of(ast.parse((ROOT / path).read_text())))
            names.add(Path(path).stem)
        elif "/templates/" in path and path.endswith((".html", ".txt")):
            names.update(re.findall(r"{% (\w+)", (ROOT / path).read_text()))
    for path in ("run", "docker/compose.yaml", "docker/Dockerfile", "pyproject.toml", "docs/personal-data.csv"):
        names.update(re.findall(r"[\w-]+", (ROOT / path).read_text()))
    return frozenset(names)


def _names_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        for attribute in ("name", "id", "attr", "arg"):
            if isinstance(value := getattr(node, attribute, None), str):
                yield value
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CONSTANT_NAME.fullmatch(node.value):
            yield from (node.value, *re.split(r"[.:]", node.value))
