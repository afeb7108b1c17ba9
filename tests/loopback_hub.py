"""A hub on loopback: as much of the Hugging Face hub's HTTP as its client uses to list, search and download.

Models and datasets alike; a dataset's paths have `datasets` in front, and its files may be read in pieces.

Large files are answered as there: by a redirect to another host, with their sha256 as the ETag.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_of_whom_the_owner_accepted"
CHUNK = 1 << 20


@dataclass
class FakeRepository:
    """A repository: its files, whom it lets in, how it is tagged; and what is to go wrong with its files."""

    files: Mapping[str, bytes | Path]
    gated: bool = False
    tags: tuple[str, ...] = ()
    downloads: int = 0
    commit: str = "0123456789abcdef0123456789abcdef01234567"
    claimed_sha256: str | None = None
    missing: bool = False  # listed, and not there
    cuts: int = 0  # how many answers break off after half of what was asked for
    gone: bool = False  # the other host hangs up

    def content(self, path: str) -> bytes:
        data = self.files[path]
        return data.read_bytes() if isinstance(data, Path) else data

    def entries(self) -> dict[str, dict[str, Any]]:
        """Files and folders, as the hub lists them."""
        folders = {str(folder) for path in self.files for folder in PurePosixPath(path).parents[:-1]}
        listed: dict[str, dict[str, Any]] = {
            path: {"type": "directory", "path": path, "oid": "d" * 40} for path in sorted(folders)
        }
        for path in self.files:
            listed[path] = {"type": "file", "path": path, "size": len(self.content(path)), "oid": "b" * 40}
        return listed

    def digest(self, path: str) -> str:
        return self.claimed_sha256 or sha256(self.content(path)).hexdigest()

    def info(self, name: str, *, blobs: bool) -> dict[str, Any]:
        siblings: list[dict[str, Any]] = [{"rfilename": path} for path in self.files]
        if blobs:
            for sibling in siblings:
                size = len(self.content(sibling["rfilename"]))
                lfs = {"sha256": self.digest(sibling["rfilename"]), "size": size, "pointerSize": 134}
                sibling |= {"size": size, "blobId": "b" * 40, "lfs": lfs}
        return {**self.summary(name), "sha": self.commit, "siblings": siblings, "gated": self.gated}

    def summary(self, name: str) -> dict[str, Any]:
        return {"id": name, "modelId": name, "tags": list(self.tags), "downloads": self.downloads}


@dataclass
class LoopbackHub:
    """The hub's repositories by id, and what it was asked: method, path with query, headers."""

    endpoint: str
    repositories: dict[str, FakeRepository] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    broken: int | None = None  # the status that it answers everything with

    def paths(self, method: str = "GET") -> list[str]:
        """What was asked for in this way, without queries."""
        return [urlsplit(path).path for how, path, _ in self.asked if how == method]


class Handler(BaseHTTPRequestHandler):
    """One request to the hub."""

    protocol_version = "HTTP/1.1"

    def __init__(self, hub: LoopbackHub, *arguments: Any) -> None:
        self.hub = hub
        super().__init__(*arguments)

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.hub.asked.append((self.command, self.path, headers))
        url = urlsplit(self.path)
        parts = unquote(url.path).strip("/").split("/")
        query = parse_qs(url.query)
        if self.hub.broken is not None:
            self.reply(self.hub.broken, {}, b"<html>out of order</html>")
        elif parts[0] == "content":
            self.content("/".join(parts[1:3]), "/".join(parts[3:]))
        elif parts[:2] == ["api", "models"]:
            self.search(query) if len(parts) == 2 else self.model(parts[2:], query)
        elif parts[:2] == ["api", "datasets"]:
            self.dataset(parts[2:], query)
        elif (parts := parts[parts[0] == "datasets" :])[2:3] == ["resolve"]:
            self.resolve("/".join(parts[:2]), parts[3], "/".join(parts[4:]))
        else:  # the client asks also for what has nothing to do with models
            self.refuse(404, "NotFound")

    def search(self, query: dict[str, list[str]]) -> None:
        text, tags = query.get("search", [""])[0].lower(), set(query.get("filter", ()))
        found = [
            repository.summary(name)
            for name, repository in self.hub.repositories.items()
            if text in name.lower() and tags <= set(repository.tags)
        ]
        self.reply(200, {}, json.dumps(found).encode())

    def model(self, parts: list[str], query: dict[str, list[str]]) -> None:
        name, revision = "/".join(parts[:2]), "/".join(parts[3:]) or "main"
        if repository := self.found(name, revision):
            self.reply(200, {}, json.dumps(repository.info(name, blobs="blobs" in query)).encode())

    def dataset(self, parts: list[str], query: dict[str, list[str]]) -> None:
        """What is asked of a dataset beside its content: all about it, its files, or certain of them."""
        about = parts[2] if len(parts) > 2 else "revision"
        if about == "revision":
            self.model(parts, query)
        elif repository := self.found("/".join(parts[:2]), parts[3]):
            entries = repository.entries()
            if about == "tree":
                folder, deep = "/".join(parts[4:]) or ".", query.get("recursive") == ["true"]
                paths = [path for path in entries if _is_in(folder, PurePosixPath(path), deep=deep)]
            else:
                length = int(self.headers["Content-Length"])
                paths = parse_qs(self.rfile.read(length).decode()).get("paths", [])
            found = [entries[path] for path in paths if path in entries]
            self.reply(200, {}, json.dumps(found).encode())

    def found(self, name: str, revision: str) -> FakeRepository | None:
        repository = self.hub.repositories.get(name)
        if repository is None:
            self.refuse(401, "RepoNotFound")
        elif revision not in ("main", repository.commit):
            self.refuse(404, "RevisionNotFound")
            repository = None
        return repository

    def resolve(self, name: str, revision: str, path: str) -> None:
        repository = self.found(name, revision)
        if repository is None:
            return
        commit = {"X-Repo-Commit": repository.commit}
        if repository.gated and self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.refuse(401, "GatedRepo", commit)
        elif repository.missing or path not in repository.files:
            self.refuse(404, "EntryNotFound", commit)
        else:
            port = urlsplit(self.hub.endpoint).port
            linked = {
                "Location": f"http://localhost:{port}/content/{name}/{path}",
                "X-Linked-ETag": f'"{repository.digest(path)}"',
                "X-Linked-Size": str(len(repository.content(path))),
            }
            self.reply(302, commit | linked, b"")

    def content(self, name: str, path: str) -> None:
        repository = self.hub.repositories[name]
        if repository.gone:
            self.close_connection = True
            return
        data = repository.content(path)
        wanted, _, last = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
        first, end = int(wanted), min(int(last) + 1, len(data)) if last else len(data)
        headers = {"Accept-Ranges": "bytes", "ETag": f'"{repository.digest(path)}"'}
        partial = first > 0 or end < len(data)
        if partial:
            headers["Content-Range"] = f"bytes {first}-{end - 1}/{len(data)}"
        sent = end
        if repository.cuts:
            repository.cuts -= 1
            sent = (first + end) // 2
        self.reply(206 if partial else 200, headers, data[first:sent], length=end - first)
        if sent < end:
            self.close_connection = True

    def refuse(self, status: int, code: str, headers: Mapping[str, str] | None = None) -> None:
        self.reply(status, {"X-Error-Code": code, "X-Error-Message": code, **(headers or {})}, b"{}")

    def reply(
        self, status: int, headers: Mapping[str, str], body: bytes, *, length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Length": str(len(body) if length is None else length),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            for start in range(0, len(body), CHUNK):
                self.wfile.write(body[start : start + CHUNK])

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing; what is asked is in the hub's list."""


def _is_in(folder: str, path: PurePosixPath, *, deep: bool) -> bool:
    return folder == str(path.parent) or (deep and folder in map(str, path.parents))


@contextmanager
def loopback_hub() -> Iterator[LoopbackHub]:
    """A hub without repositories, for as long as it is needed."""
    hub = LoopbackHub("")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, hub)) as server:
        hub.endpoint = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield hub
        server.shutdown()
