"""Decides how sentences travel between code and catalogues.

`python -m haoke.config.messages extract|update|compile`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
MAPPING = PACKAGE.parent / "babel.cfg"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collect() -> Catalog:
    """Every sentence of the code and the templates, as an untranslated catalogue."""
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(project="haoke", charset="utf-8")
    found = extract_from_dir(PACKAGE, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for path, line, message, comments, context in found:
        catalogue.add(message, None, [(f"haoke/{path}", line)], auto_comments=comments, context=context)
    return catalogue


def catalogues() -> Iterator[Path]:
    """The catalogue files there are; none before the first translation."""
    yield from sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def extract() -> None:
    """Write the untranslated catalogue for tools that want one; git ignores it."""
    LOCALE.mkdir(exist_ok=True)
    _write(LOCALE / "django.pot", collect())


def update() -> None:
    """Bring every catalogue to the sentences of the code: new ones empty, gone ones dropped, none guessed."""
    wanted = collect()
    for path in catalogues():
        catalogue = _read(path)
        catalogue.update(wanted, no_fuzzy_matching=True)
        # Only of the header: Babel marks a new one as unsure.
        catalogue.fuzzy = False
        _write(path, catalogue)
        missing = sum(1 for message in catalogue if message.id and not all(_forms(message)))
        print(f"{path.relative_to(PACKAGE.parent)}: {len(catalogue)} sentences, {missing} to translate")


def compile_all() -> None:
    """Make the binary catalogues that Django reads."""
    for path in catalogues():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, _read(path))


def _forms(message: Message) -> tuple[str, ...]:
    """The translation in all its grammatical numbers."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def _write(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, ignore_obsolete=True, include_lineno=False)


COMMANDS: dict[str, Callable[[], None]] = {"extract": extract, "update": update, "compile": compile_all}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"Say one of: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    COMMANDS[arguments[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
