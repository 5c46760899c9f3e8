"""The report page and its files: for whom, over which days, and with their definitions."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from haoke.accounts import services as staff
from haoke.conversations import services as conversations
from haoke.conversations.models import Closure
from haoke.core.actor import Actor
from haoke.insight import queries
from haoke.insight.forms import Filters
from haoke.quality import services as quality
from haoke.timeline.models import Entry
from tests.insight.conftest import MONDAY, at, period

WEEK = "span=custom&since=2026-11-23&until=2026-11-23"


def table_of(response) -> list[list[str]]:
    assert response.status_code == 200
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_the_page_shows_every_team_and_all_together(monday, client_of, quality_manager, team, other_team) -> None:
    page = client_of(quality_manager).get(f"/reports/?{WEEK}").content.decode()

    for name in (team.name, other_team.name, "Together", "First response", "What the figures mean"):
        assert name in page
    # 10, 30 and 60 minutes: thirty-three on average.
    assert "33 min" in page
    assert "too few to say" in page
    assert "style=" not in page.replace('rel="stylesheet"', "")


def test_an_agents_page_names_no_other_agent(monday, client_of, agent, other_agent) -> None:
    page = client_of(agent).get(f"/reports/?{WEEK}&by=agent").content.decode()

    assert agent.name in page
    assert "Other colleagues" in page
    assert other_agent.name not in page


def test_a_team_leads_to_its_colleagues(monday, client_of, quality_manager, team, agent, other_agent) -> None:
    client = client_of(quality_manager)
    page = client.get(f"/reports/?{WEEK}").content.decode()
    link = re.search(rf'href="(/reports/\?[^"]*team={team.pk})"', page).group(1).replace("&amp;", "&")
    narrowed = client.get(link).content.decode()

    assert agent.name in narrowed
    assert other_agent.name not in narrowed
    assert "Whole company" in narrowed


@pytest.mark.parametrize("query", ["span=week", "span=month", "span=last_month", "since=x&team=0&by=no&pace=no", WEEK])
def test_every_choice_makes_a_page(monday, client_of, agent, query) -> None:
    assert client_of(agent).get(f"/reports/?{query}").status_code == 200


def test_an_empty_house_says_so(client_of, agent, frozen) -> None:
    assert "Nothing happened in this period" in client_of(agent).get("/reports/").content.decode()


def test_days_of_ones_own_need_no_other_choice(frozen) -> None:
    wanted = Filters({"span": "week", "since": "2026-11-02", "until": "2026-11-05"}).wanted
    assert (wanted.span, wanted.first.day, wanted.last.day) == ("custom", 2, 5)
    assert wanted.period == period("02 00:00", "06 00:00")


def test_the_file_adds_up_to_its_last_line_and_defines_its_figures(monday, client_of, supervisor) -> None:
    """S0-07: whoever sums the rows in a spreadsheet arrives at the company's figures."""
    lines = table_of(client_of(supervisor).get(f"/reports/figures.csv?{WEEK}&by=team"))
    place = next(i for i, line in enumerate(lines) if line[:1] == ["Team"])
    heads, *teams, together = lines[place:]

    assert any("Acknowledgements, notes and bots do not count" in cell for line in lines[:place] for cell in line)
    assert together[0] == "Together"
    sums = [i for i, head in enumerate(heads) if "sum" in head or head in ("Begun", "Solved", "Still open")]
    assert len(sums) == 9
    for column in sums:
        assert sum(float(line[column]) for line in teams) == float(together[column])
    mean, total, n = (
        heads.index(f"First response, time on the clock: {word}") for word in ("mean (s)", "sum (s)", "n")
    )
    assert float(together[mean]) == float(together[total]) / float(together[n]) == 2000


def test_an_export_is_recorded_and_quality_managers_take_nothing_away(
    monday, client_of, supervisor, quality_manager
) -> None:
    """RULINGS: the quality manager reads all and exports nothing."""
    client_of(supervisor).get(f"/reports/days.csv?{WEEK}")
    assert Entry.objects.get(kind="report.exported").payload == {
        "staff_id": supervisor.id,
        "table": "days",
        "first": "2026-11-23",
        "last": "2026-11-23",
    }

    assert client_of(quality_manager).get(f"/reports/days.csv?{WEEK}").status_code == 403
    assert "days.csv" not in client_of(quality_manager).get(f"/reports/?{WEEK}").content.decode()


def test_a_file_runs_no_formula(monday, client_of, supervisor, system, team) -> None:
    staff.rename_team(team_id=team.pk, name="=1+1", by=system)
    lines = table_of(client_of(supervisor).get(f"/reports/figures.csv?{WEEK}"))

    assert ["'=1+1"] in [line[:1] for line in lines]


@pytest.mark.parametrize(("table", "rows"), [("days", 1), ("hours", 7), ("responses", 7), ("consistency", 0)])
def test_every_table_is_a_file(monday, client_of, supervisor, table, rows) -> None:
    lines = table_of(client_of(supervisor).get(f"/reports/{table}.csv?{WEEK}"))

    # A line of what and when, an empty one, the heads.
    assert len(lines) == 3 + rows


def test_no_such_file(client_of, supervisor, field_engineer) -> None:
    assert client_of(supervisor).get("/reports/secrets.csv").status_code == 404
    assert client_of(field_engineer).get("/reports/").status_code == 403


def test_the_same_request_is_compared_across_channels(frozen, arrives, answers, agent, client_of, system) -> None:
    """S1-28: twelve by mail are answered within the hour, twelve by phone the day after; that is marked."""
    for number in range(24):
        conversation = arrives(f"{2 + number % 5:02} 10:{number:02}")
        if number < 12:
            answers(conversation, f"{2 + number % 5:02} 10:{30 + number:02}", by=agent, state="solved")
        else:
            becomes_a_call(conversation)
            answers(conversation, f"{3 + number % 5:02} 10:{30 + number:02}", by=agent, state="solved")
    wanted = Filters({"since": "2026-11-01", "until": "2026-11-20"}).wanted
    (request,) = queries.requests(agent, wanted)
    by_label = {each.label: each for each in request.channels}

    assert set(by_label) == {"Mail", "Phone call"}
    assert by_label["Mail"].response.n == by_label["Phone call"].response.n == 12
    assert by_label["Mail"].is_response_apart
    assert by_label["Phone call"].is_response_apart
    assert by_label["Mail"].one_touch.part == 12
    assert not by_label["Mail"].is_score_apart
    assert "differs" in client_of(agent).get("/reports/?since=2026-11-01&until=2026-11-20").content.decode()


def becomes_a_call(conversation) -> None:
    """As if it had begun by phone; the first word of a conversation decides."""
    from haoke.conversations.models import Measures

    Measures.objects.filter(pk=conversation.pk).update(came_by="call")


def test_scores_stand_beside_times(frozen, arrives, answers, agent, system, run_jobs) -> None:
    for number, channel in enumerate(["mail", "call"]):
        conversation = arrives(f"23 10:0{number}")
        answers(conversation, f"23 10:3{number}", by=agent)
        conversations.close_conversation(conversation_id=conversation.pk, by=agent)
        closure = Closure.objects.get(conversation=conversation)
        invitation = quality.invite(
            conversation_id=conversation.pk, closure_id=closure.pk, closed_at=closure.at, by=system
        )
        token = re.search(r"/s/([\w-]{43})\s", invitation.message.outbound.text).group(1)
        quality.answer_survey(token=token, score=2 + 3 * number, by=Actor.customer(None))
        if channel == "call":
            becomes_a_call(conversation)
    frozen.move_to(at("23 12:00"))
    found = queries.consistency(agent, period(*MONDAY), fewest=12)

    (request,) = found
    assert {each.label: each.score.mean for each in request.channels} == {"Mail": 2, "Phone call": 5}
