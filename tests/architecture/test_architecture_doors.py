"""What import-linter cannot see of the house rules (HOUSE, sections 1, 2 and 6)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

import haoke
from haoke import wiring
from haoke.timeline.facts import REGISTRY

ROOT = Path(haoke.__file__).parent
TIERS = (
    "core",
    "timeline",
    "accounts",
    "policies",
    "files",
    "worklist",
    "customers",
    "channels",
    "ledger",
    "conversations",
    "quality",
    "web_forms",
    "insight",
    "notifications",
    "web",
    "api",
    "demo",
    "wiring",
    "config",
)
DOMAINS = TIERS[TIERS.index("accounts") : TIERS.index("web")]
DOORS = {"services", "queries", "events", "choices", "errors"}
# Shells and the composition root may also name these; files and worklist are rooms lent to every domain above.
SHELL_DOORS = DOORS | {"urls", "api", "jobs", "views"}
LENT = {"accounts": {"open_work"}, "files": {"views"}, "worklist": {"kinds"}}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler", "managers", "handlers"}
ORM_WRITES = {"create", "bulk_create", "update", "bulk_update", "delete", "save", "get_or_create", "update_or_create"}
WRITING_ROOMS = {"services", "models", "migrations"}


def python_files() -> Iterator[Path]:
    return (path for path in sorted(ROOT.rglob("*.py")) if "vendor" not in path.parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every module of ours that the file imports, as dotted names below haoke."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("haoke"):
            base = node.module.removeprefix("haoke").lstrip(".")
            for alias in node.names:
                yield f"{base}.{alias.name}".lstrip(".")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("haoke."):
                    yield alias.name.removeprefix("haoke.")


def test_domains_enter_each_other_by_the_front_door() -> None:
    broken = []
    for path in python_files():
        home = path.relative_to(ROOT).parts[0].removesuffix(".py")
        for target in imports_of(path):
            domain, _dot, rest = target.partition(".")
            # The composition root alone may name any room: it starts the processes.
            if domain not in DOMAINS or home in (domain, "config") or not rest:
                continue
            allowed = DOORS if home in DOMAINS else SHELL_DOORS
            if rest.split(".")[0] not in allowed | LENT.get(domain, set()):
                broken.append(f"{path.relative_to(ROOT)} imports {target}")
    assert not broken, "\n".join(broken)


def test_rules_know_no_framework() -> None:
    """import-linter keeps the clock, the database and the network out; of Django only translation is let in."""
    broken = []
    for path in python_files():
        if "rules" not in path.with_suffix("").parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module if isinstance(node, ast.ImportFrom) else ""
            if module and module.startswith("django") and module != "django.utils.translation":
                broken.append(f"{path.relative_to(ROOT)} imports {module}")
    assert not broken, "\n".join(broken)


def test_imports_are_written_out() -> None:
    """A relative import would pass every check of this page unseen."""
    broken = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not broken, "\n".join(broken)


def test_what_speaks_http_uses_the_doors_of_its_own_domain_too() -> None:
    """HOUSE, section 2: views and the API name `services` and `queries`, not the files behind them."""
    broken = []
    for path in python_files():
        room = (*path.relative_to(ROOT).with_suffix("").parts, "")[1]
        if room not in ("views", "api"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("haoke.") and module.split(".")[2:3] in (["services"], ["queries"], ["rules"]):
                behind = module.split(".")[3:]
                if behind:
                    broken.append(f"{path.relative_to(ROOT)} imports {module}")
    assert not broken, "\n".join(broken)


def test_no_file_is_named_after_nothing() -> None:
    assert [str(path) for path in python_files() if path.stem in FORBIDDEN_NAMES] == []


def test_every_module_says_in_one_sentence_what_it_decides() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        and not (path.parent.name == "migrations" and "Generated by Django" in path.read_text(encoding="utf-8")[:400])
    ]
    assert silent == []


def test_foreign_keys_point_down_and_leave_no_trace_above() -> None:
    broken = []
    for model in apps.get_models():
        if not model.__module__.startswith("haoke."):
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField):
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here == there or there not in TIERS:
                continue
            if TIERS.index(there) >= TIERS.index(here):
                broken.append(f"{model.__name__}.{field.name} points up to {there}")
            if not field.remote_field.hidden:
                broken.append(f'{model.__name__}.{field.name} needs related_name="+"')
    assert not broken, "\n".join(broken)


def test_rows_are_written_by_services_only() -> None:
    broken = []
    for path in python_files():
        rooms = set(path.relative_to(ROOT).with_suffix("").parts[1:2])
        domain = path.relative_to(ROOT).parts[0]
        if rooms & WRITING_ROOMS or domain not in (*DOMAINS, "web", "api", "timeline"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ORM_WRITES and "objects" in ast.unparse(node.func.value):
                broken.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}")
    assert not broken, "\n".join(broken)


def test_no_arrow_of_the_wiring_points_down() -> None:
    """Up, or back into the same house where the first act must hold even if the second fails."""
    for kind, reactions in wiring.REACTIONS.items():
        assert kind in REGISTRY, f"wiring names {kind}, which no domain records"
        source = REGISTRY[kind].__module__.split(".")[1]
        for reaction in reactions:
            target = reaction.__module__.split(".")[1]
            assert TIERS.index(target) >= TIERS.index(source), f"{kind}: {source} -> {target}"


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
