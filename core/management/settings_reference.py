"""Describe the variables of the environment, as the source of the settings reads them."""

import ast
from pathlib import Path

from django.conf import settings

from core.management.markdown_tables import build_table

SETTINGS_FILE = Path("config/settings.py")
COMMENT_MARK = "#: "  # begins the comment above a variable, which says what it means


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
