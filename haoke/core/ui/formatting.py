"""Decides how moments, spans, sizes and shares read to a person, in the person's language and zone."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers, units
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from haoke.core.actor import Actor

MINUTE, HOUR, DAY = 60, 3_600, 86_400
NEAR = timedelta(days=7)
SIZES = ("B", "kB", "MB", "GB", "TB")
CHINESE = re.compile(r"[\u3400-\u9fff]")
HONORIFIC = re.compile(r"(?:先生|女士|小姐|太太|老师|总)$")


def zone_of(actor: Actor) -> ZoneInfo:
    """The zone in which this reader is told times: their own, else the house's."""
    return ZoneInfo(actor.time_zone or settings.TIME_ZONE)


@cache
def babel_locale(language: str) -> Locale:
    """Babel's locale for a Django language code."""
    return Locale.parse(translation.to_locale(language))


def format_time(value: datetime, *, now: datetime, language: str, zone: tzinfo) -> str:
    """A moment as people say it: "today 15:30", "昨天 09:12"; the hour is dropped beyond a week."""
    local = value.astimezone(zone)
    day = format_day(local, now=now, language=language, zone=zone)
    if abs(local.date() - now.astimezone(zone).date()) > NEAR:
        return day
    return f"{day} {local:%H:%M}"


def format_day(value: date, *, now: datetime, language: str, zone: tzinfo) -> str:
    """A day (or the day of a moment) as people say it: "tomorrow", "11月3日", with the year only where it differs."""
    day = value.astimezone(zone).date() if isinstance(value, datetime) else value
    today = now.astimezone(zone).date()
    with translation.override(language):
        near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    if said := near.get((day - today).days):
        return said
    skeleton = "MMMd" if day.year == today.year else "yMMMd"
    return dates.format_skeleton(skeleton, day, locale=babel_locale(language))


def exact_time(value: datetime, *, language: str, zone: tzinfo) -> str:
    """The moment to the second with weekday and zone, for the title of a shorter form."""
    local = value.astimezone(zone)
    day = dates.format_skeleton("yMMMEd", local.date(), locale=babel_locale(language))
    return f"{day} {local:%H:%M:%S} ({local:%Z})"


def clock_time(value: datetime, *, zone: tzinfo) -> str:
    """The time of day alone, where the day stands above it."""
    return f"{value.astimezone(zone):%H:%M}"


def letter_time(value: datetime, *, language: str, zone: tzinfo) -> str:
    """A moment as one writes it in a letter, which is read on another day: "2026年11月24日 15:30"."""
    local = value.astimezone(zone)
    return f"{dates.format_skeleton('yMMMd', local.date(), locale=babel_locale(language))} {local:%H:%M}"


def format_moment(value: datetime, *, language: str, zone: tzinfo) -> str:
    """A moment for a column of moments: weekday, day and time, with the seconds only where there are any."""
    local = value.astimezone(zone)
    day = dates.format_skeleton("MMMEd", local.date(), locale=babel_locale(language))
    return f"{day} {local:%H:%M:%S}" if local.second else f"{day} {local:%H:%M}"


def format_appointment(value: datetime, *, language: str, zone: str) -> str:
    """A moment as one agrees on it with somebody elsewhere: weekday, date, time and whose time that is."""
    local, locale = value.astimezone(ZoneInfo(zone)), babel_locale(language)
    day = dates.format_date(local, "full", locale=locale)
    name = dates.get_timezone_name(local, locale=locale)
    with translation.override(language):
        return gettext("%(day)s, %(time)s (%(zone)s)") % {"day": day, "time": f"{local:%H:%M}", "zone": name}


def format_duration(seconds: float, *, language: str) -> str:
    """A span in its two largest units: "2 hr 10 min", "3天4小时"; under a minute in seconds."""
    left, locale = round(abs(seconds)), babel_locale(language)
    if left < MINUTE:
        return units.format_unit(left, "duration-second", length="short", locale=locale)
    parts = []
    for size, unit in ((DAY, "duration-day"), (HOUR, "duration-hour"), (MINUTE, "duration-minute")):
        amount, left = divmod(left, size)
        if amount:
            parts.append(units.format_unit(amount, unit, length="short", locale=locale))
        elif parts:
            # "3 days 5 min" would read as exact; after a gap the rest does not matter.
            break
    return ("" if locale.language == "zh" else " ").join(parts[:2])


def format_working_time(seconds: float, *, language: str, exact: bool = False) -> str:
    """A span of working time, never in days: eight hours of work are not a third of a day; seconds only if `exact`."""
    left, locale = round(abs(seconds)), babel_locale(language)
    if left < MINUTE:
        return units.format_unit(left, "duration-second", length="short", locale=locale)
    parts = [(left // HOUR, "duration-hour"), (left % HOUR // MINUTE, "duration-minute")]
    if exact:
        parts.append((left % MINUTE, "duration-second"))
    said = [units.format_unit(amount, unit, length="short", locale=locale) for amount, unit in parts if amount]
    return ("" if locale.language == "zh" else " ").join(said)


def format_remaining(seconds: float, *, language: str) -> str:
    """What a deadline still leaves, or by how much it was missed (negative)."""
    duration = format_duration(seconds, language=language)
    with translation.override(language):
        if seconds < 0:
            return gettext("overdue by %(duration)s") % {"duration": duration}
        return gettext("%(duration)s left") % {"duration": duration}


def format_number(value: float, *, language: str, digits: int = 0) -> str:
    """A number with grouping and at most `digits` decimals."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=babel_locale(language))


def format_percent(share: float, *, language: str, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    pattern = "0" + ("." + "0" * digits if digits else "") + "%"
    return numbers.format_percent(share, format=pattern, locale=babel_locale(language))


def format_interval(low: float, high: float, *, language: str, digits: int = 0) -> str:
    """Two shares as the interval they bound: "62%–81%"."""
    return "–".join(format_percent(share, language=language, digits=digits) for share in (low, high))


def format_bytes(count: int, *, language: str) -> str:
    """The size of a file in steps of 1,000, with one decimal below ten."""
    size, step = float(count), 0
    while size >= 999.5 and step < len(SIZES) - 1:
        size, step = size / 1_000, step + 1
    digits = 1 if step and size < 10 else 0
    return f"{format_number(size, language=language, digits=digits)} {SIZES[step]}"


def initials(name: str) -> str:
    """Two signs that stand for a name in an avatar: 王小明 → 小明, Ada Lovelace → AL, 好客科技公司 → 好客."""
    words = re.findall(r"\w+", name)
    if not words:
        return "?"
    if CHINESE.match(words[0]):
        # 陈先生 is known by the surname alone.
        if (surname := HONORIFIC.sub("", words[0])) and surname != words[0]:
            return surname[0]
        # A Chinese person is called by the end of the name, an organisation by its beginning.
        return words[0][-2:] if len(words[0]) <= 4 else words[0][:2]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
