"""The list behind the bell, what marks it as read, and the page of choices."""

from __future__ import annotations

import re

import pytest

from haoke.conversations import services as conversations
from haoke.notifications import queries, services
from haoke.notifications.choices import Kind, MailWish, Rhythm
from haoke.notifications.models import Choice, Notification
from haoke.notifications.queries import PAGE_SIZE
from haoke.notifications.rules import DEFAULTS, Wish


@pytest.fixture
def given(frozen, begin, agent, colleague, team, run_jobs):
    def give(count: int = 1) -> None:
        for number in range(count):
            conversation = begin(subject=f"订单 {number}", is_assigned=False)
            conversations.assign(conversation_id=conversation.pk, assignee_id=colleague.id, team_id=team.pk, by=agent)
            frozen.shift(60)
        run_jobs()

    return give


def unread(actor) -> int:
    return queries.unread_count(actor)


def test_the_list_names_what_happened_whose_it_is_and_counts_on_the_bell(given, client_of, colleague) -> None:
    given()
    page = client_of(colleague).get("/notifications/").content.decode()

    assert "assigned HK-" in page
    assert "订单 0 · 陈1" in page
    assert "Notifications: 1 unread" in page
    assert f'data-live="staff:{colleague.id}:notifications"' in page


def test_a_line_that_stands_for_several_says_how_many(frozen, conversation, agent, answer, client_of) -> None:
    for _each in range(2):
        frozen.shift(60)
        answer(conversation)
    page = client_of(agent).get("/notifications/").content.decode()

    assert page.count("wrote in HK-") == 1
    assert "× 2" in page


def test_following_a_line_reads_it_and_leads_to_the_conversation(given, client_of, colleague, agent) -> None:
    given()
    row = Notification.objects.get(recipient_id=colleague.id)

    assert client_of(agent).get(f"/notifications/{row.pk}").status_code == 404
    response = client_of(colleague).get(f"/notifications/{row.pk}")

    assert response["Location"] == f"/inbox/{row.subject_id}"
    assert unread(colleague) == 0


def test_reading_a_line_reads_what_it_covers(frozen, conversation, agent, answer) -> None:
    for _each in range(2):
        frozen.shift(60)
        answer(conversation)
    newest = Notification.objects.get(is_covered=False)
    services.mark_read(notification_id=newest.pk, by=agent)

    assert not Notification.objects.filter(read_at=None).exists()


def test_a_line_can_be_marked_read_and_unread(given, client_of, colleague) -> None:
    given()
    row = Notification.objects.get(recipient_id=colleague.id)
    client = client_of(colleague)

    client.post(f"/notifications/{row.pk}/reading")
    assert unread(colleague) == 0
    client.post(f"/notifications/{row.pk}/reading", {"unread": "1"})
    assert unread(colleague) == 1


def test_all_are_marked_read_and_that_is_taken_back(frozen, given, client_of, colleague) -> None:
    given(3)
    client = client_of(colleague)
    one = Notification.objects.filter(recipient_id=colleague.id).first()
    services.mark_read(notification_id=one.pk, by=colleague)
    frozen.shift(1)

    page = client.post("/notifications/reading", follow=True).content.decode()
    assert unread(colleague) == 0
    undo = re.search(r'action="(/notifications/reading/\d+/undo)"', page).group(1)
    client.post(undo)
    # What was read before stays read.
    assert unread(colleague) == 2


def test_all_means_what_the_page_showed(given, client_of, colleague) -> None:
    """What comes while one looks was not seen."""
    given()
    page = client_of(colleague).get("/notifications/").content.decode()
    newest = re.search(r'name="newest" value="([^"]+)"', page).group(1)
    given()
    client_of(colleague).post("/notifications/reading", {"newest": newest})

    assert unread(colleague) == 1


def test_an_open_conversation_marks_what_it_is_about_as_seen(given, client_of, colleague) -> None:
    given(2)
    row = Notification.objects.filter(recipient_id=colleague.id).first()
    client = client_of(colleague)
    page = client.get(f"/inbox/{row.subject_id}").content.decode()
    address = f"/notifications/conversations/{row.subject_id}/reading"
    assert f'hx-post="{address}"' in page

    assert client.post(address).status_code == 204
    assert unread(colleague) == 1


def test_unread_alone_and_page_after_page(given, client_of, colleague) -> None:
    given(PAGE_SIZE + 2)
    client = client_of(colleague)
    read = Notification.objects.filter(recipient_id=colleague.id).latest("pk")
    services.mark_read(notification_id=read.pk, by=colleague)

    first = client.get("/notifications/?show=unread").content.decode()
    assert f'/notifications/{read.pk}"' not in first
    following = re.search(r'href="(/notifications/\?show=unread&amp;after=[^"]+)"', first).group(1)
    second = client.get(following.replace("&amp;", "&")).content.decode()
    assert first.count("assigned HK-") == PAGE_SIZE
    assert second.count("assigned HK-") == 1


def test_what_the_reader_may_not_see_any_more_is_gone(given, client_of, colleague) -> None:
    from haoke.accounts.models import Staff
    from haoke.accounts.queries import actor_of_staff

    given()
    Staff.objects.filter(pk=colleague.id).update(roles=["account_manager"])
    page = client_of(colleague).get("/notifications/").content.decode()

    assert "HK-" not in page
    assert unread(actor_of_staff(colleague.id)) == 0


def test_another_sees_nothing_of_mine(given, agent, client_of) -> None:
    given()
    assert "assigned HK-" not in client_of(agent).get("/notifications/").content.decode()


def test_a_program_has_no_notifications(system, client_of, colleague) -> None:
    assert unread(system) == 0


def test_a_page_costs_the_same_for_many(given, colleague, django_assert_num_queries) -> None:
    given(2)
    with django_assert_num_queries(4):
        queries.page_of(colleague)
    given(20)
    with django_assert_num_queries(4):
        queries.page_of(colleague)
    with django_assert_num_queries(1):
        assert unread(colleague) == 22


def test_the_bell_counts_no_further_than_people_read(given, colleague, client_of) -> None:
    given()
    row = Notification.objects.get(recipient_id=colleague.id)
    Notification.objects.bulk_create(
        Notification(
            recipient_id=colleague.id,
            kind=row.kind,
            entry_id=10_000 + number,
            subject_kind="staff",
            subject_id=colleague.id,
            at=row.at,
            in_page=True,
            mail="never",
        )
        for number in range(150)
    )
    assert unread(colleague) == queries.MOST_COUNTED
    assert "99+" in client_of(colleague).get("/notifications/bell").content.decode()


def posted(**changed: str) -> dict[str, str]:
    """The form as the browser sends it: a box that is not ticked is not sent."""
    sent = {"rhythm": "hourly"}
    for kind, wish in DEFAULTS.items():
        sent[f"mail_{kind}"] = wish.mail
        if wish.in_page:
            sent[f"page_{kind}"] = "on"
    return {name: value for name, value in (sent | changed).items() if value}


def test_choices_are_kept_and_shown_and_only_what_differs(client_of, colleague) -> None:
    client = client_of(colleague)
    response = client.post("/account/notifications", posted(page_noted="", mail_noted="never", rhythm="daily"))

    assert response.status_code == 302
    assert list(Choice.objects.values_list("kind", "in_page", "mail")) == [(Kind.NOTED, False, MailWish.NEVER)]
    assert queries.rhythm_of(colleague.id) == Rhythm.DAILY
    page = client.get("/account/notifications").content.decode()
    assert re.search(r'name="page_noted">', page)
    assert re.search(r'name="page_assigned" checked>', page)

    client.post("/account/notifications", posted())
    assert not Choice.objects.exists()


def test_a_choice_that_does_not_exist_is_refused(client_of, colleague) -> None:
    response = client_of(colleague).post("/account/notifications", posted(mail_noted="weekly"))

    assert response.status_code == 422
    assert not Choice.objects.exists()


def test_no_more_mail_also_stops_what_waits(given, colleague) -> None:
    given()
    services.choose(wishes={Kind.ASSIGNED: Wish(mail=MailWish.NEVER)}, rhythm=Rhythm.HOURLY, by=colleague)

    assert Notification.objects.get(recipient_id=colleague.id).mail == MailWish.NEVER
    assert unread(colleague) == 1


def test_what_is_only_mailed_is_not_behind_the_bell(given, colleague) -> None:
    services.choose(wishes={Kind.ASSIGNED: Wish(in_page=False)}, rhythm=Rhythm.HOURLY, by=colleague)
    given()

    assert unread(colleague) == 0
    assert Notification.objects.filter(recipient_id=colleague.id, mail=MailWish.DIGEST).exists()
