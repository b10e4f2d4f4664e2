"""Modules that the engine names when it is imported and uses for rare faces: loaded when they are used.

They take a third of the time in which the engine is loaded. Fonts are subset by HarfBuzz; WOFF faces, variable ones and
a system without HarfBuzz's subset library need them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

_NAMED: dict[str, tuple[str, ...]] = {
    "fontTools.subset": (),
    "fontTools.ttLib.woff2": (),
    "fontTools.varLib": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""The modules, with the functions that are taken out of them by name."""
_loading = RLock()


def defer_rare_modules() -> None:
    """Let what is rarely used, when it is imported from now on, be loaded at its first use."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in _NAMED else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Later(spec.loader, _NAMED[name])
        return spec


class _Later(Loader):
    """Makes modules that load themselves when they are asked for what they do not have yet."""

    def __init__(self, loader: Loader, functions: Sequence[str]) -> None:
        self._loader, self._functions = loader, functions
        self._begun = False

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A module that is empty."""
        return _Unloaded(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Put in what loads the module."""
        for name in self._functions:
            setattr(module, name, self._when_called(module, name))

    def load(self, module: ModuleType) -> None:
        """Load the module in earnest, once; other threads wait for it."""
        with _loading:
            if not self._begun:
                self._begun = True
                try:
                    self._loader.exec_module(module)
                except BaseException:
                    self._begun = False
                    raise
                module.__class__ = ModuleType

    def _when_called(self, module: ModuleType, name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.load(module)
            return getattr(module, name)(*given, **named)

        return call


class _Unloaded(ModuleType):
    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if spec is not None and isinstance(spec.loader, _Later) and not name.startswith("__"):
            spec.loader.load(self)
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None
