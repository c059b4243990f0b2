"""Stand-ins for packages that are not installed, so that the tests run with Python alone."""

import importlib.util
import pathlib
import sys
import types


class BaseModel:
    """Keeps its fields, as the real one does."""

    def __init__(self, **fields):
        self.__dict__.update(fields)


class CancelationException(BaseException):
    """What Cog raises in a prediction that is cancelled."""


def same(function):
    """A decorator that changes nothing."""
    return function


def fake_cog() -> None:
    """Puts a stand-in for `cog` in place, unless the real one is there."""
    if importlib.util.find_spec("cog") is not None:
        return
    cog = types.ModuleType("cog")
    runner = type("BaseRunner", (), {"record_metric": lambda *_, **__: None})
    cog.BaseRunner = cog.BasePredictor = runner
    cog.BaseModel = BaseModel
    cog.Path = pathlib.Path
    cog.Input = lambda default=None, **_: default
    cog.ConcatenateIterator = cog.AsyncConcatenateIterator = list
    cog.CancelationException = CancelationException
    cog.streaming = same
    cog.concurrent = lambda **_: same
    sys.modules["cog"] = cog


def fake(name: str, **members) -> types.ModuleType:
    """Puts a module of this name in place, and its parents, with these members."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        path = ".".join(parts[:end])
        module = sys.modules.setdefault(path, types.ModuleType(path))
        if end > 1:
            setattr(sys.modules[".".join(parts[: end - 1])], parts[end - 1], module)
    module = sys.modules[name]
    module.__dict__.update(members)
    return module
