"""The design system: every macro is shown, draws any text safely, and pages stay within their weight (S0-67, S0-68)."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from markupsafe import Markup

from haoke.core.ui import icons, vendor

UI = Path(icons.__file__).parent
STYLES = UI.parent / "static" / "haoke"
ALL_STYLES, FIRST_PAINT = 80 * 1024, 30_000


@pytest.fixture(scope="module")
def env():
    return engines["pages"].env


@pytest.fixture(scope="module")
def ui(env):
    return env.globals["ui"]


def macros(ui) -> set[str]:
    return {name for name in dir(ui) if type(getattr(ui, name)).__name__ == "Macro"}


class Letter(forms.Form):
    name = forms.CharField(max_length=10, widget=forms.TextInput({"autocomplete": "name"}), help_text="As on the card.")
    kind = forms.ChoiceField(choices=[("a", "Alpha"), ("b", "Beta")], initial="b")
    tick = forms.BooleanField(required=False)
    day = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))


def test_every_macro_stands_in_the_styleguide(ui):
    shown = "".join(page.read_text(encoding="utf-8") for page in (UI / "templates" / "ui").glob("styleguide*/*.html"))
    shown += (UI / "templates" / "ui" / "styleguide.html").read_text(encoding="utf-8")
    assert {name for name in macros(ui) if f"ui.{name}(" not in shown} == set()


def test_the_bound_field_keeps_what_django_knows_about_it(ui):
    drawn = str(ui.form_field(Letter({"name": "x" * 11, "kind": "a"})["name"]))
    assert 'maxlength="10"' in drawn
    assert 'autocomplete="name"' in drawn
    assert 'aria-describedby="id_name-error id_name-hint"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert " required" in drawn
    assert f'value="{"x" * 11}"' in drawn


def test_unbound_fields_show_their_initial_values(ui):
    form = Letter(initial={"day": date(2026, 2, 3), "tick": True})
    assert '<option value="b" selected>' in str(ui.form_field(form["kind"]))
    assert 'value="2026-02-03"' in str(ui.form_field(form["day"]))
    assert " checked" in str(ui.form_field(form["tick"]))


def test_the_summary_links_every_error_to_its_field(ui):
    summary = str(ui.form_errors(Letter({"kind": "z"})))
    assert 'href="#id_name"' in summary
    assert 'href="#id_kind"' in summary
    assert str(ui.form_errors(Letter({"name": "x", "kind": "a"}))).strip() == ""


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=y>'])
def test_no_text_from_outside_becomes_markup(ui, hostile):
    drawn = [
        ui.button(hostile),
        ui.badge(hostile, title=hostile),
        ui.avatar(hostile),
        ui.field("a", hostile, value=hostile, hint=hostile, error=hostile),
        ui.field("a", "b", kind="textarea", value=hostile),
        ui.field("a", "b", kind="select", choices=[(hostile, hostile)]),
        ui.row(hostile, hostile, subtitle=hostile),
        ui.file_chip(hostile, url=hostile),
        ui.timeline_entry(hostile, hostile, hostile),
        ui.descriptions([(hostile, hostile)]),
        ui.toast(hostile),
    ]
    for each in drawn:
        assert isinstance(each, Markup)
        assert "<script" not in each
        assert "<img" not in each


def test_a_clock_never_fills_beyond_its_track(ui):
    assert 'width="100%"' in str(ui.clock_bar(3.7, "late", "overdue")).replace("100.0", "100")
    assert 'width="0%"' in str(ui.clock_bar(-1, "early")).replace("0.0", "0")


def test_too_few_answers_give_no_proud_number(ui):
    drawn = str(ui.number("Satisfaction", "100%", n=3, interval="44%–100%", too_few=True))
    assert "100%" not in drawn
    assert "n = 3" in drawn


def test_an_icon_carries_its_meaning_or_stays_silent():
    assert 'aria-hidden="true"' in icons.icon("check")
    assert 'aria-label="a &lt; b"' in icons.icon("check", "a < b")
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.icon("no-such-icon")


def test_every_icon_in_use_is_drawn():
    assert all("<script" not in icons.icon(name) and "<" in icons.icon(name) for name in icons.USED)


def test_pointers_to_source_maps_are_cut():
    text = "let a;\n//# sourceMappingURL=a.js.map\n/*# sourceMappingURL=a.css.map */\nlet b;"
    assert vendor._without_source_map(text).split() == ["let", "a;", "let", "b;"]


def test_the_styles_stay_light():
    styles = {path.name: len(path.read_bytes()) for path in STYLES.glob("*.css")}
    assert sum(styles.values()) < ALL_STYLES
    first_paint = sum(styles[f"{name}.css"] for name in ("tokens", "base", "controls", "public", "dark"))
    assert first_paint < FIRST_PAINT - 8_000


def test_nothing_inline_that_the_content_policy_would_refuse():
    for page in (UI / "templates").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=", text), page
