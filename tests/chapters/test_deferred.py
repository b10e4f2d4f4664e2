"""What the engine rarely needs is loaded when it is used, whole, by whichever thread is first."""

import subprocess
import sys

import pytest


def _said(code: str) -> str:
    """What a process says that imports the engine as Huikan does and runs `code`."""
    start = "import sys, huikan.render, weasyprint.pdf.fonts as fonts\n"
    return subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("module", ["fontTools.ttLib.tables.otTables", "fontTools.merge", "fontTools.varLib.models"])
def test_the_engine_is_loaded_without_what_rare_faces_need(module: str) -> None:
    assert _said(f"print({module!r} in sys.modules)").strip() == "False"


def test_a_module_is_loaded_when_something_of_it_is_used() -> None:
    assert _said("print(fonts.subset.Options().hinting, type(fonts.subset).__name__)").split() == ["True", "module"]


def test_a_function_taken_by_name_does_what_its_module_does() -> None:
    told = _said(
        "import inspect\n"
        "try: fonts.instantiateVariableFont()\n"
        "except TypeError as error: print(error)\n"
        "from fontTools.varLib.instancer import instantiateVariableFont\n"
        "print(inspect.signature(instantiateVariableFont))"
    )
    error, signature = told.splitlines()
    assert "missing" in error
    assert "axisLimits" in signature


def test_what_a_module_does_not_have_is_missed_as_ever() -> None:
    told = _said("print(hasattr(fonts.subset, 'nothing_of_the_kind'), hasattr(fonts.subset, 'Subsetter'))")
    assert told.split() == ["False", "True"]


def test_threads_that_need_a_module_at_once_all_get_the_whole_of_it() -> None:
    told = _said(
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(8) as threads:\n"
        "    made = list(threads.map(lambda at: fonts.subset.Subsetter(fonts.subset.Options()), range(8)))\n"
        "print(len(made), {type(each).__name__ for each in made})"
    )
    assert told.split() == ["8", "{'Subsetter'}"]
