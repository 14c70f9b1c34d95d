"""What every answer tells the browser: run nothing but our own scripts, be framed by nobody, keep nothing private."""

from __future__ import annotations

from litestar.types import Message, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_NEVER = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
_ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),  # not less: forms would send `Origin: null`, and be refused
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", _NEVER.encode()),
)
_TLS_ONLY = (b"strict-transport-security", b"max-age=31536000")
_KEPT = (b"cache-control", b"private, no-cache")
_VARIES = (b"vary", b"Cookie, Authorization")


def with_headers(send: Send, *, https: bool) -> Send:
    """The same, with these headers on every answer. A handler says itself what may be kept, else nobody keeps it.

    A policy that a handler sets stands beside ours, so it can only forbid more.
    """
    always = (*_ALWAYS, _TLS_ONLY) if https else _ALWAYS

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            told = {name.lower() for name, _ in headers if name.lower() != b"content-security-policy"}
            headers += [header for header in always if header[0] not in told]
            if _KEPT[0] not in told:
                headers += [_KEPT, _VARIES]
            message["headers"] = headers
        await send(message)

    return send_with_headers


def without_body(send: Send) -> Send:
    """The same, with nothing of the body: for HEAD, which is answered as GET is."""

    async def send_without_body(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return send_without_body
