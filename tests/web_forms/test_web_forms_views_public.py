"""The page customers write by: seen, filled in, sent, and looked at by robots."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from haoke.timeline.models import Entry
from haoke.web_forms import services
from haoke.web_forms.models import Submission
from haoke.web_forms.services.submitting import FROM_ONE_PLACE
from tests.web_forms.conftest import TEXT

PAGE = "/f/contact"


def visitor(**given) -> Client:
    """As strict as a browser: the check against forged forms is on."""
    return Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"}, **given)


def slip_on(page: str) -> str:
    return re.search(r'name="slip" value="([^"]+)"', page).group(1)


def filled(slip: str, **changes):
    return {
        "slip": slip,
        "name": "王小明",
        "mail": "wang@customer.example",
        "phone": "",
        "subject": "滤芯",
        "text": TEXT,
        "website": "",
        **changes,
    }


def open_page(client: Client, frozen, *, seconds: float = 20) -> str:
    page = client.get(PAGE).content.decode()
    frozen.shift(timedelta(seconds=seconds))
    return slip_on(page)


def test_looking_records_nothing(web_form, client) -> None:
    """RULINGS: mail scanners and preview robots open links."""
    before = Entry.objects.count()
    for _look in range(3):
        assert client.get(PAGE).status_code == 200
    assert client.head(PAGE).status_code == 200
    assert not Submission.objects.exists()
    assert Entry.objects.count() == before


def test_it_speaks_the_visitors_language_or_what_the_link_asks(web_form) -> None:
    assert "联系我们" in Client(headers={"Accept-Language": "zh-CN"}).get(PAGE).content.decode()
    assert "We answer every day." in visitor().get(PAGE).content.decode()
    chinese = visitor().get(f"{PAGE}?lang=zh-hans")
    assert '<html lang="zh-Hans"' in chinese.content.decode()
    # The words above the form exist in English alone.
    assert "We answer every day." in chinese.content.decode()


def test_sending_leads_to_thanks_with_the_reference_once_it_is_known(web_form, frozen, run_jobs) -> None:
    client = visitor()
    response = client.post(PAGE, filled(open_page(client, frozen)))
    thanks = response["Location"]
    assert response.status_code == 302
    before = client.get(thanks).content.decode()
    assert "See you soon." in before
    assert "a mail with its reference" in before

    run_jobs()
    after = client.get(thanks).content.decode()
    assert re.search(r"HK-\d+", after)


def test_the_receipt_cannot_be_guessed_nor_changed(web_form, client) -> None:
    for receipt in ("x", "1", "a:b:c", "%00"):
        assert client.get(f"{PAGE}/thanks/{receipt}").status_code == 404


def test_sent_twice_is_kept_once_and_thanked_twice(web_form, frozen) -> None:
    client = visitor()
    slip = open_page(client, frozen)
    first, second = client.post(PAGE, filled(slip)), client.post(PAGE, filled(slip))
    assert first["Location"].split("?")[0].count("/thanks/") == 1
    assert second.status_code == 302
    assert Submission.objects.count() == 1


def test_after_the_way_back_other_words_are_asked_about(web_form, frozen) -> None:
    client = visitor()
    slip = open_page(client, frozen)
    client.post(PAGE, filled(slip))
    again = client.post(PAGE, filled(slip, text="I forgot to say something important."))
    page = again.content.decode()
    assert again.status_code == 422
    assert "sent before, with other words" in page
    assert "I forgot to say" in page
    assert slip_on(page) != slip

    frozen.shift(timedelta(seconds=5))
    client.post(PAGE, filled(slip_on(page), text="I forgot to say something important."))
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(("seconds", "is_same_slip"), [(1, True), (90_000, False)])
def test_too_fast_or_too_late_is_asked_once_more_with_everything_typed(web_form, frozen, seconds, is_same_slip) -> None:
    client = visitor()
    slip = open_page(client, frozen, seconds=seconds)
    response = client.post(PAGE, filled(slip))
    page = response.content.decode()
    assert response.status_code == 422
    assert TEXT in page
    assert (slip_on(page) == slip) is is_same_slip
    assert not Submission.objects.exists()

    frozen.shift(timedelta(seconds=4))
    assert client.post(PAGE, filled(slip_on(page))).status_code == 302


@pytest.mark.parametrize("slip", ["", "forged", "a:b:c"])
def test_without_our_slip_one_is_asked_once_more(web_form, slip) -> None:
    response = visitor().post(PAGE, filled(slip))
    assert response.status_code == 422
    assert slip_on(response.content.decode())
    assert not Submission.objects.exists()


def test_a_slip_of_another_form_is_none(web_form, values, system, frozen) -> None:
    services.create_form(**{**values, "key": "other"}, by=system)
    client = visitor()
    slip = slip_on(client.get("/f/other").content.decode())
    frozen.shift(timedelta(seconds=20))
    assert client.post(PAGE, filled(slip)).status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"mail": "nobody"}, "mail"),
        ({"mail": "a@b\r\nBcc: x@y.example"}, "mail"),
        ({"text": ""}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"subject": ""}, "subject"),
        ({"name": "a\x00b"}, "name"),
    ],
)
def test_what_is_missing_is_said_at_its_field(web_form, frozen, changes, field) -> None:
    client = visitor()
    response = client.post(PAGE, filled(open_page(client, frozen), **changes))
    assert response.status_code == 422
    assert f'id="id_{field}-error"' in response.content.decode()
    assert not Submission.objects.exists()


def test_a_robot_is_thanked_like_everybody_and_waits(web_form, frozen) -> None:
    client = visitor()
    response = client.post(PAGE, filled(open_page(client, frozen), website="https://robot.example"))
    page = client.get(response["Location"]).content.decode()
    assert "Thank you" in page
    assert "quarantine" not in page
    assert Submission.objects.get().causes == ["trap"]


def test_a_flood_of_posts_ends_in_waiting(web_form, frozen) -> None:
    client = visitor(REMOTE_ADDR="203.0.113.5")
    for number in range(FROM_ONE_PLACE[1]):
        client.post(
            PAGE,
            filled(
                open_page(client, frozen, seconds=4), text=f"第{'甲乙丙丁戊己庚辛壬癸'[number % 10] * (number + 1)}问"
            ),
        )
    response = client.post(PAGE, filled(open_page(client, frozen, seconds=4)))
    assert response.status_code == 429
    assert Submission.objects.filter(state="stored").count() == FROM_ONE_PLACE[0]


def test_files_are_taken_or_named(web_form, values, system, frozen) -> None:
    client = visitor()
    photo = SimpleUploadedFile("照片.jpg", b"\xff\xd8\xff", "image/jpeg")
    client.post(PAGE, filled(open_page(client, frozen), attachments=photo))
    assert Submission.objects.get().files.get().file.name == "照片.jpg"

    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    response = client.post(PAGE, filled(open_page(client, frozen), text="other words", attachments=many))
    assert response.status_code == 422
    assert "choose your files once more" in response.content.decode()

    services.change_form(
        form_id=web_form.pk, version=1, **{**values, "takes_files": False, "asks_phone": False}, by=system
    )
    page = client.get(PAGE).content.decode()
    assert 'type="file"' not in page
    assert 'name="phone"' not in page


def test_only_its_own_sites_show_it_inside_their_pages(web_form, values, system, client) -> None:
    alone = client.get(PAGE)
    assert alone["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in alone["Content-Security-Policy"]

    sites = "https://www.example.com\nhttps://shop.example.com"
    services.change_form(form_id=web_form.pk, version=1, **{**values, "sites": sites}, by=system)
    framed = client.get(PAGE)
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors https://shop.example.com https://www.example.com" in framed["Content-Security-Policy"]
    assert "'none'" not in re.search(r"frame-ancestors[^;]*", framed["Content-Security-Policy"]).group()
    assert "script-src 'self'" in framed["Content-Security-Policy"]
    for address in ("/sign-in", "/f/other"):
        assert client.get(address)["X-Frame-Options"] == "DENY"


def test_from_another_sites_page_it_is_sent_without_cookies(web_form, frozen) -> None:
    """A browser brings none of ours into a frame on another site, and names that site as the origin."""
    slip = slip_on(visitor().get(PAGE).content.decode())
    frozen.shift(timedelta(seconds=20))
    response = visitor().post(PAGE, filled(slip), headers={"Origin": "https://www.example.com"})
    assert response.status_code == 302


def test_a_form_that_is_not_there_says_where_else_to_write(web_form, values, system) -> None:
    client = visitor()
    assert client.get("/f/unknown").status_code == 404
    services.change_form(form_id=web_form.pk, version=1, **{**values, "is_active": False}, by=system)
    response = client.get(PAGE)
    assert response.status_code == 404
    assert "by mail" in response.content.decode()


def test_whoever_sets_it_up_sees_it_before_visitors_do(web_form, values, system, client_of, admin) -> None:
    services.change_form(form_id=web_form.pk, version=1, **{**values, "is_active": False}, by=system)
    assert "switched off" in client_of(admin).get(PAGE).content.decode()


def test_the_first_paint_is_light(web_form, client) -> None:
    """LOOK: under 30 kB, scripts none."""
    from pathlib import Path

    import haoke

    page = client.get(PAGE).content.decode()
    assert "<script" not in page
    root = Path(haoke.__file__).parent
    sheets = re.findall(r'href="/static/([^"]+\.css)"', page)
    weight = len(page.encode()) + sum(len(next(root.glob(f"*/static/{sheet}")).read_bytes()) for sheet in sheets)
    assert weight < 30_000
