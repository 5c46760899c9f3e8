"""Where one can go: the places of the sidebar, and the settings with what each of them changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from haoke.core.actor import Actor

Words = Callable[[], str]


@dataclass(frozen=True)
class Place:
    """A page that whoever has the ability may open; `is_on_phone` puts it into the phone's bottom bar."""

    ability: str
    label: Words
    url_name: str
    icon: str
    is_on_phone: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Setting(Place):
    """A place that changes how the house works; `says` tells what, in a sentence."""

    says: Words = str


PLACES = (
    Place("worklist.view", lambda: _("Today"), "web:today", "list-checks", True),
    Place("conversations.view", lambda: _("Inbox"), "conversations:inbox", "inbox", True),
    Place("customers.view", lambda: _("Customers"), "customers:list", "contact", True),
    Place("quality.view", lambda: _("Satisfaction"), "quality:satisfaction", "star", True),
    Place("reports.view", lambda: _("Reports"), "insight:reports", "chart-column"),
    Place("worklist.view", lambda: _("Settings"), "web:settings", "settings"),
    Place("operations.view", lambda: _("Operations"), "web:jobs", "server-cog"),
)

SETTINGS: tuple[tuple[Words, tuple[Setting, ...]], ...] = (
    (
        lambda: _("How customers reach us"),
        (
            Setting(
                "channels.view",
                lambda: _("Mailboxes"),
                "channels:mailboxes",
                "mail",
                says=lambda: _("Which addresses customers write to, who answers, and how our answers leave."),
            ),
            Setting(
                "conversations.answer",
                lambda: _("Canned replies"),
                "conversations:canned_replies",
                "zap",
                says=lambda: _("Texts you write often, in both languages, called up by a slash while you write."),
            ),
            Setting(
                "conversations.share",
                lambda: _("Tags"),
                "conversations:tag_list",
                "tag",
                says=lambda: _("Colleagues' own words on conversations: rename, make two one, stop offering."),
            ),
            Setting(
                "channels.view",
                lambda: _("Web forms"),
                "web_forms:list",
                "globe",
                says=lambda: _("Forms for your web site: what they ask, who answers, and what waits in quarantine."),
            ),
        ),
    ),
    (
        lambda: _("People"),
        (
            Setting(
                "staff.view",
                lambda: _("Staff"),
                "accounts:staff",
                "users",
                says=lambda: _("Who works here, in which roles, with which skills."),
            ),
            Setting(
                "staff.view",
                lambda: _("Teams"),
                "accounts:teams",
                "users",
                says=lambda: _("Who works together and answers the same customers."),
            ),
            Setting(
                "staff.view",
                lambda: _("Areas"),
                "accounts:areas",
                "map-pin",
                says=lambda: _("The tree of regions that customers and supervisors belong to."),
            ),
            Setting(
                "routing.change",
                lambda: _("Giving out work"),
                "conversations:routing",
                "arrow-right-left",
                says=lambda: _("Who gets the next conversation of a team, and how many each takes."),
            ),
            Setting(
                "routing.change",
                lambda: _("Skills"),
                "accounts:skills",
                "layers",
                says=lambda: _("What some conversations need and some colleagues have."),
            ),
            Setting(
                "routing.change",
                lambda: _("Absences"),
                "accounts:colleagues_absences",
                "calendar",
                says=lambda: _("Who is away, until when, and who stands in."),
            ),
            Setting(
                "staff.change",
                lambda: _("Signing in"),
                "accounts:requirement",
                "shield",
                says=lambda: _("Who has to have a second factor besides the password."),
            ),
            Setting(
                "tokens.change",
                lambda: _("API tokens"),
                "accounts:tokens",
                "lock",
                says=lambda: _("Keys with which programs of yours speak to Haoke."),
            ),
        ),
    ),
    (
        lambda: _("Rules of the house"),
        (
            Setting(
                "policies.view",
                lambda: _("Policies"),
                "policies:list",
                "settings",
                says=lambda: _("The numbers of the business, each with its history and reason."),
            ),
            Setting(
                "policies.view",
                lambda: _("Service targets"),
                "conversations:targets",
                "clock",
                says=lambda: _("Within which working time whom we promise an answer and a solution."),
            ),
            Setting(
                "policies.view",
                lambda: _("Calendars"),
                "policies:calendars",
                "calendar",
                says=lambda: _("Working hours, days off and make-up workdays, by which all clocks run."),
            ),
        ),
    ),
)


def places_of(actor: Actor) -> list[Place]:
    """The sidebar of this actor; settings only where there is one to see."""
    may_set = bool(settings_of(actor))
    return [each for each in PLACES if actor.may(each.ability) and (may_set or each.url_name != "web:settings")]


def settings_of(actor: Actor) -> list[tuple[str, list[Setting]]]:
    """The settings this actor may see, in their groups."""
    groups = [(label(), [each for each in group if actor.may(each.ability)]) for label, group in SETTINGS]
    return [(label, group) for label, group in groups if group]


def places_named(text: str, actor: Actor) -> list[Place]:
    """Places and settings whose label holds this text, for the search from everywhere."""
    wanted = text.casefold()
    everything = [*places_of(actor), *(each for _label, group in settings_of(actor) for each in group)]
    return [each for each in everything if wanted in each.label().casefold()]
