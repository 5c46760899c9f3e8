"""Decide which character set a mail really used, whatever its label says."""

import codecs as codec_registry
import re

from haoke.channels.rules.plausibility import family_of, plausibility

# A label is believed unless another reading is this much more plausible.
TRUST_IN_LABEL = 0.25
# Raw bytes without a label come, for this house, most often from Chinese senders.
TRUST_IN_CHINESE = 0.1

# Tried in this order when a label is missing or wrong; ties go to the earlier one.
FALLBACKS = ("utf-8", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1252", "cp1251", "koi8-r")

# What senders write, against the wider set their software really used.
_WIDER = {
    "big5": ("big5hkscs", "cp950"),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "euc_jp": ("euc_jp", "euc_jis_2004"),
    "iso2022_jp": ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004"),
    "latin_1": ("cp1252", "latin_1"),
    "iso8859_9": ("cp1254", "iso8859_9"),
    "iso8859_11": ("cp874", "iso8859_11"),
    "utf_16": ("utf_16_le", "utf_16_be"),
}
_SPELLINGS = (
    (re.compile(r"hz(gb|$)"), "hz"),
    (re.compile(r"gb|euccn|(cp|ms|windows)?936$|chinese$|isoir58"), "gb18030"),
    (re.compile(r"(chinese)?big5|(cp|ms|windows)950$"), "big5"),
    (re.compile(r"utf7|unicode11utf7"), "utf_7"),
    (re.compile(r"utf8|unicode20utf8|cesu8"), "utf-8"),
    (re.compile(r"utf16le"), "utf_16_le"),
    (re.compile(r"utf16be"), "utf_16_be"),
    (re.compile(r"utf16|ucs2"), "utf_16"),
    (re.compile(r"iso2022jp|csiso2022jp|(cp)?5022\d"), "iso2022_jp"),
    (re.compile(r"iso2022kr"), "iso2022_kr"),
    (re.compile(r"shiftjis|sjis|windows31j|mskanji|(cp|ms)932$"), "shift_jis"),
    (re.compile(r"eucjp|ujis"), "euc_jp"),
    (re.compile(r"euckr|ksc5601|ks?x?1001|korean|uhc|(cp|ms|windows)949$"), "cp949"),
    (re.compile(r"iso88591$|latin1$|l1$|(cp|windows|ansi)?1252"), "latin_1"),
    (re.compile(r"iso88599$|latin5$|(cp|windows)1254"), "iso8859_9"),
    (re.compile(r"iso885911$|tis620|windows874"), "iso8859_11"),
    (re.compile(r"(iso8859\d{1,2})[ei]?$"), r"\1"),
    (re.compile(r"(?:windows|cp|ibm)(\d{3,4})$"), r"cp\1"),
    (re.compile(r"koi8r"), "koi8-r"),
    (re.compile(r"koi8u"), "koi8-u"),
    (re.compile(r"(?:mac|macintosh)$|xmacroman"), "mac_roman"),
)
# fmt: off
_TEXT_CODECS = frozenset((
    "cp437", "cp850", "cp852", "cp855", "cp857", "cp858", "cp860", "cp861", "cp862", "cp863", "cp864", "cp865",
    "cp866", "cp869", "cp874", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2",
    "iso8859_3", "iso8859_4", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_10", "iso8859_13",
    "iso8859_14", "iso8859_15", "iso8859_16",
))
# fmt: on
# A noncharacter: it cannot come out of any mail by decoding one of the sets above.
_STRAY = "\ufdd0"
_EURO = "haoke.read_windows_euro"
_MARKING = "haoke.mark_stray_bytes"
_MENDING = "haoke.mend_stray_bytes"
_UNENCODABLE = re.compile("[\x00\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def decode(content: bytes, label: str | None) -> tuple[str, str | None]:
    """Return the text of `content` and the code of what had to be repaired, or None if the label was right.

    The codes: `charset_missing` (no label, not ASCII), `charset_unknown` (a label nobody knows),
    `charset_wrong` (another set was plainly used), `charset_damaged` (some bytes belong to no set).
    The result never holds NUL or half a surrogate pair, so that it can be stored and sent.
    """
    text, defect = _decode(content, label)
    return clean(text), defect


def clean(text: str) -> str:
    """Take out what no database and no mail can carry: NUL and unpaired surrogates."""
    if not _UNENCODABLE.search(text):
        return text
    paired = _SURROGATE_PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _UNENCODABLE.sub("", paired)


def codecs_for(label: str | None) -> tuple[str, ...]:
    """Name the codecs worth trying for a label, widest reading first; empty when the label says nothing."""
    spelling = re.sub(r"[^a-z0-9]", "", re.split(r"[;,\s*]", (label or "").strip(" \t\"'<>").lower())[0][:60])
    spelling = spelling.removeprefix("charset").removeprefix("x").removeprefix("cs") or spelling
    for pattern, codec in _SPELLINGS:
        if found := pattern.match(spelling):
            name = found.expand(codec) if "\\" in codec else codec
            name = name.replace("iso8859", "iso8859_") if re.match(r"iso8859\d", name) else name
            if name in _WIDER:
                return _WIDER[name]
            known = name in _TEXT_CODECS or not re.match(r"cp\d|iso8859", name) or name in FALLBACKS
            return (name,) if known else ()
    return ()


def _decode(content: bytes, label: str | None) -> tuple[str, str | None]:
    codecs = codecs_for(label)
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf_16_le"), (b"\xfe\xff", "utf_16_be")):
        if content.startswith(mark) and (text := _strictly(content[len(mark) :], codec)) is not None:
            return text, None
    if (text := _seven_bit(content, codecs)) is not None:
        return text, None
    if content.isascii() and not _looks_wide(content):
        return content.decode("ascii"), None
    if codecs[:1] == ("utf-8",) and (text := _strictly(content, "utf-8")) is not None:
        # Label and bytes agree, and bytes are hardly ever valid UTF-8 by accident.
        return text, None
    _, codec, text, strays = max(_readings(content, codecs), key=lambda reading: reading[0])
    if strays:
        return content.decode(codec, _MENDING), "charset_damaged"
    return text, _defect(codec, codecs, label)


def _seven_bit(content: bytes, codecs: tuple[str, ...]) -> str | None:
    """Read the sets that hide in ASCII bytes: by their escapes, or by a label that means them."""
    if b"\x1b$)C" in content:
        return _strictly(content, "iso2022_kr")
    if b"\x1b$" in content or b"\x1b(J" in content or b"\x1b(I" in content:
        for codec in _WIDER["iso2022_jp"]:
            if (text := _strictly(content, codec)) is not None:
                return text
    if codecs in (("utf_7",), ("hz",)) and content.isascii():
        return _strictly(content, codecs[0])
    return None


def _looks_wide(content: bytes) -> bool:
    """Say whether every second byte is NUL, as in Latin text written as UTF-16."""
    sample = content[:2000]
    return len(sample) >= 4 and max(sample[0::2].count(0), sample[1::2].count(0)) * 5 > len(sample) * 2


def _readings(content: bytes, codecs: tuple[str, ...]) -> list[tuple[float, str, str, int]]:
    """Read by every candidate and weigh how much each result looks like writing, and what it could not read."""
    wide = ("utf_16_le", "utf_16_be") if _looks_wide(content) else ()
    readings = []
    for codec in dict.fromkeys((*codecs, *wide, *FALLBACKS)):
        text, strays = _strictly(content, codec), 0
        if text is None:
            text = content.decode(codec, _MARKING)
            strays = text.count(_STRAY) + 1
            text = text.replace(_STRAY, "")
        score = plausibility(text, family_of(codec)) - min(2.0, strays * 4 / max(1, _non_ascii(text)))
        if codec in codecs:
            score += TRUST_IN_LABEL
        elif codec == "gb18030":
            score += TRUST_IN_CHINESE
        if codec == "utf-8" and not strays:
            score += _trust_in_utf_8(text, codecs)
        readings.append((score, codec, text, strays))
    return readings


def _non_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _trust_in_utf_8(text: str, codecs: tuple[str, ...]) -> float:
    """Weigh that bytes are hardly ever valid UTF-8 by accident, except pairs of Chinese ones."""
    if max(text) >= "\u0800":
        return 0.5
    return 0.0 if codecs and family_of(codecs[0]) in ("chinese", "japanese", "korean") else 0.3


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec, _EURO if codec == "gb18030" else "strict")
    except (UnicodeError, LookupError):
        return None


def _defect(codec: str, codecs: tuple[str, ...], label: str | None) -> str | None:
    if codec in codecs:
        return None
    if not (label or "").strip():
        return "charset_missing"
    return "charset_wrong" if codecs else "charset_unknown"


def _read_euro(trouble: UnicodeError) -> tuple[str, int]:
    """Read the one byte that Windows writes in its own GBK (code page 936) and the standard does not know."""
    assert isinstance(trouble, UnicodeDecodeError)
    if trouble.object[trouble.start : trouble.end] != b"\x80":
        raise trouble
    return "€", trouble.end


def _mark_stray(trouble: UnicodeError) -> tuple[str, int]:
    """Leave a mark for every byte that cannot be read; a character cut off at the very end leaves none."""
    assert isinstance(trouble, UnicodeDecodeError)
    return ("" if trouble.end >= len(trouble.object) else _STRAY), trouble.end


def _mend_stray(trouble: UnicodeError) -> tuple[str, int]:
    """Give a stray byte its Windows meaning (a curly quote in UTF-8 text), else say that it is lost."""
    assert isinstance(trouble, UnicodeDecodeError)
    if trouble.end >= len(trouble.object):
        return "", trouble.end
    stray = trouble.object[trouble.start : trouble.end]
    windows = _strictly(stray, "cp1252") if trouble.encoding == "utf-8" or stray == b"\x80" else None
    return windows or "\ufffd", trouble.end


codec_registry.register_error(_EURO, _read_euro)
codec_registry.register_error(_MARKING, _mark_stray)
codec_registry.register_error(_MENDING, _mend_stray)
