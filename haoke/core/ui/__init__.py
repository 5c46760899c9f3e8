"""How pages look: layout, components, words for time and numbers."""

from haoke.core.ui.jinja import render, wanted_part

__all__ = ["render", "wanted_part"]
