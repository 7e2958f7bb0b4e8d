"""What the documentation claims is there: links and anchors, commands and options, paths, modules and names."""

import ast
import builtins
import re
import shlex
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management import get_commands, load_command_class

from drills.__main__ import DRILLS
from local import __main__ as run_commands
from matching import solve_command
from tests import take_pictures
from tests.docs.pages import (
    PACKAGES,
    PAGES,
    ROOT,
    list_anchors,
    list_backticked,
    list_code_lines,
    list_files,
    list_links,
    list_names,
    list_python_blocks,
    read_prose,
)

COMMAND = re.compile(r"(?:\./run|python manage\.py) ([^`#]*)")
PATH = re.compile(r"\.?[\w-]+(?:[./][\w*-]+)*/?")
FILE = re.compile(r"[\w.-]+\.(?:py|md|csv|toml|yaml|lock|txt|html|ts)")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*(?:\(\))?")
HOME = re.compile(r"`(\w+)`(?: and its kin)? in\s+`([\w/.]+)`")
BENCH = (ROOT / "benchmarks" / "__main__.py").read_text()

# Names that the code has from elsewhere, or only says in a text.
OTHER_NAMES = {
    *("nobody", "mailgun", "NAME", "PGPORT", "LC_ALL", "array_agg", "bit_or", "listMyMatches"),
    *("meta.totp_url", "verify_email"),
    *("production.env", "people.rejected.csv", "people.rejected-2.csv", "mapping.toml", "people.csv"),
}


per_page = pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))


@per_page
def test_links_and_anchors_lead_somewhere(document: Path) -> None:
    lost = []
    for link in list_links(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in list_anchors(target)):
            lost.append(link)
    assert lost == []


@per_page
def test_commands_and_their_options_exist(document: Path) -> None:
    wrong = [
        f"{line}: {complaint}"
        for line in list_code_lines(document)
        for command in COMMAND.findall(line.split("](")[0])
        if (complaint := find_wrong_word(line, shlex.split(command.split("...")[0])))
    ]
    assert wrong == []


def find_wrong_word(line: str, words: list[str]) -> str:
    """Return the word of a command that does not exist; "" when all do. `words` begin after `./run` or `manage.py`."""
    if "manage.py" in line:
        words = ["manage", *words]
    if words and words[0] in run_commands.MANAGEMENT_COMMANDS:
        words = ["manage", run_commands.MANAGEMENT_COMMANDS[words[0]], *words[1:]]
    if not words or words[0] not in ("demo", "serve", "manage", "solve", "bench", "drill", "pictures", "test"):
        return "" if not words or words[0].startswith("-") else words[0]
    command, *rest = words
    options = [word.partition("=")[0] for word in rest if word.startswith("--")]
    paths = [word for word in rest if word.startswith("tests/") and command == "test"]
    if command == "manage":
        if not rest or rest[0] == "COMMAND":
            return ""
        if rest[0] not in get_commands():
            return rest[0]
        parser = load_command_class(get_commands()[rest[0]], rest[0]).create_parser("manage.py", rest[0])
        known = set(parser._option_string_actions)
    elif command == "solve":
        known = set(solve_command._build_parser()._option_string_actions)
    elif command == "pictures":
        known = set(take_pictures.build_parser()._option_string_actions)
    elif command == "bench":
        known = set(re.findall(r'add_argument\("(--[\w-]+)"', BENCH))
        names = [name for word in rest[:1] for name in word.split("|") if word not in ("NAME", "...")]
        if missing := [name for name in names if f'"{name}"' not in BENCH]:
            return missing[0]
    elif command == "drill":
        known = {"--without-guard", "--help"}
        if missing := [name for name in rest if not name.startswith("-") and name not in (*DRILLS, "NAME")]:
            return missing[0]
    elif command == "test":
        known = {"--quick", "--only-pytest", "--coverage", "--thorough"}
    else:
        known = set(run_commands._build_parser(command)._option_string_actions)
    lost = [option for option in options if option not in known]
    return next(iter([*lost, *(path for path in paths if path.rstrip("/") not in list_files())]), "")


@per_page
def test_paths_modules_and_names_in_backticks_exist(document: Path) -> None:
    assert [token for token in list_backticked(document) if not exists(token)] == []


def exists(token: str) -> bool:
    """Whether a path, a file, a module or a name is there; True for anything else in backticks, such as a header."""
    first = re.split(r"[./]", token)[0]
    if token in OTHER_NAMES:
        return True
    if token.startswith(("var/", "locale")):
        return True  # is made when it is needed
    if "/" in token and PATH.fullmatch(token) and (ROOT / first).is_dir() and first:
        return bool(list(ROOT.glob(token.rstrip("/"))))
    if FILE.fullmatch(token):
        return any(path.rpartition("/")[2] == token for path in list_files())
    if not NAME.fullmatch(token):
        return True
    parts = token.removesuffix("()").split(".")
    if len(parts) > 1 and first in PACKAGES:
        return is_model_or_field(parts) or is_module_or_member(parts)
    return all(part in list_names() for part in parts)


def is_model_or_field(parts: list[str]) -> bool:
    """Whether this is a model of an app, as app.Model, or a member of one, as app.Model.member."""
    try:
        model = apps.get_model(parts[0], parts[1])
    except LookupError:
        return False
    for part in parts[2:3]:
        try:
            model._meta.get_field(part)
        except FieldDoesNotExist:
            return hasattr(model, part)
    return True


def is_module_or_member(parts: list[str]) -> bool:
    """Whether this is a module, or a name that is defined in one."""
    for count in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:count])
        found = next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()), None)
        if found is not None or path.is_dir():
            text = found.read_text() if found else ""
            return all(re.search(rf"\b{part}\b", text) for part in parts[count:])
    return False


@per_page
def test_names_are_defined_where_the_page_says(document: Path) -> None:
    lost = []
    for name, path in HOME.findall(read_prose(document)):
        files = [ROOT / path] if path.endswith(".py") else sorted((ROOT / path).rglob("*.py"))
        if (ROOT / path).exists() and not any(re.search(rf"\b{name}\b", file.read_text()) for file in files):
            lost.append(f"{name} in {path}")
    assert lost == []


@per_page
def test_examples_in_python_call_what_exists(document: Path) -> None:
    lost = []
    for block in list_python_blocks(document):
        tree = ast.parse(block)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                words = [called, *(keyword.arg for keyword in node.keywords if keyword.arg)]
                lost += [word for word in words if word not in list_names() and not hasattr(builtins, word)]
    assert lost == []


def test_what_is_not_there_is_noticed() -> None:
    assert not exists("core/nowhere.py")
    assert not exists("campaigns.Nothing")
    assert not exists("matching.Run.nothing")
    assert not exists("matching.lifecycle.nothing")
    assert not exists("NO_SUCH_NAME")
    assert not exists("nowhere.py")
    assert exists("matching.Run.gap")
    assert find_wrong_word("./run manage nothing", ["manage", "nothing"]) == "nothing"
    assert find_wrong_word("./run demo --twice", ["demo", "--twice"]) == "--twice"
    assert find_wrong_word("./run test tests/nowhere", ["test", "tests/nowhere"]) == "tests/nowhere"
