"""What kind of file it is, judged by its content and never by its name."""

from __future__ import annotations

import csv
import re
import zipfile
from io import BytesIO

from desktop.forms.importing.refused import Refused

MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
MOST_MEMBERS = 5000
_TIMES = 400
"""Sheets shrink to a tenth, at the very best to a hundredth; what shrinks more was made to fill a memory."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_REMARK = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TEXT_CODES = ("utf-8", "cp1252")


def kind_of(content: bytes) -> str:
    """``xlsx``, ``xls``, ``csv``, ``md`` or ``xform``. Refused with the reason if it is none of these or nobody should open it."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Refused("import.empty_file")
    if len(content) > MOST_BYTES:
        raise Refused("import.too_big", most=MOST_BYTES // 2**20)
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(_OLE):
        if _LOCKED in content:
            raise Refused("import.locked")
        return "xls"
    if content[:4] in (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00") or content[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04"):
        return "xls"  # the older books without a folder around them
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"{\\rtf")):
        raise Refused("import.not_a_form")
    return _written(text_of(content))


def text_of(content: bytes) -> str:
    """The text of a text file, whatever wrote it: UTF-8 with or without its mark, UTF-16, Windows-1252. Refused if it is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes: tuple[str, ...] = ("utf-16",)
    elif content[1:2] == b"\x00" and content[:1] != b"\x00":
        codes = ("utf-16-le",)
    elif content[:1] == b"\x00":
        codes = ("utf-16-be",)
    else:
        codes = _TEXT_CODES
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff")
    raise Refused("import.not_a_form")


def _written(text: str) -> str:
    """The kind of a text."""
    place = 0
    while remark := _REMARK.match(text, place):
        place = remark.end()
    start = text[place:].lstrip()
    if _WEB_PAGE.match(start):
        raise Refused("import.web_page")
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start[:4000]:
            raise Refused("import.other_workbook")
        return "xform"
    lines = [line for line in start.splitlines()[:200] if line.strip()]
    if sum(line.lstrip().startswith("|") for line in lines) * 2 > len(lines):
        return "md"
    if any(mark in start[:5000] for mark in ",;\t"):
        return "csv"
    raise Refused("import.not_a_form")


def delimiter_of(text: str) -> str:
    """What parts the cells of a csv: the sign that most of the first lines hold most often."""
    lines = list(csv.reader(text[:20000].splitlines()[:50], delimiter="\x1f"))
    whole = "\n".join(cell for line in lines for cell in line)
    return max(",;\t", key=whole.count)


def _packed(content: bytes) -> str:
    """The kind of a packed file; nothing in it is unpacked beyond its beginning."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            _bounded(members, len(content))
            if any(member.flag_bits & 1 for member in members):
                raise Refused("import.locked")
            if "xl/workbook.bin" in names or "content.xml" in names:
                raise Refused("import.other_workbook")
            if not any(name.lower().endswith("workbook.xml") for name in names):
                raise Refused("import.not_a_form")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _harmless(archive, member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, NotImplementedError, EOFError, ValueError, RuntimeError, IndexError):
        raise Refused("import.damaged") from None
    except Exception as error:  # the unpacker of a broken member fails with an error of its own (zlib, lzma)
        if isinstance(error, Refused):
            raise
        raise Refused("import.damaged") from None
    return "xlsx"


def _bounded(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > max(packed, 20000) * _TIMES:
        raise Refused("import.bomb", most=MOST_UNPACKED // 2**20)


def _harmless(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Workbooks hold no declarations of their own: those that do were made to harm."""
    with archive.open(member) as stream:
        start = stream.read(65536)
    if _DOCTYPE.search(start.replace(b"\x00", b"")):
        raise Refused("import.hostile")
