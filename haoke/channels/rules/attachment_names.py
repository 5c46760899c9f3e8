"""Give every attachment a name that is safe to show, to store and to download."""

import re

MAX_NAME_BYTES = 200

_DEFAULTS = {
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "text/calendar": "invite.ics",
    "application/ics": "invite.ics",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pgp-encrypted": "version.asc",
    "application/pgp-signature": "signature.asc",
    "application/pgp-keys": "key.asc",
    "message/rfc822": "message.eml",
    "message/global": "message.eml",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "disposition-notification.txt",
    "message/feedback-report": "feedback-report.txt",
    "text/rfc822-headers": "headers.txt",
    "text/x-amp-html": "amp.html",
    "text/html": "page.html",
    "text/plain": "text.txt",
    "text/csv": "table.csv",
    "text/vcard": "contact.vcf",
    "text/x-vcard": "contact.vcf",
    "image/jpeg": "image.jpg",
    "image/svg+xml": "image.svg",
    "audio/mpeg": "audio.mp3",
    "application/pdf": "document.pdf",
    "application/zip": "archive.zip",
    "application/octet-stream": "attachment.bin",
}
_DANGEROUS = re.compile('[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff<>:"|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_name(name: str, media_type: str) -> str:
    """Return the file name without path, controls, direction marks or reserved words; a default when none is left."""
    base = re.split(r"[/\\]", name)[-1]
    base = _DANGEROUS.sub("", base).strip().strip(".").strip()
    if not base:
        return default_name(media_type)
    if _RESERVED.match(base):
        base = "_" + base
    return _shortened(base)


def default_name(media_type: str) -> str:
    """Name an attachment by what it is."""
    if media_type in _DEFAULTS:
        return _DEFAULTS[media_type]
    kind, _, detail = media_type.partition("/")
    if kind in ("image", "audio", "video") and detail.isalnum():
        return f"{kind}.{detail}"
    return "attachment.bin"


def _shortened(name: str) -> str:
    """Cut a long name in front of its extension, counted in bytes as file systems do."""
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > 20:
        stem, dot, extension = name, "", ""
    room = MAX_NAME_BYTES - len((dot + extension).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + extension
