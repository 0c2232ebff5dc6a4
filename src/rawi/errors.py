"""The exception tree of rawi.

::

    RawiError                what, where, and what would have been right
    ├── InputError           a file or a line that cannot be read (an input fails, the run goes on)
    │   ├── EncodingError    bytes that are no text in any encoding that rawi knows
    │   ├── EmptyInputError  nothing to read
    │   ├── TooLargeError    over a limit of the settings
    │   └── FormatError      not of the form that its name or type promises
    ├── LexiconError         faults in a language table, all of them at once, with file and line
    ├── SettingsError        a setting that does not exist or has a value that it cannot have
    ├── ProjectError         a project folder that is missing, foreign or of another version
    ├── FetchError           an address that may not be or could not be fetched
    └── ExportError          an export that cannot be written or brought back
"""

from __future__ import annotations


class RawiError(Exception):
    """Base of all errors of rawi: ``what`` happened, ``where``, and what was ``expected``.

    >>> str(InputError("no text found", where="a.html", expected="a page with an article"))
    'a.html: no text found (expected: a page with an article)'
    """

    def __init__(self, what: str, *, where: str = "", expected: str = "") -> None:
        self.what = what
        self.where = where
        self.expected = expected
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        right = f" (expected: {self.expected})" if self.expected else ""
        return f"{place}{self.what}{right}"


class InputError(RawiError):
    """An input that cannot be read; the others go on."""


class EncodingError(InputError):
    """Bytes that are no text in any encoding that rawi knows."""


class EmptyInputError(InputError):
    """An input with nothing in it to read."""


class TooLargeError(InputError):
    """An input over a limit of the settings."""


class FormatError(InputError):
    """An input that is not of the form that its name or type promises."""


class LexiconError(RawiError):
    """Faults in a language table: ``faults`` lists each as ``file:line: what``."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class SettingsError(RawiError):
    """A setting that does not exist or has a value that it cannot have."""


class ProjectError(RawiError):
    """A project folder that is missing, foreign or of another version."""


class FetchError(RawiError):
    """An address that may not be or could not be fetched."""


class ExportError(RawiError):
    """An export that cannot be written or brought back."""
