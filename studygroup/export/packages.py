"""The packages of which a format has need, loaded when it is asked for."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

from studygroup.core.errors import UsageError


def needed(module: str, requirement: str) -> ModuleType:
    """Return a module of an optional package. Raises UsageError, saying how to install it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = requirement.partition(">")[0]
        what = f"this format needs the package {package}, which is not installed"
        hint = f'Install it: {sys.executable} -m pip install "{requirement}"'
        raise UsageError(what, hint=hint) from error
