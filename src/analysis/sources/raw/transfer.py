"""One address over HTTP: what is cut off is continued, what did not change is not sent again, the rest is refused.

Source of the rules: HTTP semantics, RFC 9110 (conditional requests, ranges, Retry-After).
"""

import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from analysis.sources.raw.addresses import RawFile
from analysis.sources.raw.reading import SourceError

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
_GZIP: Final = frozenset({"gzip", "x-gzip"})

Progress = Callable[[str, int, int | None], None]
"""Is told the path of a file, the bytes that have come, and how many are expected where that is known."""


@dataclass(frozen=True)
class Wish:
    """What is asked of an address.

    Attributes:
        file: The raw file it is for.
        address: The address, with a key in its query where the interface wants it there.
        key: The header with a key, where the interface wants it in one; it is for its publisher alone.
        part: Where what has come is kept until it is whole.
        condition: The headers that say which version is at hand.
    """

    file: RawFile
    address: str
    key: Mapping[str, str]
    part: Path
    condition: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> Path:
        """Where it is kept which version the part is of."""
        return self.part.with_suffix(".label")


@dataclass(frozen=True)
class Answer:
    """What an address gave: no content where it is as it was."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


class UnreachableError(SourceError):
    """No connection to the publisher came about, however often it was tried."""


class _AgainError(Exception):
    """What may be over at the next try; how long to wait, where the publisher says so."""

    def __init__(self, reason: str, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


def get(client: httpx.Client, wish: Wish, progress: Progress) -> Answer:
    """Get what an address gives, trying again what may pass; what has come before is not asked for again.

    Raises:
        UnreachableError: If no connection comes about.
        SourceError: If it gives nothing, no file, too much, or what cannot be unpacked; or leads elsewhere in the open.
    """
    tries = Retrying(
        stop=stop_after_attempt(TRIES), wait=_wait, retry=retry_if_exception_type(_AgainError), reraise=True
    )
    try:
        answer = tries(_get, client, wish, progress)
    except _AgainError as error:
        refusal = _refusal(wish.file, f"{error}, {TRIES} times", "try again later")
        if isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
            raise UnreachableError(str(refusal)) from error
        raise refusal from error
    finally:
        if wish.file.key:
            _drop(wish)  # what an interface answers may repeat the key, as the address of its next page does
    if answer.content is not None:
        _refuse_what_is_no_file(answer.content, wish.file)
    return answer


def is_web_page(content: bytes) -> bool:
    """Whether a file is a page for people, such as an error in disguise."""
    start = content[:_LOOKED_AT].lstrip(_BYTE_ORDER_MARKS).replace(b"\0", b"")  # UTF-16 is letters and zeros
    before = _BEFORE_A_PAGE.match(start)
    return start[before.end() if before else 0 :].lower().startswith(_PAGE)


def _refusal(file: RawFile, what: str, remedy: str) -> SourceError:
    return SourceError(f"{file.path}: {file.url} {what}; {remedy}.")


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _AgainError) else 0.0
    waited: float = FIRST_WAIT * 2.0 ** (state.attempt_number - 1)
    return min(max(asked, waited), LONGEST_WAIT)


def _get(client: httpx.Client, wish: Wish, progress: Progress) -> Answer:
    try:
        with _opened(client, wish) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return Answer(None)
            _refuse_status(response, wish)
            _refuse_another_part(response, wish)
            etag, last_modified, packed = (
                response.headers.get(name, "") for name in ("etag", "last-modified", "content-encoding")
            )
            _save(response, wish, etag or last_modified, progress)
    except httpx.TimeoutException as error:
        raise _AgainError("does not answer in time") from error
    except httpx.HTTPError as error:
        raise _AgainError(f"breaks off ({type(error).__name__})") from error
    except OSError as error:
        folder = wish.part.parent
        raise SourceError(f"{wish.file.path}: cannot write {folder} ({error.strerror}); mend the folder.") from error
    content = wish.part.read_bytes()
    _drop(wish)
    return Answer(_unpacked(content, packed.strip().lower(), wish.file), etag, last_modified)


def _rest(wish: Wish) -> dict[str, str]:
    """Ask for the rest of a part alone, if the version it is of is still the one there is."""
    label = wish.label.read_text(encoding="utf-8") if wish.label.is_file() else ""
    if not label or label.startswith("W/") or not wish.part.is_file():
        return {}
    return {"Range": f"bytes={wish.part.stat().st_size}-", "If-Range": label}


def _drop(wish: Wish) -> None:
    wish.part.unlink(missing_ok=True)
    wish.label.unlink(missing_ok=True)


@contextmanager
def _opened(client: httpx.Client, wish: Wish) -> Iterator[httpx.Response]:
    """Yield the answer at the end of the redirects, none of which leads to where others could listen."""
    headers = {"Accept-Encoding": "gzip", **wish.condition, **_rest(wish), **wish.key}
    request = client.build_request("GET", wish.address, headers=headers)
    for _ in range(MOST_REDIRECTS + 1):
        if not _is_safe(request.url):
            where = request.url.host or "no address"
            raise _refusal(wish.file, f"leads to {where} without encryption", "look for its new address")
        response = client.send(request, stream=True)
        try:
            following = response.next_request
            if following is None:
                yield response
                return
        finally:
            response.close()
        if _origin(following.url) != _origin(request.url):
            for name in wish.key:
                following.headers.pop(name, None)
        request = following
    raise _refusal(wish.file, "leads in a circle", "look for its new address")


def _is_safe(address: httpx.URL) -> bool:
    return address.scheme == "https" or (address.scheme == "http" and address.host in _LOOPBACK)


def _origin(address: httpx.URL) -> tuple[str, str, int | None]:
    return address.scheme, address.host, address.port


def _refuse_another_part(response: httpx.Response, wish: Wish) -> None:
    """Start over where the rest that is sent does not follow what has come, or is of another version."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return
    asked, label = response.request.headers, response.headers.get("etag", "")
    start = asked.get("range", "").removeprefix("bytes=")
    follows = bool(start) and response.headers.get("content-range", "").lower().startswith(f"bytes {start}")
    same = not label or not asked.get("if-range", "").startswith('"') or label == asked["if-range"]
    if not (follows and same):
        _drop(wish)
        raise _AgainError("sends another part than it was asked for")


def _refuse_status(response: httpx.Response, wish: Wish) -> None:
    status, file = response.status_code, wish.file
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        _drop(wish)
        raise _AgainError("has changed meanwhile")
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise _AgainError(f"answers {status}", _seconds(response.headers.get("retry-after", "")))
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN) and file.key:
        raise _refusal(file, f"answers {status}", f"look whether the key in {file.key} is still valid")
    if status not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        raise _refusal(file, f"answers {status}", "look for its new address")


def _seconds(asked: str) -> float:
    """Return how long a publisher asks to wait: it says seconds or the time of day; 0 where it says neither."""
    if asked.isascii() and asked.isdigit():
        return float(asked)
    with suppress(ValueError, TypeError):
        return max(parsedate_to_datetime(asked).timestamp() - time.time(), 0.0)
    return 0.0


def _save(response: httpx.Response, wish: Wish, label: str, progress: Progress) -> None:
    """Write what comes to the part, after what is there already where the rest alone is sent."""
    resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
    wish.part.parent.mkdir(parents=True, exist_ok=True)
    wish.label.write_text(label, encoding="utf-8")
    done, end = wish.part.stat().st_size if resumed else 0, time.monotonic() + DEADLINE
    length = response.headers.get("content-length", "")
    whole = done + int(length) if length.isdigit() else None
    with wish.part.open("ab" if resumed else "wb") as target:
        for piece in response.iter_raw():
            target.write(piece)
            done += len(piece)
            if done > _most(wish.file):
                _drop(wish)
                raise _too_much(wish.file)
            if time.monotonic() > end:
                raise _refusal(wish.file, f"takes more than {DEADLINE} seconds", "try again later")
            progress(wish.file.path, done, whole)


def _most(file: RawFile) -> int:
    return file.most_mb * 1_000_000


def _too_much(file: RawFile) -> SourceError:
    return _refusal(file, f"gives more than {file.most_mb} MB", "look what it is, and raise most_mb if it is right")


def _unpacked(content: bytes, packed: str, file: RawFile) -> bytes:
    """Return what was packed for the way, in one piece or several, unless it is damaged, cut off or far too much."""
    if packed in ("", "identity"):
        return content
    if packed not in _GZIP:
        raise _refusal(file, f"gives a file packed with {packed}", "save it in a browser and use --from")
    unpacked = b""
    while content:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            unpacked += unpacker.decompress(content, _most(file) + 1 - len(unpacked))
        except zlib.error as error:
            raise _refusal(file, f"gives a damaged file ({error})", "try again later") from error
        if len(unpacked) > _most(file):
            raise _too_much(file)
        if not unpacker.eof:
            raise _refusal(file, "gives a file that is cut off", "try again later")
        content = unpacker.unused_data.lstrip(b"\0")  # what follows may be another piece, or padding
    return unpacked


def _refuse_what_is_no_file(content: bytes, file: RawFile) -> None:
    if not content.strip():
        raise _refusal(file, "gives an empty file", "look at it in a browser")
    if is_web_page(content):
        raise _refusal(file, "gives a web page instead of the file", "look at it in a browser")
