"""What an installation takes on disk, by package: the bare one, and what each extra adds to it.

Read from the environment in which it runs; packages that are not installed there are left out. With WHEEL
also what stands in that wheel, by the kind of file.

    python -m benchmarks.sizes [WHEEL] [--at-least MB]
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.machine import circumstances

PROJECT = "tinyv-cli"
EXTRAS = ("", "model", "test")
MEGABYTE = 1e6


def required(name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]) -> Iterator[str]:
    """The installed packages that a package needs with these of its extras, itself among them."""
    if (name, extras) in seen:
        return
    seen.add((name, extras))
    try:
        requirements = distribution(name).requires or []
    except PackageNotFoundError:
        return
    yield name
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in extras | {""}
        ):
            yield from required(canonicalize_name(requirement.name), frozenset(requirement.extras), seen)


def size(name: str) -> int:
    """Bytes of the files that came with a package, with what Python compiled of them."""
    files = distribution(name).files or []
    return sum(path.stat().st_size for file in files if (path := Path(str(file.locate()))).is_file())


def parts(wheel: Path) -> Counter[str]:
    """Bytes of a wheel's files, as they are packed, by their extension."""
    packed: Counter[str] = Counter()
    with ZipFile(wheel) as archive:
        for file in archive.infolist():
            packed[PurePosixPath(file.filename).suffix or "other"] += file.compress_size
    return packed


def tell(title: str, sizes: Iterable[tuple[str, int]], *, at_least: float) -> None:
    """A Markdown table, the largest first; what is smaller than `at_least` megabytes is one line."""
    ordered = sorted(sizes, key=lambda each: each[1], reverse=True)
    small = [count for _, count in ordered if count < at_least * MEGABYTE]
    print(f"\n| {title} | MB |\n|---|--:|")
    for name, count in ordered[: len(ordered) - len(small)]:
        print(f"| {name} | {count / MEGABYTE:,.1f} |")
    if small:
        print(f"| {len(small)} smaller ones | {sum(small) / MEGABYTE:,.1f} |")
    print(f"| **all** | **{sum(count for _, count in ordered) / MEGABYTE:,.1f}** |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("wheel", nargs="?", type=Path)
    parser.add_argument("--at-least", type=float, default=2.0, help="megabytes of a package to be named")
    arguments = parser.parse_args()
    print(circumstances())
    known: set[str] = set()
    for extra in EXTRAS:
        needed = {*required(PROJECT, frozenset({extra} - {""}), set())} - known
        known |= needed
        title = f"what [{extra}] adds" if extra else "bare installation"
        tell(title, ((name, size(name)) for name in needed), at_least=arguments.at_least)
    if arguments.wheel is not None:
        tell(f"{arguments.wheel.name}", parts(arguments.wheel).items(), at_least=0.05)


if __name__ == "__main__":
    main()
