"""Sphinx configuration: MyST pages, furo, strict."""

from __future__ import annotations

from rawi.version import __version__

project = "rawi"
author = "The rawi developers"
copyright = "2026, the rawi developers"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.intersphinx"]
myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline", "attrs_block"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"rawi {release}"
html_static_path: list[str] = []
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
intersphinx_mapping: dict[str, tuple[str, None]] = {}
nitpicky = False
