"""Files: kept once under their digest, typed by content, named safely, served harmlessly."""

from __future__ import annotations

import pytest

from haoke.files import rules
from haoke.files.errors import FileMissing
from haoke.files.queries import content_of, path_of
from haoke.files.services import store_file
from haoke.files.views import serve

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


@pytest.mark.django_db
def test_equal_bytes_are_kept_once_and_each_keeps_its_name(settings) -> None:
    first, second = store_file(content=b"same", name="a.txt"), store_file(content=b"same", name="b.txt")
    assert (first.name, second.name, first.sha256) == ("a.txt", "b.txt", second.sha256)
    assert [path for path in (settings.DATA / "files").rglob("*") if path.is_file()] == [path_of(first.sha256)]
    assert content_of(second) == b"same"


@pytest.mark.django_db
def test_a_lost_file_is_said_to_be_lost() -> None:
    stored = store_file(content=b"gone", name="a.txt")
    path_of(stored.sha256).unlink()
    with pytest.raises(FileMissing):
        content_of(stored)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PNG, "invoice.pdf", "image/png"),
        (b"%PDF-1.7", "x.png", "application/pdf"),
        (b"<html><script>", "x.png", "text/plain"),
        ("中文".encode(), "x.html", "text/plain"),
        ("中文".encode("gb18030"), "x.csv", "text/plain"),
        (b"", "empty.bin", "text/plain"),
        (bytes(range(256)), "x.png", "application/octet-stream"),
    ],
)
def test_the_type_is_what_the_bytes_are(content, name, media_type) -> None:
    found = rules.detect_media_type(content, name)
    assert (
        found == media_type
        if media_type in rules.SHOWN_IN_PLACE | {"text/plain"}
        else found not in rules.SHOWN_IN_PLACE
    )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.exe", "x.exe"),
        ("合同\u202egnp.exe", "合同gnp.exe"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ("...", "file"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_names_lead_nowhere(name, safe) -> None:
    assert rules.safe_name(name) == safe


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "is_shown"), [(PNG, True), (b"<svg onload=x()>", False), (b"%PDF-1.7", False)])
def test_only_pictures_are_shown_in_place_and_nothing_runs(content, is_shown) -> None:
    answer = serve(store_file(content=content, name="名 字.html"))
    assert answer["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == ("image/png" if is_shown else "application/octet-stream")
