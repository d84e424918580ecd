"""One address over HTTP: asked again where that may help, and refused where what it gives is no whole file.

Source of the rules: HTTP semantics, RFC 9110 (conditional requests, Retry-After).
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import httpx
from tenacity import RetryCallState, retry, retry_if_exception_type, stop_after_attempt

from analysis.sources.raw.addresses import RawFile
from analysis.sources.raw.reading import SourceError

TIMEOUT: Final = httpx.Timeout(30, connect=10)
DEADLINE: Final = 900
"""Seconds that one file may take, however steadily it comes."""
TRIES: Final = 4
FIRST_WAIT = 1.0
"""Seconds before the second try; each further wait is twice as long."""
LONGEST_WAIT: Final = 60
MOST_REDIRECTS: Final = 5
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_PAGE: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_BEFORE_A_PAGE: Final = re.compile(rb"(?:\s+|<\?xml.*?\?>|<!--.*?-->)+", re.DOTALL)
_BYTE_ORDER_MARKS: Final = b"\xef\xbb\xbf\xff\xfe"
_LOOKED_AT: Final = 4096

Progress = Callable[[str, int, int | None], None]
"""Is told the path of a file, the bytes that have come, and how many are expected where that is known."""


@dataclass(frozen=True)
class Answer:
    """What an address gave, and what its publisher calls this version; either may be empty."""

    content: bytes
    etag: str
    last_modified: str


class UnreachableError(SourceError):
    """No connection to the publisher came about, however often it was tried."""


class _AgainError(Exception):
    """What may be over at the next try; how many seconds to wait, where the publisher says so."""

    def __init__(self, reason: str, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


def open_client(user_agent: str) -> httpx.Client:
    """Return a client that asks for files as they are, not packed for the way: then their size is known as they come.

    It follows redirects, none of which leads to where others could listen.
    """
    return httpx.Client(
        timeout=TIMEOUT,
        headers={"User-Agent": user_agent, "Accept-Encoding": "identity"},
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        event_hooks={"request": [_refuse_the_open], "response": [_skip_page_of_redirect]},
    )


def get(
    client: httpx.Client, file: RawFile, address: str, condition: Mapping[str, str], progress: Progress
) -> Answer | None:
    """Get what an address gives, trying again what may pass; None where it is still as the condition says.

    Args:
        client: One of `open_client`.
        file: The raw file it is for.
        address: The address, with a key in its query where the interface wants one.
        condition: The headers that say which version is at hand; empty where none is.
        progress: Is told what has come.

    Raises:
        UnreachableError: If no connection comes about.
        SourceError: If it gives nothing, no file or too much; or leads elsewhere in the open.
    """
    try:
        return _get(client, file, address, condition, progress)
    except _AgainError as error:
        refusal = _refusal(file, f"{error}, {TRIES} times", "try again later")
        if isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
            raise UnreachableError(str(refusal)) from error
        raise refusal from error


def is_web_page(content: bytes) -> bool:
    """Whether a file is a page for people, such as an error in disguise."""
    start = content[:_LOOKED_AT].lstrip(_BYTE_ORDER_MARKS).replace(b"\0", b"")  # UTF-16 is letters and zeros
    before = _BEFORE_A_PAGE.match(start)
    return start[before.end() if before else 0 :].lower().startswith(_PAGE)


def _refuse_the_open(request: httpx.Request) -> None:
    address = request.url
    if address.scheme != "https" and not (address.scheme == "http" and address.host in _LOOPBACK):
        raise httpx.UnsupportedProtocol(f"leads to {address.host or 'no address'} without encryption")


def _skip_page_of_redirect(response: httpx.Response) -> None:
    """Leave unread what comes with a redirect: it is not the file, and may be of any size."""
    if response.has_redirect_location:
        response.stream.close()  # type: ignore[union-attr]
        response.stream = httpx.ByteStream(b"")


def _refusal(file: RawFile, what: str, remedy: str) -> SourceError:
    return SourceError(f"{file.path}: {file.url} {what}; {remedy}.")


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _AgainError) else 0.0
    waited: float = FIRST_WAIT * 2.0 ** (state.attempt_number - 1)
    return min(max(asked, waited), LONGEST_WAIT)


@retry(stop=stop_after_attempt(TRIES), wait=_wait, retry=retry_if_exception_type(_AgainError), reraise=True)
def _get(
    client: httpx.Client, file: RawFile, address: str, condition: Mapping[str, str], progress: Progress
) -> Answer | None:
    try:
        with client.stream("GET", address, headers=condition) as response:
            if condition and response.status_code == httpx.codes.NOT_MODIFIED:
                return None
            _refuse_what_is_no_answer(response, file)
            content = _read(response, file, progress)
    except httpx.TimeoutException as error:
        raise _AgainError("does not answer in time") from error
    except httpx.TooManyRedirects as error:
        raise _refusal(file, "leads in a circle", "look for its new address") from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise _refusal(file, str(error), "look for its new address") from error
    except httpx.HTTPError as error:
        raise _AgainError(f"breaks off ({type(error).__name__})") from error
    if not content.strip():
        raise _refusal(file, "gives an empty file", "look at it in a browser")
    if is_web_page(content):
        raise _refusal(file, "gives a web page instead of the file", "look at it in a browser")
    return Answer(content, response.headers.get("etag", ""), response.headers.get("last-modified", ""))


def _refuse_what_is_no_answer(response: httpx.Response, file: RawFile) -> None:
    status, packed = response.status_code, response.headers.get("content-encoding", "identity")
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        asked = response.headers.get("retry-after", "")
        raise _AgainError(f"answers {status}", float(asked) if asked.isdecimal() else 0)
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN) and file.key:
        raise _refusal(file, f"answers {status}", f"look whether the key in {file.key} is still valid")
    if status != httpx.codes.OK:
        raise _refusal(file, f"answers {status}", "look for its new address")
    if packed.lower() != "identity":
        raise _refusal(file, f"gives a file packed with {packed}", "save it in a browser and use --from")


def _read(response: httpx.Response, file: RawFile, progress: Progress) -> bytes:
    content, end = bytearray(), time.monotonic() + DEADLINE
    length = response.headers.get("content-length")
    for piece in response.iter_raw():
        content += piece
        if len(content) > file.most_mb * 1_000_000:
            raise _refusal(
                file, f"gives more than {file.most_mb} MB", "look what it is, and raise most_mb if it is right"
            )
        if time.monotonic() > end:
            raise _refusal(file, f"takes more than {DEADLINE} seconds", "try again later")
        progress(file.path, len(content), int(length) if length else None)
    return bytes(content)
