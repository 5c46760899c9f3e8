"""Turn the leaves of a mail into its text, its HTML and its attachments."""

import html as entities
import re
from dataclasses import dataclass, field

from haoke.channels.rules.attachment_names import safe_name
from haoke.channels.rules.charsets import clean, codecs_for, decode
from haoke.channels.rules.fields import field_text, parameters
from haoke.channels.rules.html_text import text_of_html
from haoke.channels.rules.mails import Attachment
from haoke.channels.rules.mime import Part, read_fields
from haoke.channels.rules.transfer import decode_transfer, take_out_uuencoded

_META_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""")
_LINE_END = re.compile("\r\n?|\u2028")


@dataclass(slots=True)
class Content:
    """What one node says, in both forms; a form that is missing is made from the other one when needed."""

    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)

    def as_text(self) -> str:
        return self.text if self.text.strip() or not self.html else text_of_html(self.html)

    def as_html(self) -> str:
        return self.html or f"<pre>{entities.escape(self.text)}</pre>" if self.text or self.html else ""


def content_of(root: Part, hint: str | None, defects: set[str]) -> Content:
    """Read the whole tree: text for people, HTML if there is any, and everything else as a named file."""
    content = _content(root, _bodies(root), hint, defects)
    content.text = content.as_text()
    if content.html:
        content.attachments = [_placed(attachment, content.html) for attachment in content.attachments]
    return content


def _bodies(root: Part) -> set[int]:
    """Choose the leaves that are to be read; only where there are none, a text with a file name counts as one."""
    texts = [
        leaf
        for leaf in root.leaves()
        if leaf.media_type in ("text/plain", "text/html", "text/enriched", "text/richtext")
    ]
    shown = [leaf for leaf in texts if _disposition(leaf) != "attachment"]
    unnamed = [leaf for leaf in shown if not _file_name(leaf, None)]
    return {id(leaf) for leaf in unnamed or shown[:1]}


def _content(part: Part, bodies: set[int], hint: str | None, defects: set[str]) -> Content:
    if not part.media_type.startswith("multipart/"):
        return _leaf(part, id(part) in bodies, hint, defects)
    children = [_content(child, bodies, hint, defects) for child in part.children]
    files = [attachment for child in children for attachment in child.attachments]
    if part.media_type == "multipart/alternative":
        text = next((child.text for child in children if child.text.strip()), "")
        html = next((child.html for child in reversed(children) if child.html.strip()), "")
        return Content(text, html, files)
    speaking = [child for child in children if child.text.strip() or child.html.strip()]
    if len(speaking) == 1:
        return Content(speaking[0].text, speaking[0].html, files)
    text = "\n".join(child.as_text().rstrip("\n") for child in speaking)
    has_html = any(child.html for child in speaking)
    return Content(text, "\n".join(child.as_html() for child in speaking) if has_html else "", files)


def _leaf(part: Part, is_body: bool, hint: str | None, defects: set[str]) -> Content:
    encoding = part.first("content-transfer-encoding").decode("ascii", "ignore")
    is_text = part.media_type.startswith("text/")
    content = decode_transfer(part.body, encoding, is_text, defects)
    if not is_body:
        return Content(
            attachments=[_attachment(part, content, hint)] if content.strip() or _file_name(part, hint) else []
        )
    text = _text(part, content, hint, defects)
    if part.media_type == "text/plain":
        text, files = take_out_uuencoded(text)
        named = [Attachment(safe_name(name, ""), "application/octet-stream", data) for name, data in files]
        return Content(text=text, attachments=named)
    if part.media_type == "text/html":
        return Content(html=text)
    return Content(text=re.sub(r"<[^<>]{0,200}>", "", text))


def _text(part: Part, content: bytes, hint: str | None, defects: set[str]) -> str:
    label = part.type_parameters.get("charset") or None
    if part.media_type == "text/html" and not codecs_for(label):
        meta = _META_CHARSET.search(content[:5000])
        label = meta[1].decode("ascii", "ignore") if meta else label
    text, defect = decode(content, label or hint)
    if defect:
        defects.add(defect)
    if b"\0" in content and not (label or "").lower().startswith("utf"):
        defects.add("nul_removed")
    return _LINE_END.sub("\n", clean(text))


def _attachment(part: Part, content: bytes, hint: str | None) -> Attachment:
    name = _file_name(part, hint)
    if not name and part.media_type in ("message/rfc822", "message/global"):
        fields = dict(read_fields(content[:100_000])[0])
        subject = field_text(fields.get("subject", b""), hint)
        name = re.sub(r"[/\\]", "_", subject)[:80] + ".eml" if subject else ""
    content_id = part.first("content-id").decode("utf-8", "ignore").strip().strip("<>")
    return Attachment(
        name=safe_name(name, part.media_type),
        media_type=part.media_type,
        content=content,
        content_id=clean(content_id)[:500],
        is_inline=_disposition(part) == "inline" and part.media_type.startswith("image/"),
    )


def _placed(attachment: Attachment, html: str) -> Attachment:
    """A file that the HTML shows by its content id is part of the page, whatever its disposition says."""
    if not attachment.content_id or f"cid:{attachment.content_id}".lower() not in html.lower():
        return attachment
    return Attachment(attachment.name, attachment.media_type, attachment.content, attachment.content_id, True)


def _disposition(part: Part) -> str:
    return part.first("content-disposition").decode("ascii", "ignore").partition(";")[0].strip().lower()


def _file_name(part: Part, hint: str | None) -> str:
    stated = parameters(part.first("content-disposition"), hint).get("filename", "")
    return stated or parameters(part.first("content-type"), hint).get("name", "")
