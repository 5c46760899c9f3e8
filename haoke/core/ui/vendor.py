"""Copies the few third-party files our pages need out of node_modules: `python -m haoke.core.ui.vendor`."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

from haoke.core.ui.icons import FILE as ICONS
from haoke.core.ui.icons import USED

ROOT = Path(__file__).resolve().parents[3]
MODULES = ROOT / "node_modules"
TARGET = ICONS.parent

# package → the file pages load from it
SCRIPTS = {"htmx.org": "dist/htmx.min.js"}
ICON_PACKAGE = "lucide-static"
LICENCE_NAMES = ("LICENSE", "LICENSE.md", "LICENSE.txt")


def copy_all() -> list[Path]:
    """Fills the vendor folder anew and returns what was written; run after `npm ci`.

    Raises FileNotFoundError where a package is not installed or an icon does not exist.
    """
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    return [*_copy_scripts(), _collect_icons(), _collect_licences()]


def _copy_scripts() -> list[Path]:
    written = []
    for package, path in SCRIPTS.items():
        source = MODULES / package / path
        target = TARGET / source.name
        target.write_text(_without_source_map(source.read_text(encoding="utf-8")), encoding="utf-8")
        written.append(target)
    return written


def _without_source_map(text: str) -> str:
    """A pointer to a map we do not ship breaks the manifest of static files and asks for a file in vain."""
    return re.sub(r"^\s*(?://|/\*)[#@]\s*sourceMappingURL=.*$", "", text, flags=re.MULTILINE)


def _collect_icons() -> Path:
    """Only the drawings, without their wrapper: `icon()` gives every one the same wrapper."""
    drawings = {name: _drawing(MODULES / ICON_PACKAGE / "icons" / f"{name}.svg") for name in USED}
    ICONS.write_text(json.dumps(drawings, indent=1), encoding="utf-8")
    return ICONS


def _drawing(path: Path) -> str:
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", inner)


def _collect_licences() -> Path:
    """The licences of what we ship travel with it."""
    texts = []
    for package in (*SCRIPTS, ICON_PACKAGE):
        found = next(p for name in LICENCE_NAMES if (p := MODULES / package / name).exists())
        texts.append(f"{package}\n\n{found.read_text(encoding='utf-8')}")
    target = TARGET / "LICENSES.txt"
    target.write_text("\n\n".join(texts), encoding="utf-8")
    return target


def main() -> int:
    try:
        written = copy_all()
    except FileNotFoundError as missing:
        print(f"Not found: {missing.filename}. Run `npm ci` first, or correct the icon's name.", file=sys.stderr)
        return 2
    print(f"Copied {len(written)} front-end files to {TARGET.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
