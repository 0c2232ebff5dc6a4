"""The one public surface: every exported name exists, and the package is quick to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

import rawi


@pytest.mark.parametrize("name", rawi.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(rawi, name)
    assert isinstance(value, str) or value.__doc__


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AttributeError, match="it has Article"):
        rawi.nothing


def test_importing_rawi_loads_no_layer() -> None:
    code = "import sys, rawi; print(sum(m.startswith('rawi.') for m in sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(out.stdout) == 1  # rawi.version alone
