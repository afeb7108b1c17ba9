"""Addresses of servers, as users write them."""

import pytest

from tinyv_cli.errors import ModelError
from tinyv_cli.models.address import Address, is_address, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://127.0.0.1:8000/v1", Address("http://127.0.0.1:8000/v1", None)),
        ("http://127.0.0.1:8000/v1/", Address("http://127.0.0.1:8000/v1", None)),
        ("https://example.org/v1#a/b:c", Address("https://example.org/v1", "a/b:c")),
        ("HTTP://[::1]:8000/v1", Address("http://[::1]:8000/v1", None)),
        ("http://me:s%40fe@host/v1#m", Address("http://host/v1", "m", ("me", "s@fe"))),
        ("http://me@host/v1", Address("http://host/v1", None, ("me", ""))),
    ],
)
def test_parts(text: str, address: Address) -> None:
    """The address as it is shown, the model, and the credentials apart from both."""
    assert is_address(text)
    assert parse_address(text) == address
    assert "s@fe" not in repr(parse_address(text))


@pytest.mark.parametrize(
    "text",
    ["http://", "http:///v1", "http://me:pw@", "http://h:x/v1", "http://h:99999/v1", "http://h/v1?key=pw"],
)
def test_impossible(text: str) -> None:
    """What cannot be an address is refused with an example, and not repeated: it may hold a password."""
    with pytest.raises(ModelError, match="goes like http") as raised:
        parse_address(text)
    assert "pw" not in str(raised.value)


@pytest.mark.parametrize("name", ["nano", "none", "model.gguf", "hf:a/b", "httpfoo.gguf"])
def test_other_names(name: str) -> None:
    """Other names of models are no addresses."""
    assert not is_address(name)


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.8.9.1/v1", True),
        ("http://[::1]/v1", True),
        ("http://192.168.0.1/v1", False),
        ("http://localhost.example.org/v1", False),
    ],
)
def test_loopback(url: str, loopback: bool) -> None:
    """What is on this machine is asked without a proxy."""
    assert parse_address(url).is_loopback is loopback
