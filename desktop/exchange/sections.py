"""The part of a bundle that carries one folder's entries: what the writer has, and pieces of chains (docs/BUNDLE.md §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.errors import KnownFault
from desktop.domain.folders import Folder
from desktop.exchange.packing import MAX_BODY, pack, unpack
from desktop.exchange.sealing import seal
from desktop.exchange.signed import Part, count, expect
from desktop.journal.chains import Chain, decode_chains, encode_chains
from desktop.journal.codec import Damaged

KIND = "entries"
MAX_DEVICES = 1 << 14
_CUT_AT = MAX_BODY // 2  # of blocks in one part
_PIECE_OVERHEAD = 1 << 11  # more than a piece needs beside its block


@dataclass(frozen=True)
class Section:
    """`versions`: the newest number the writer has of each device. `chains`: the pieces it gives."""

    folder: Folder
    versions: dict[bytes, int]
    chains: tuple[Chain, ...]


def folder_of(part: Part, kind: str = KIND) -> Folder | None:
    """The folder that a part of this kind belongs to; None for parts of other kinds and for folders that this program does not know."""
    return next((folder for folder in Folder if part.kind == kind and folder.value == part.folder), None)


def parts(folder: Folder, versions: Mapping[bytes, int], chains: Iterable[Chain], keys: Sequence[bytes]) -> Iterator[Part]:
    """The section as parts sealed to `keys` (dummies included): at least one, none with more than a reader takes."""
    held: list[Chain] = []
    length = 0
    for chain in chains:
        size = len(chain.block) + _PIECE_OVERHEAD
        if held and length + size > _CUT_AT:
            yield _part(folder, versions, held, keys)
            held, length = [], 0
        held.append(chain)
        length += size
    yield _part(folder, versions, held, keys)


def _part(folder: Folder, versions: Mapping[bytes, int], chains: list[Chain], keys: Sequence[bytes]) -> Part:
    changes = sum(chain.count for chain in chains)
    return Part(KIND, folder.value, changes, tuple(keys), seal(pack({"versions": dict(versions)}, encode_chains(chains)), keys))


def decode(folder: Folder, plain: bytes) -> Section:
    """The section in the opened part; its pieces prove themselves when the journal takes them. KnownFault: bundle.damaged,
    bundle.too_big."""
    told, body = unpack(plain)
    expect(set(told) == {"versions"} and isinstance(told["versions"], dict))
    count(len(told["versions"]), MAX_DEVICES)
    for device, seq in told["versions"].items():
        expect(type(device) is bytes and len(device) == 32 and count(seq) > 0)
    try:
        return Section(folder, told["versions"], tuple(decode_chains(body)))
    except Damaged:
        raise KnownFault("bundle.damaged") from None


def beyond(chain: Chain, have: Mapping[bytes, int]) -> int:
    """How many entries of a piece are not had yet."""
    return max(0, chain.last - max(chain.first - 1, have.get(chain.device, 0)))


def covered(chain: Chain, by: Iterable[Chain]) -> bool:
    """True if all of a piece is in these together; those of one device follow each other without gaps."""
    same = [other for other in by if other.device == chain.device]
    return bool(same) and min(one.first for one in same) <= chain.first and max(one.last for one in same) >= chain.last
