"""Papers as the window asks for them: from a real vault, with real records."""

from __future__ import annotations

import ast
import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import desktop.paper
from desktop.domain import codes
from desktop.domain.births import Birth
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.forms.filled import FilledForm
from desktop.forms.shipped import definition
from desktop.services import intake, papers, people, stick
from desktop.services.session import Session
from desktop.words.catalogue import known, translate_in
from desktop.words.errors import table
from desktop.words.sentences import paper as sentences
from tests.desktop.paper import models
from tests.desktop.paper.test_documents import DOCUMENTS, decoded, printed, streams
from tests.desktop.paper.test_text import copied
from tests.desktop.services.conftest import made_vault, session, sign_in  # noqa: F401

NAMES = ("ကျော်စွာလင်းထက်", "နော်ဖောမူးသန်း", "Zeyar Phyo")


@pytest.fixture
def family(session: Session) -> list[RecordId]:  # noqa: F811
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        home = save.create("household", {"code": codes.new(), "arrived": "2026-11-20T09:30", "child_without_parents": "no"})
        people_ = [
            save.create("person", {
                "code": codes.new(), "household": home.text(), "state": "here", "arrived": "2026-11-20T09:30", "name": name,
                "sex": "woman" if at == 1 else "man", "relationship": ("focal", "wife", "son")[at], "need_food": "observed",
                "need_pregnant": "self_reported", "birth": Birth("year", str(1990 + at * 15)).value(),
            })
            for at, name in enumerate(NAMES)
        ]
        save.set(home, {"focal": people_[0].text()})
        save.create("left_behind", {"household": home.text(), "name": "Hidden Name", "relationship": "mother", "area": "Hidden Place"})
    return people_


def test_the_slip_carries_the_code_and_no_name(session: Session, family: list[RecordId]) -> None:  # noqa: F811
    paper = papers.make(session, document=papers.ARRIVAL_SLIP, person=family[0])
    code = people.page(session, person=family[0]).row.code
    assert (paper.pages, paper.copy, paper.title, paper.document.carry) == (1, 1, "C1", "carried")
    assert decoded(paper.pdf) == [[code.encode()] * 2]
    raw = streams(paper.pdf)
    for name in (*NAMES, session.site, session.volunteer):
        assert name not in copied(paper.pdf)
        for form in (name.encode(), name.encode("utf-16-be"), name.encode("utf-16-be").hex().upper().encode()):
            assert form not in raw


def test_prints_are_counted_and_cannot_be_taken_back(session: Session, family: list[RecordId]) -> None:  # noqa: F811
    first = papers.make(session, document=papers.ARRIVAL_SLIP, person=family[0])
    changes = papers.note_printed(session, paper=first, person=family[0])
    assert "paper" in changes.kinds
    assert family[0] in changes.records
    again = papers.make(session, document=papers.ARRIVAL_SLIP, person=family[0])
    assert again.copy == 2
    assert "Copy number 2" in copied(again.pdf)
    papers.note_printed(session, paper=again, person=family[0], saved=True)
    assert papers.printed(session, document=papers.ARRIVAL_SLIP, person=family[0]) == 2
    assert papers.printed(session, document=papers.ARRIVAL_SLIP, person=family[1]) == 0
    assert [(name, copies) for name, _, copies in people.page(session, person=family[0]).printed] == [(papers.ARRIVAL_SLIP, 2)]
    assert [act.code for act in session.acts] == ["arrival"]


def test_several_copies_at_once_are_all_counted(session: Session, family: list[RecordId]) -> None:  # noqa: F811
    paper = papers.make(session, document=papers.CONSENT, person=family[0])
    papers.note_printed(session, paper=paper, person=family[0], copies=3)
    assert papers.make(session, document=papers.CONSENT, person=family[0]).copy == 4
    assert people.page(session, person=family[0]).printed[0][2] == 3
    site = papers.site_card(session)
    papers.note_printed(session, paper=site, person=None, copies=2)
    assert papers.site_card(session).copy == 3


@pytest.mark.parametrize("said", [True, 0, -4, "many", 10**12, None])
def test_a_count_that_another_site_made_up_harms_nothing(said: object) -> None:
    assert 1 <= papers.copies_of({"copies": said}) <= 99


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")
def test_a_file_that_was_there_before_is_for_us_alone_too(session: Session, family: list[RecordId], tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "list.pdf"
    path.write_bytes(b"old")
    path.chmod(0o664)
    papers.save_as(session, paper=papers.make(session, document=papers.HOUSEHOLD_LIST, person=family[0]), path=path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_those_who_only_read_save_nothing(
    sign_in: Callable[[Role], Session], family: list[RecordId], tmp_path: Path,  # noqa: F811
) -> None:
    observer = sign_in(Role.OBSERVER)
    path = tmp_path / "list.pdf"
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        papers.save_as(observer, paper=papers.make(observer, document=papers.HOUSEHOLD_LIST, person=family[0]), path=path)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        papers.save_as(observer, paper=papers.site_card(observer), path=path)
    assert not path.exists()


def test_the_household_list_is_that_of_the_person(session: Session, family: list[RecordId]) -> None:  # noqa: F811
    slip = papers.make(session, document=papers.ARRIVAL_SLIP, person=family[1])
    papers.note_printed(session, paper=slip, person=family[1])
    paper = papers.make(session, document=papers.HOUSEHOLD_LIST, person=family[2])
    text = copied(paper.pdf)
    for shown in (*NAMES, "Wife", "ဇနီး", "Mother", "Food", "20 Nov 2026"):
        assert shown in text
    for hidden in ("Hidden Name", "Hidden Place", "Pregnant", "ကိုယ်ဝန်"):
        assert hidden not in text
    assert text.index(NAMES[0]) < text.index(NAMES[1])
    papers.note_printed(session, paper=paper, person=family[2])
    assert papers.printed(session, document=papers.HOUSEHOLD_LIST, person=family[0]) == 1


def test_a_person_alone_has_a_list_too(session: Session) -> None:  # noqa: F811
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        person = save.create("person", {"code": codes.new(), "name": models.LONG_MY, "state": "here"})
    assert models.LONG_MY in copied(papers.make(session, document=papers.HOUSEHOLD_LIST, person=person).pdf).replace(" ", "")


def test_a_form_nobody_began_is_not_printed(session: Session, family: list[RecordId]) -> None:  # noqa: F811
    with pytest.raises(UserError, match=r"paper\.nothing_to_show"):
        papers.make(session, document=papers.REGISTRATION_FILLED, person=family[0])


def test_a_begun_form_is_printed(session: Session, family: list[RecordId], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    form = FilledForm(definition("registration"))
    assert form.set("/data/names/name", NAMES[0]) == ""
    page = people.page(session, person=family[0])
    row = people.Submission(family[0], intake.REGISTRATION, "Registration", form.version, 1, 10, "2026-11-21T10:00", session.author)
    monkeypatch.setattr(people, "page", lambda session, *, person: replace(page, submissions=(row,)))
    monkeypatch.setattr(
        intake, "saved_registration", lambda session, *, person, language: intake.Open("d", form, frozenset(), person, 0),
    )
    paper = papers.make(session, document=papers.REGISTRATION_FILLED, person=family[0], paper_size="Letter")
    text = copied(paper.pdf)
    assert paper.pages > 1
    assert NAMES[0] in text
    assert "Registered by" in text
    assert session.volunteer not in text


def test_refusals(session: Session) -> None:  # noqa: F811
    with pytest.raises(UserError, match=r"paper\.no_person"):
        papers.make(session, document=papers.ARRIVAL_SLIP)
    with pytest.raises(UserError, match=r"paper\.needs_code"):
        papers.make(session, document=papers.RECOVERY_SHEET)
    with pytest.raises(UserError, match=r"record\.missing"):
        papers.make(session, document=papers.ARRIVAL_SLIP, person=RecordId(b"\1" * 32, 7))


def test_those_who_only_read_cannot_count_a_print(
    sign_in: Callable[[Role], Session], family: list[RecordId],  # noqa: F811
) -> None:
    observer = sign_in(Role.OBSERVER)
    paper = papers.make(observer, document=papers.ARRIVAL_SLIP, person=family[0])
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        papers.note_printed(observer, paper=paper, person=family[0])


def test_the_site_card_holds_the_card(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    card = stick.SiteCard("Riverside", models.WORDS, b"%69 VD92EX0" * 12)
    monkeypatch.setattr(stick, "my_card", lambda session: card)
    paper = papers.make(session, document=papers.SITE_CARD)
    assert decoded(paper.pdf) == [[card.data]]
    assert "Riverside" in copied(paper.pdf)
    papers.note_printed(session, paper=paper, person=None)
    assert papers.site_card(session, paper_size="Letter").copy == 2


def test_the_recovery_sheet_needs_no_vault() -> None:
    code = models.recoveries()["usual"].code
    dashed = "-".join(code[at:at + 4] for at in range(0, 32, 4))
    paper = papers.recovery_sheet(code=dashed)
    assert decoded(paper.pdf) == [[code.encode()]]
    assert all(code[at:at + 4] in copied(paper.pdf) for at in range(0, 32, 4))
    wide, high, data = papers.picture(paper, page=0, dpi=40)
    assert len(data) == wide * high * 3


def test_saving_is_for_the_owner_alone_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = papers.recovery_sheet(code=models.recoveries()["usual"].code)
    target = tmp_path / "sheet.pdf"
    papers.save_as(None, paper=paper, path=target)
    assert target.read_bytes() == paper.pdf
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownFault, match=r"disk\.full"):
        papers.save_as(None, paper=paper, path=tmp_path / "other.pdf")
    assert not (tmp_path / "other.pdf").exists()


def test_every_document_is_listed_once_with_its_words_in_burmese() -> None:
    listed = papers.documents()
    assert len({one.code for one in listed}) == len({one.form_id for one in listed}) == len(listed) == 18
    named = {papers.REGISTRATION_FILLED, papers.HOUSEHOLD_LIST, papers.FILLED_FORM}
    for one in listed:
        assert one.shows
        assert one.hides
        assert one.names_people == (one.code in named)
        assert not one.may_show or one.carry == "carried"
        assert all(known(text, "my") for text in (*one.shows, *one.hides))


def test_every_printed_word_is_in_the_catalogue() -> None:
    from desktop.paper.words import pair

    folders = [Path(desktop.paper.__file__).parent, Path(papers.__file__).parent]
    english = {
        node.args[0].value
        for source in (path for folder in folders for path in folder.rglob("*.py"))
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "pair" and node.args
        and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    assert len(english) > 50
    assert [text for text in sorted(english) if pair(text).one] == []


def test_every_word_that_documents_ask_for_is_in_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.paper import words

    missing = set()

    def watched(area: str, text: str, language: str) -> str:
        found = translate_in(area, text, language)
        if found == text:
            missing.add(text)
        return found

    monkeypatch.setattr(words, "translate_in", watched)
    words.pair.cache_clear()
    for name, (_, found) in DOCUMENTS.items():
        for which in found:
            printed(name, which)
    assert missing == set()


def test_every_code_has_its_sentence_in_burmese() -> None:
    for code, words in sentences.SENTENCES.items():
        assert code in table()
        assert all(known(text, "my") for text in words if text)


def test_importing_the_service_loads_no_drawing() -> None:
    script = "import sys, desktop.services.papers; print([m for m in ('reportlab', 'uharfbuzz', 'pypdfium2', 'zxingcpp') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_place_that_is_gone_is_named_as_such(tmp_path: Path) -> None:
    paper = papers.recovery_sheet(code="0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    for place in (tmp_path / "gone" / "page.pdf", tmp_path):
        with pytest.raises(KnownFault, match=r"paper\.no_place"):
            papers.save_as(None, paper=paper, path=place)
