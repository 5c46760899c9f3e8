"""How pages look: layout, components, words for time and numbers."""

from haoke.core.ui.jinja import render

__all__ = ["render"]
