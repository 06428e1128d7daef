"""Questions and answers of a filled form in words: for lists, histories and decisions."""

from __future__ import annotations

from desktop.domain.values import Silence
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm, Node
from desktop.services.form_answers import plain, value_of
from desktop.services.form_words import plain as without_marks
from desktop.words.catalogue import translate
from desktop.words.labels import date_text, digits_text, silence_label

_DATED = ("date", "datetime")
_LISTS = ("select_one", "select_multiple", "rank")


class Questions:
    """The words of one filled form in the language it speaks now. Paths may hold names or numbers of instances."""

    def __init__(self, form: FilledForm, language: str) -> None:
        self._form = form
        self._language = language

    def node(self, path: str) -> Node | None:
        """The node at a path; of an instance that is not there any more, the same node in another one."""
        for way in (path, plain(path)):
            try:
                return self._form.node(way)
            except KeyError:
                continue
        return None

    @property
    def definition(self) -> Definition:
        """The form that is spoken of."""
        return self._form.definition

    def title(self, path: str) -> str:
        """The question's words; its name if it has none."""
        node = self.node(path)
        return (without_marks(node.label or node.hint) if node else "") or plain(path).rpartition("/")[2]

    def label(self, path: str) -> str:
        """The question's words; in a repeat with the number of the instance behind."""
        numbers = self.numbers(path)
        return f"{self.title(path)} ({digits_text(numbers, self._language)})" if numbers else self.title(path)

    def numbers(self, path: str) -> str:
        """The numbers of the instances that a path is in, the outermost first; a dash for one that is not there."""
        if "[" not in path:
            return ""
        try:
            numbered = self._form.numbered(path)
        except KeyError:
            return "–"
        return ", ".join(step.partition("[")[2].rstrip("]") for step in numbered.split("/") if "[" in step)

    def choices(self, path: str) -> tuple[tuple[str, str], ...]:
        """(name, words) of the choices on offer."""
        node = self.node(path)
        return tuple((choice.name, without_marks(choice.label) or choice.name) for choice in node.choices) if node else ()

    def words(self, path: str, text: str) -> str:
        """An answer as a person reads it; "" for none."""
        value = value_of(text)
        if isinstance(value, Silence):
            return silence_label(value, self._language)
        node = self.node(path)
        if not text or node is None:
            return text
        if node.type in _LISTS:
            known = dict(self.choices(path))
            chosen = [text] if node.type == "select_one" else text.split()
            return ("၊ " if self._language == "my" else ", ").join(known.get(name, name) for name in chosen)
        if node.type == "file":
            return translate("A kept file", self._language)
        if node.type == "acknowledge":
            return translate("Yes", self._language)
        return date_text(text, self._language) if node.type in _DATED else text
