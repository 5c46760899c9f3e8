"""Make the HTML of a stranger safe to show inside our own page, and keep remote images away until asked for."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import nh3

# Browsers need no more; the parser takes quadratic time for what is nested deeper.
MAX_DEPTH = 200

# fmt: off
_TAGS = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby",
    "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "tt", "u", "ul", "var",
))
# fmt: on
# fmt: off
_UNREAD = frozenset((
    "script", "style", "title", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math",
    "select", "textarea", "button", "audio", "video",
))
# fmt: on
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "table": {"align"},
    "tr": {"align", "valign"},
    "col": {"span"},
    "colgroup": {"span"},
    "div": {"align"},
    "p": {"align"},
    "ol": {"start", "type"},
    "font": {"color"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
# fmt: off
_SELF_CLOSING = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "html", "head", "body",
))
# fmt: on
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")


@dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML that is safe to show, and how many remote images were kept from loading."""

    html: str
    blocked_images: int


def clean_html(html: str, *, image_url: Callable[[str], str | None], allow_remote_images: bool) -> CleanHtml:
    """Return `html` without anything that runs, styles, submits, or reports that it was read.

    `image_url` gives the address of an image of the mail itself by its content id, None if there is none.
    """
    blocked = 0

    def attribute(tag: str, name: str, value: str) -> str | None:
        nonlocal blocked
        if name == "src":
            if tag != "img":
                return None
            address = value.strip()
            if address.lower().startswith("cid:"):
                return image_url(address[4:])
            if not address.lower().startswith(("http:", "https:", "//")):
                return None
            if not allow_remote_images:
                blocked += 1
                return None
        if name == "href" and not re.match(r"(?i)\s*(https?:|mailto:|tel:)", value):
            return None
        return value

    cleaned = nh3.clean(
        _flattened(html),
        tags=set(_TAGS),
        clean_content_tags=set(_UNREAD),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=attribute,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=_SCHEMES | {"cid"},
    )
    return CleanHtml(cleaned, blocked)


def _flattened(html: str) -> str:
    """Leave out tags that are nested too deep, and the ends that belong to them."""
    if html.count("<") <= MAX_DEPTH:
        return html
    is_open: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in _SELF_CLOSING:
            return tag[0]
        if not tag[1]:
            if depth >= MAX_DEPTH:
                dropped[name] += 1
                return ""
            is_open[name] += 1
            depth += 1
        elif dropped[name]:
            dropped[name] -= 1
            return ""
        elif is_open[name]:
            is_open[name] -= 1
            depth -= 1
        return tag[0]

    return _TAG.sub(kept, html)
