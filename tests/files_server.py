"""A web server for a folder that sends parts of a file when asked to, as those do that keep datasets."""

from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

REFUSED = {"/forbidden.jsonl": HTTPStatus.FORBIDDEN, "/broken.jsonl": HTTPStatus.INTERNAL_SERVER_ERROR}


class FilesHandler(SimpleHTTPRequestHandler):
    """One request for a file, or for a range of its bytes."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = Path(self.translate_path(path))
        if path in REFUSED or not file.is_file():
            self.answer(REFUSED.get(path, HTTPStatus.NOT_FOUND), b"")
            return
        data, wanted = file.read_bytes(), self.headers.get("Range")
        if wanted is None:
            self.answer(HTTPStatus.OK, data)
        else:
            first, _, last = wanted.removeprefix("bytes=").partition("-")
            part = data[int(first) : int(last) + 1 if last else None]
            span = f"bytes {first}-{int(first) + len(part) - 1}/{len(data)}"
            self.answer(HTTPStatus.PARTIAL_CONTENT, part, span)

    def answer(self, status: HTTPStatus, body: bytes, span: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(body)))
        if span is not None:
            self.send_header("Content-Range", span)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""
