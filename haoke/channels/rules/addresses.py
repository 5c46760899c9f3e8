"""Find the names and addresses in a header field, also where its punctuation is broken."""

import re
from collections.abc import Iterator

from haoke.channels.rules.fields import decode_words, one_line
from haoke.channels.rules.mails import Address

MAX_ADDRESSES = 10_000

# Characters that turn the direction of writing: in a name they serve only to deceive.
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_TOKEN = re.compile(
    r"""=\?[^?]*\?[bBqQ]\?[^?]*\?=|"(?:[^"\\]|\\.)*(?:"|\\?\Z)|<[^<>]*>|[,;:]|[^,;:"<]+|["<]""", re.DOTALL
)
_BARE = re.compile(r"[^\s@<>()\",;:\[\]]{1,100}@[^\s@<>()\",;]{1,255}")
_QUOTED_LOCAL = re.compile(r'^"[^"]*"@')
_COMMENT = re.compile(r"\(([^()]*)\)")


def addresses(text: str) -> tuple[Address, ...]:
    """Return every address of a field, in order; encoded words must not have been decoded yet."""
    found: list[Address] = []
    for pieces in _mailboxes(text):
        address = _address(pieces)
        if address:
            found.append(address)
        if len(found) >= MAX_ADDRESSES:
            break
    return tuple(found)


def _mailboxes(text: str) -> Iterator[list[str]]:
    """Split at commas and semicolons; the name of a group (`friends:`) is left out."""
    pieces: list[str] = []
    for token in _tokens(text):
        if token in (",", ";"):
            if pieces and (_has_address(pieces) or token == ";"):
                yield pieces
                pieces = []
            elif pieces:
                # A comma in an unquoted name, as in: Wang, Wei <wang@example.com>
                pieces.append(",")
        elif token == ":" and not _has_address(pieces):
            pieces = []
        else:
            pieces.append(token)
    if pieces:
        yield pieces


def _tokens(text: str) -> list[str]:
    """Cut a field into its signs; a quotation mark that never closes is no quotation mark."""
    tokens = _TOKEN.findall(text)
    if tokens and tokens[-1].startswith('"') and (len(tokens[-1]) == 1 or not tokens[-1].endswith('"')):
        return tokens[:-1] + _TOKEN.findall(tokens[-1].replace('"', " "))
    return tokens


def _has_address(pieces: list[str]) -> bool:
    return any(piece.startswith("<") or _BARE.search(piece) for piece in pieces if not piece.startswith('"'))


def _address(pieces: list[str]) -> Address | None:
    angled = [piece for piece in pieces if piece.startswith("<") and piece.endswith(">")]
    text = "".join(piece for piece in pieces if piece not in angled[-1:])
    if angled:
        return _named(text, _spec(angled[-1][1:-1]))
    decoded = decode_words(text)
    if decoded != text and "<" in decoded and "@" in decoded:
        # The whole mailbox was put into one encoded word.
        return next(iter(addresses(decoded)), None)
    bare = _BARE.search(text) or _BARE.search(decoded)
    if bare is None:
        return _named(text, "") if text.strip(' ,"<>') else None
    source = text if bare[0] in text else decoded
    if _QUOTED_LOCAL.match(source.strip()):
        return Address("", source.strip())
    return _named(source.replace(bare[0], " ", 1), _spec(bare[0]))


def _spec(text: str) -> str:
    """The address itself, without route, spaces or a stray mailto."""
    decoded = _DIRECTION.sub("", one_line(decode_words(text)))
    spec = re.sub(r"\s+", "", decoded).rpartition(":")[2] if not decoded.startswith('"') else decoded
    return spec.strip("<>'").removesuffix(".")


def _named(text: str, address: str) -> Address:
    name = text.strip(" \t,")
    comments = _COMMENT.findall(name) if '"' not in name else []
    outside = _COMMENT.sub(" ", name).strip() if comments else name
    name = outside or " ".join(comments)
    if len(name) >= 2 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    name = _DIRECTION.sub("", one_line(decode_words(name))).strip("\"' ")
    name = re.sub(r"\s+", " ", name)
    return Address("" if name.lower() == address.lower() else name, address)
