"""The little markup that labels and notes of forms have: bold words, headings, lists, links. What goes beyond it is shown as plain words."""

from __future__ import annotations

import re
from html import escape, unescape

from PySide6.QtCore import Qt

from ui.theme import burmese
from ui.widgets.labels import Words

_TAG = re.compile(r"</?(?:span|b|i|em|strong|u|font|p|br|h[1-6]|a|center|small|big|ul|ol|li)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</p>|</h[1-6]>|</li>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]*([^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*[*+-][ \t]+(?=\S)", re.MULTILINE)
_BOLD = re.compile(r"(?<![\\\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])", re.DOTALL)
_SLANTED = re.compile(r"(?<![\\\w*_])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s\\])\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!~-])")
_ON, _OFF = "\ue000", "\ue001"


def _marked(text: str) -> str:
    """The words with bold between two private marks, everything else of the markup gone."""
    text = _TAG.sub("", _BREAK.sub("\n", text))
    if "<" not in text:
        text = unescape(text)
    text = _LINK.sub(lambda found: found[1] if found[1] == found[2] else f"{found[1]} ({found[2]})", text)
    text = _HEADING.sub(lambda found: f"{_ON}{found[1]}{_OFF}" if found[1] else "", text)
    text = _ITEM.sub("\u2022 ", text)
    text = _BOLD.sub(lambda found: f"{_ON}{found[2]}{_OFF}", text)
    text = _SLANTED.sub(lambda found: found[2], text)
    text = _ESCAPED.sub(lambda found: found[1], text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def plain(text: str) -> str:
    """The words without their markup, for lists, names and screen readers."""
    return _marked(text).replace(_ON, "").replace(_OFF, "") if _has_markup(text) else text


def _has_markup(text: str) -> bool:
    return any(mark in text for mark in ("*", "_", "#", "<", "[", "\\", "&", "\n-", "\n+")) or text.startswith(("-", "+"))


def say(label: Words, text: str) -> None:
    """Show a text of a form in a label, bold where the form wants it. Burmese stays plain: its lines are broken by ourselves."""
    marked = _marked(text) if _has_markup(text) else text
    words = marked.replace(_ON, "").replace(_OFF, "")
    if words == marked or burmese.is_burmese(marked):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(words)
        return
    html = escape(marked, quote=False).replace(_ON, "<b>").replace(_OFF, "</b>").replace("\n", "<br>")
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(html)
    label.setAccessibleName(words)
