"""Lists of days: every usual way of writing one is read, every bad row is told with its reason."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import haoke.policies
from haoke.policies.choices import ImportFault
from haoke.policies.errors import ListNotReadable
from haoke.policies.rules.listed_days import ListedDay, read_list

SPRING_FESTIVAL = ListedDay(date(2027, 2, 6), False, "春节")
MAKE_UP = ListedDay(date(2027, 2, 20), True, "春节")


@pytest.mark.parametrize(
    "text",
    [
        "date,kind,name\n2027-02-06,off,春节\n2027-02-20,work,春节\n",
        "日期,类型,名称\r\n2027/2/6,休,春节\r\n2027/2/20,班,春节\r\n",
        "2027年2月6日\t放假\t春节\n2027年2月20日\t上班\t春节",
        "2027-02-20，班，春节\n2027-02-06，休，春节\n\n",
        '[{"date": "2027-02-06", "is_working": false, "name": "春节"},'
        ' {"date": "2027-02-20", "is_working": true, "name": "春节"}]',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_lists_are_read_as_offices_save_them(text: str, encoding: str) -> None:
    assert read_list(text.encode(encoding), year=2027) == ([SPRING_FESTIVAL, MAKE_UP], [])


@pytest.mark.parametrize(("year", "off", "make_up"), [(2020, 30, 6), (2023, 27, 7), (2025, 28, 5), (2026, 33, 6)])
def test_our_own_file_is_a_list_for_each_of_its_years(year: int, off: int, make_up: int) -> None:
    content = (Path(haoke.policies.__file__).parent / "data" / "china_holidays.json").read_bytes()
    days, rejected = read_list(content, year=year)
    assert (sum(not day.is_working for day in days), sum(day.is_working for day in days)) == (off, make_up)
    assert rejected == []


def test_good_rows_are_kept_and_bad_ones_told_one_by_one() -> None:
    rows = [
        "date,kind,name",
        "2027-02-06,off,春节",
        "2027-02-30,off,no such day",
        "someday,off,",
        "2025-02-06,off,春节",
        "2027-02-07,perhaps,春节",
        "2027-02-06,work,春节",
        "2027-02-06,off,春节",
        f"2027-02-08,off,{'长' * 61}",
        "2027-02-09",
        "2027-02-10,off,a\x00b",
        "2026-12-31,off,元旦",
    ]
    days, rejected = read_list("\n".join(rows).encode(), year=2027)
    assert [day.on.isoformat() for day in days] == ["2026-12-31", "2027-02-06"]
    assert [(row.number, row.fault) for row in rejected] == [
        (3, ImportFault.NO_DATE),
        (4, ImportFault.NO_DATE),
        (5, ImportFault.OTHER_YEAR),
        (6, ImportFault.NO_KIND),
        (7, ImportFault.TWICE),
        (9, ImportFault.NAME_TOO_LONG),
        (10, ImportFault.NO_KIND),
        (11, ImportFault.NAME_UNREADABLE),
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"{", b"[[[", b'{"years": 3}', b'"2027"', b"\xff\xfe\x00", b'{"years": [{"year": 2026}]}'],
)
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(ListNotReadable):
        read_list(content, year=2027)


@given(st.binary(max_size=200) | st.text(alphabet='[]{},"0123456789-\n\t休班，', max_size=80).map(str.encode))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    try:
        days, rejected = read_list(content, year=2027)
    except ListNotReadable:
        return
    assert all(abs((day.on - date(2027, 6, 1)).days) < 230 for day in days)
    assert all(row.fault in ImportFault for row in rejected)


def test_a_json_row_that_is_no_object_is_told() -> None:
    days, rejected = read_list(json.dumps(["2027-02-06", None, 7]).encode(), year=2027)
    assert days == []
    assert [row.number for row in rejected] == [1, 2, 3]


def test_half_characters_are_told_in_a_form_that_can_be_shown() -> None:
    _days, rejected = read_list(b'[{"date": "2027-02-06", "is_working": false, "name": "\\ud83d"}]', year=2027)
    assert [row.fault for row in rejected] == [ImportFault.NAME_UNREADABLE]
    assert rejected[0].text.encode()
