"""Who may call the chat page: the same machine, and no other site's script.

DNS rebinding makes a foreign name resolve to 127.0.0.1, so the Host header must itself be a loopback name;
a request of another site's script carries that site's Origin, so an Origin must equal the host asked for.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def refusal(host: str, origin: str | None, fetch_site: str | None) -> str | None:
    """Return one sentence why a request with these headers is refused, or None when it may pass."""
    if (urlsplit(f"//{host}").hostname or "") not in LOOPBACK_NAMES:
        return "The sandbox answers only under localhost or 127.0.0.1."
    if origin is not None and origin != f"http://{host}":
        return "The sandbox takes no requests from other sites."
    if fetch_site in {"cross-site", "same-site"}:
        return "The sandbox takes no requests from other sites."
    return None


def guarded(handler: Handler) -> Handler:
    """Wrap a page handler: foreign requests are refused, ValueError and LookupError become a 400."""

    async def guard(request: web.Request) -> web.StreamResponse:
        reason = refusal(request.host, request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site"))
        if reason is not None and not _plain_navigation(request):
            return web.json_response({"error": reason}, status=403)
        try:
            return await handler(request)
        except (ValueError, LookupError) as error:
            sentence = str(error.args[0]) if error.args else type(error).__name__
            return web.json_response({"error": sentence}, status=400)

    return guard


def _plain_navigation(request: web.Request) -> bool:
    """Following a link to the chat page is harmless: nothing is read or changed by it."""
    host_is_ours = refusal(request.host, None, None) is None
    return (
        host_is_ours
        and request.path == "/"
        and request.method == "GET"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
    )
