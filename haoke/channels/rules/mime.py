"""Cut the bytes of a mail into parts, in one pass, however deeply or wrongly they are nested."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from haoke.channels.rules.fields import parameters, unfold

MAX_DEPTH = 100
MAX_PARTS = 2000
MAX_HEADER_BYTES = 2_000_000
MAX_FIELDS = 2000

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
# The look behind comes after the dashes, so that the search may leap from dash to dash.
_DASHED_LINE = re.compile(rb"--(?<![^\r\n]--)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_KNOWN_FIELD = re.compile(
    rb"(?i)(content-[a-z-]+|date|from|to|cc|subject|sender|reply-to|message-id|mime-version|received|return-path"
    rb"|references|in-reply-to|delivered-to|precedence|auto-submitted|list-[a-z-]+|x-[!-9;-~]+)[ \t]*:"
)
_LEADING = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n\0]*")
# How far the first delimiter may stand from the header.
_PREAMBLE = 100_000
_MEDIA_TYPE = re.compile(r"\s*([\w!#$&^.+-]+)\s*/\s*([\w!#$&^.+-]+)")


@dataclass(slots=True)
class Part:
    """One node of the tree; a leaf holds the bytes of its body, still in transfer encoding."""

    fields: tuple[tuple[str, bytes], ...]
    body: bytes = b""
    children: list["Part"] = field(default_factory=list)
    media_type: str = "text/plain"
    # What the header said, kept where the part had to be read as something else.
    declared_type: str = "text/plain"
    type_parameters: dict[str, str] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        return next((value for field_name, value in self.fields if field_name == name), b"")

    def leaves(self) -> Iterator["Part"]:
        """Every part that is not a multipart, in reading order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            if part.media_type.startswith("multipart/"):
                waiting.extend(reversed(part.children))
            else:
                yield part


@dataclass(frozen=True, slots=True)
class _Delimiter:
    """A delimiter line: where it begins and ends, how deep its multipart is nested, whether it closes it."""

    start: int
    end: int
    depth: int
    closes: bool


def cut_into_parts(raw: bytes, defects: set[str]) -> Part:
    """Return the tree of parts of a whole mail; what cannot be cut stays one piece of text.

    One walk over the delimiter lines: each ends the part before it, and closes what was nested deeper.
    """
    root, position = _read_part(raw, _start(raw), "text/plain", defects)
    multiparts: list[tuple[str, Part]] = []
    part: Part | None = root
    part_at, count = position, 1
    _open(root, raw, position, multiparts, defects)
    while multiparts:
        found = _next_delimiter(raw, position, multiparts)
        if part is not None:
            _end(
                part,
                raw[part_at : _without_line_end(raw, part_at, found.start) if found else len(raw)],
                found,
                multiparts,
            )
        if found is None:
            defects.add("multipart_unclosed")
            break
        del multiparts[found.depth + (0 if found.closes else 1) :]
        part, position = None, found.end
        if found.closes:
            continue
        parent = multiparts[-1][1]
        default = "message/rfc822" if parent.media_type == "multipart/digest" else "text/plain"
        part, part_at = _read_part(raw, found.end, default, defects, stop=_delimiters(multiparts))
        position = part_at
        parent.children.append(part)
        count += 1
        if count >= MAX_PARTS:
            defects.add("too_many_parts")
            part.media_type, part.body = "text/plain", raw[part_at:]
            break
        _open(part, raw, part_at, multiparts, defects)
    else:
        if part is not None:
            part.body = raw[part_at:]
    return root


def read_fields(
    raw: bytes, at: int = 0, stop: frozenset[bytes] = frozenset(), defects: set[str] | None = None
) -> tuple[tuple[tuple[str, bytes], ...], int]:
    """Read header fields from `at` and return them with the place where the body begins.

    A line that is no field but stands among fields is taken as the rest of the one before: broken
    gateways fold long subjects without indenting them.
    """
    fields: list[tuple[str, list[bytes]]] = []
    first, defects = at, set() if defects is None else defects
    while at < len(raw) and at - first < MAX_HEADER_BYTES and len(fields) < MAX_FIELDS:
        line, end = _line(raw, at)
        if line.rstrip() in stop:
            break
        if not line or (not line.strip() and not _fields_go_on(raw, end)):
            return _joined(fields), end
        name = _FIELD.match(line)
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif name:
            fields.append((name[1].decode("ascii").lower(), [line[name.end() :]]))
        elif fields and _fields_go_on(raw, end):
            defects.add("header_folding_broken")
            fields[-1][1].append(line)
        elif fields or not line.startswith((b"From ", b">From ")):
            defects.add("header_end_missing")
            break
        at = end
    return _joined(fields), at


def _line(raw: bytes, at: int) -> tuple[bytes, int]:
    match = _LINE.match(raw, at)
    assert match is not None
    return match[0].rstrip(b"\r\n").replace(b"\0", b""), match.end()


def _fields_go_on(raw: bytes, at: int) -> bool:
    """Say whether a well-known field follows before the next blank line."""
    for _ in range(10):
        if at >= len(raw):
            return False
        line, at = _line(raw, at)
        if not line.strip():
            return False
        if _KNOWN_FIELD.match(line):
            return True
    return False


def _joined(fields: list[tuple[str, list[bytes]]]) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, unfold(lines)) for name, lines in fields)


def _start(raw: bytes) -> int:
    """Skip what gateways leave in front of the first field: a byte order mark and blank lines."""
    match = _LEADING.match(raw)
    return match.end() if match else 0


def _read_part(
    raw: bytes, at: int, default: str, defects: set[str], stop: frozenset[bytes] = frozenset()
) -> tuple[Part, int]:
    fields, body_at = read_fields(raw, at, stop, defects)
    part = Part(fields=fields)
    content_type = part.first("content-type").decode("utf-8", "replace")
    match = _MEDIA_TYPE.match(content_type)
    part.media_type = f"{match[1]}/{match[2]}".lower() if match else default
    if content_type.strip() and not match:
        defects.add("content_type_unreadable")
        if content_type.strip().lower().startswith("html"):
            part.media_type = "text/html"
    part.declared_type = part.media_type
    part.type_parameters = parameters(part.first("content-type"), None)
    return part, body_at


def _open(part: Part, raw: bytes, at: int, multiparts: list[tuple[str, Part]], defects: set[str]) -> None:
    """Take a multipart as open if it can be cut; else it is shown as the text it is."""
    if not part.media_type.startswith("multipart/"):
        return
    boundary = _boundary(part, raw, at, defects)
    if len(multiparts) >= MAX_DEPTH:
        defects.add("nested_too_deep")
    elif boundary is not None and boundary not in dict(multiparts):
        multiparts.append((boundary, part))
        return
    part.media_type = "text/plain"


def _end(part: Part, body: bytes, found: "_Delimiter | None", multiparts: list[tuple[str, Part]]) -> None:
    """Give a finished part its body; of a multipart, what stands before its first part is no content."""
    is_preamble = found is not None and multiparts[found.depth][1] is part
    if not is_preamble:
        part.body = body
        if part.media_type.startswith("multipart/"):
            part.media_type = "text/plain"


def _boundary(part: Part, raw: bytes, at: int, defects: set[str]) -> str | None:
    """Name the boundary of a multipart; where the label is missing or wrong, the first dashed line tells it."""
    named = part.type_parameters.get("boundary", "").rstrip()
    if named and raw.find(b"--" + named.encode("utf-8"), at, at + _PREAMBLE) >= 0:
        return named
    defects.add("boundary_wrong")
    for line in _DASHED_LINE.finditer(raw, at, at + _PREAMBLE):
        following = _FIELD.match(raw, line.end())
        if following and following[1].lower().startswith(b"content-"):
            return line[1].rstrip().decode("utf-8", "replace")
    return None


def _delimiters(multiparts: list[tuple[str, Part]]) -> frozenset[bytes]:
    """The lines that would end even the header of a part: those of the innermost multipart."""
    boundary = b"--" + multiparts[-1][0].encode("utf-8")
    return frozenset((boundary, boundary + b"--"))


def _next_delimiter(raw: bytes, at: int, multiparts: list[tuple[str, Part]]) -> _Delimiter | None:
    """Find the next delimiter line of any open multipart."""
    depths = {boundary.encode("utf-8"): depth for depth, (boundary, _) in enumerate(multiparts)}
    for line in _DASHED_LINE.finditer(raw, at):
        text = line[1].rstrip()
        if text in depths:
            return _Delimiter(line.start(), line.end(), depths[text], False)
        if text.endswith(b"--") and text[:-2] in depths:
            return _Delimiter(line.start(), line.end(), depths[text[:-2]], True)
    return None


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    """The line break before a delimiter belongs to the delimiter."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
    if end > start and raw[end - 1 : end] == b"\r":
        end -= 1
    return end
