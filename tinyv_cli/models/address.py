"""Where a server is: what the user writes, with what must not be shown kept apart."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from tinyv_cli.errors import ModelError

SCHEMES = ("http://", "https://")
DECISION = "decision+"  # before the address of a server that decides, and does not chat
_CREDENTIALS = re.compile("(?<=:)//[^/@,]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and, if named, which of its models is meant. The credentials never show."""

    url: str
    model: str | None
    credentials: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def is_loopback(self) -> bool:
        """On this machine, so that no proxy stands in between."""
        host = urlsplit(self.url).hostname or ""
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False


def is_address(name: str) -> bool:
    """Whether a model's name is the address of a server."""
    return name.lower().removeprefix(DECISION).startswith(SCHEMES)


def without_credentials(names: str) -> str:
    """Names of models without what an address among them must not show."""
    return _CREDENTIALS.sub("//", names)


def parse_address(text: str) -> Address:
    """`http://[user:password@]host[:port]/v1[#model]`. Raises ModelError."""
    try:
        parts = urlsplit(text)
        sound = parts.hostname and parts.port != 0 and not parts.query
    except ValueError:
        sound = False
    if not sound:
        # The text may hold a password, so it is not repeated.
        raise ModelError(
            "--model: not the address of a server, which goes like http://127.0.0.1:8000/v1 "
            "or http://127.0.0.1:8000/v1#name-of-the-model"
        )
    url = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
    return Address(url, parts.fragment or None, _credentials(parts))


def _credentials(parts: SplitResult) -> tuple[str, str] | None:
    if parts.username is None:
        return None
    return unquote(parts.username), unquote(parts.password or "")
