"""Describe the limits of the code: rates, and constants that limit something."""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import time, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from rest_framework.throttling import SimpleRateThrottle

from core.management.markdown_tables import build_table
from core.model_labels import OUR_APPS

LIMIT_NAME = re.compile(r"MAX_|(_LIFETIME|_LEASE|_DELAY|_INTERVAL|_PERIOD|_MAX_AGE|_RETENTION_DAYS|BATCH_ROWS)$")
WITHOUT_LIMITS = {"migrations", "engine", "optimizer"}


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
