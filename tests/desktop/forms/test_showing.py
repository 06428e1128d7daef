"""What the window and the paper read from a form to show it."""

from __future__ import annotations

from decimal import Decimal

from desktop.forms.compile import compile_workbook
from desktop.forms.filled import FilledForm, Node
from desktop.forms.loading import load
from desktop.forms.showing import language_of
from tests.desktop.forms.sheets import NOW, filled, form, table

SHOWN = """
| survey |
| | type | name | label::English (en) | label::Burmese (my) | hint::English (en) | guidance_hint::English (en) | appearance | parameters | media::image::English (en) |
| | range | scale | How much | ဘယ်လောက် | h | Ask twice | | start=1 end=10 step=0.5 | scale.png |
| | image | photo | Photo | ဓာတ်ပုံ | | | signature | max-pixels=1000 | |
| | audio | sound | Sound | အသံ | | | | | |
| | text | code | Code | ကုဒ် | | | Numbers w4 | rows=4 | |
| | geopoint | place | Place | နေရာ | | | placement-map | capture-accuracy=2.5 warning-accuracy=5 | |
| | select_one water | water | Water | ရေ | | | | | |
| choices |
| | list_name | name | label::English (en) | label::Burmese (my) | media::image::English (en) | media::audio::English (en) |
| | water | well | Well | ရေတွင်း | well.png | well.mp3 |
| | water | river | River | မြစ် | | |
"""


def shown(language: str = "en") -> FilledForm:
    return FilledForm(load(compile_workbook(SHOWN).xml), language=language, now=NOW)


def test_a_range_tells_its_ends_its_step_and_what_it_stores() -> None:
    node = shown().node("/data/scale")
    assert (node.type, node.data_type) == ("range", "decimal")
    assert (node.widget.start, node.widget.end, node.widget.step) == (Decimal(1), Decimal(10), Decimal("0.5"))
    assert (node.hint, node.guidance, node.media.image) == ("h", "Ask twice", "scale.png")


def test_uploads_texts_and_places_tell_what_they_take() -> None:
    form = shown()
    photo, sound, code, place = (form.node(f"/data/{name}") for name in ("photo", "sound", "code", "place"))
    assert (photo.widget.media_type, photo.widget.max_pixels, sound.widget.media_type) == ("image/*", 1000, "audio/*")
    assert "signature" in photo.appearance
    assert (code.widget.rows, code.appearance) == (4, frozenset({"numbers", "w4"}))
    assert (place.widget.accuracy_threshold, place.widget.unacceptable_accuracy) == (Decimal("2.5"), Decimal(5))


def test_choices_have_pictures_and_sound_in_every_language_that_has_none_of_its_own() -> None:
    for language, label in (("en", "Well"), ("my", "ရေတွင်း"), ("Burmese (my)", "ရေတွင်း")):
        well, river = shown(language).node("/data/water").choices
        assert (well.label, well.media.image, well.media.audio) == (label, "well.png", "well.mp3")
        assert not river.media


def test_a_form_names_its_languages_and_the_files_it_wants() -> None:
    definition = shown().definition
    assert [(language.code, language.called) for language in definition.languages] == [("en", "English"), ("my", "မြန်မာ")]
    assert definition.media == ("well.png", "well.mp3", "scale.png")
    assert form(table("type | name | label", "text | a | A")).languages == ()


def test_languages_without_a_code_are_known_by_their_names() -> None:
    assert [language_of(name).code for name in ("Myanmar", "French", "fr", "default", "Karen (ksw)")] == ["my", "fr", "fr", "", "ksw"]
    assert language_of("Klingon").called == "Klingon"


def test_instances_have_names_that_stay_when_others_are_taken_out() -> None:
    form = filled(table("type | name | label", "begin repeat | kid | Kid", "text | name | Name", "end repeat | |"))
    for name in ("a", "b", "c"):
        path = "/data/kid[1]" if name == "a" else form.add("/data/kid")
        form.set(f"{path}/name", name)
    first, second, third = form.instance_names()["/data/kid"]
    assert len({first, second, third}) == 3
    assert form.named("/data/kid[3]/name") == f"/data/kid[{third}]/name"
    assert form.remove("/data/kid[2]") == ""
    assert form.instance_names()["/data/kid"] == (first, third)
    assert form.numbered(f"/data/kid[{third}]/name") == "/data/kid[2]/name"
    assert form.node(f"/data/kid[{third}]").instance == third
    again = FilledForm.from_state(form.definition, form.state(), now=NOW)
    assert again.instance_names() == form.instance_names()


def test_a_state_with_names_in_its_paths_is_taken() -> None:
    form = filled(table(
        "type | name | label", "begin repeat | house | House", "begin repeat | kid | Kid", "text | name | Name", "end repeat | |", "end repeat | |",
    ))
    state = {
        "instances": {"/data/house": ["kx", "ky"], "/data/house[ky]/kid": ["ka", "kb"], "/data/house[kx]/kid": []},
        "answers": {"/data/house[ky]/kid[kb]/name": "Mu", "/data/house[gone]/kid[ka]/name": "Paw"},
    }
    form = FilledForm.from_state(form.definition, state, now=NOW)
    assert form.node("/data/house[2]/kid[2]/name").value == "Mu"
    assert form.instance_names() == {"/data/house": ("kx", "ky"), "/data/house[1]/kid": (), "/data/house[2]/kid": ("ka", "kb")}
    answers = form.state()["answers"]
    assert isinstance(answers, dict)
    assert answers["/data/house[gone]/kid[ka]/name"] == "Paw"


def test_instances_that_are_counted_have_the_same_names_everywhere() -> None:
    survey = table(
        "type | name | label | repeat_count", "integer | n | N |", "begin repeat | kid | Kid | ${n}", "text | name | Name |", "end repeat | | |"
    )
    forms = [filled(survey), filled(survey)]
    for each in forms:
        each.set("/data/n", "2")
    assert forms[0].instance_names() == forms[1].instance_names() == {"/data/kid": ("n1", "n2")}


def test_a_long_list_beside_the_form_is_offered_and_any_text_is_taken() -> None:
    source = "\n".join((
        "| survey |",
        table("type | name | label | choice_filter", "text | state | State |", "select_one_external town | town | Town | state=${state}"),
        "| choices |", table("list_name | name | label", "x | x | X"),
        "| external_choices |", table("list_name | name | label | state", "town | a | A | mon"),
    ))
    compiled = compile_workbook(source).xml
    assert load(compiled).media == ("itemsets.csv",)
    rows = "list_name,name,label,label::Burmese (my),state\ntown,mud,Mudon,မုဒုံ,mon\ntown,hpa,\"Hpa-an, town\",ဘားအံ,kayin\n"
    form = FilledForm(load(compiled, {"itemsets.csv": b"\xef\xbb\xbf" + rows.encode()}), now=NOW)
    form.set("/data/state", "kayin")
    node = form.node("/data/town")
    assert (node.type, node.widget.listed) == ("text", True)
    assert [(choice.name, choice.label) for choice in node.choices] == [("hpa", "Hpa-an, town")]
    assert form.set("/data/town", "anything") == ""
    assert FilledForm(load(compiled), now=NOW).node("/data/town").choices == ()


def labels(node: Node) -> list[tuple[str, str]]:
    return [(choice.name, choice.label) for choice in node.choices]


def test_lists_in_companion_files_of_every_kind() -> None:
    lists = {"people.csv": b"name;label\nmu;Mu Mu\n", "p.xml": b"<root><item><name>x</name><label>X</label></item></root>", "g.geojson": b"""
        {"type":"FeatureCollection","features":[{"type":"Feature","id":"w1","properties":{"title":"Well","deep":true},
        "geometry":{"type":"Point","coordinates":[98.5,16.7]}}]}"""}
    source = "\n".join(("| survey |", table(
        "type | name | label | calculation", "select_one_from_file people.csv | a | A |", "select_one_from_file p.xml | b | B |",
        "select_one_from_file g.geojson | c | C |", "calculate | where | | instance('g')/root/item[id = ${c}]/geometry",
    ), "| choices |", table("list_name | name | label", "x | x | X")))
    compiled = compile_workbook(source).xml
    definition = load(compiled, lists)
    assert definition.media == ("people.csv", "p.xml", "g.geojson")
    form = FilledForm(definition, now=NOW)
    assert [labels(form.node(f"/data/{name}")) for name in "abc"] == [[("mu", "Mu Mu")], [("x", "X")], [("w1", "Well")]]
    assert form.set("/data/c", "w1") == ""
    assert form.node("/data/where").value == "16.7 98.5 0 0"
    spoiled = FilledForm(load(compiled, {"p.xml": b"<root", "g.geojson": b"[", "people.csv": b""}), now=NOW)
    assert [labels(spoiled.node(f"/data/{name}")) for name in "abc"] == [[], [], []]


def test_searched_choices_come_from_the_file_the_question_names() -> None:
    source = "\n".join((
        "| survey |",
        table("type | name | label | appearance", "text | part | Part |", "select_one f | f | F | minimal search('fruits', 'contains', 'nm', ${part})"),
        "| choices |", table("list_name | name | label", "f | key | nm"),
    ))
    compiled = compile_workbook(source).xml
    form = FilledForm(load(compiled, {"fruits.csv": b"key,nm\r\n1,mango\r\n2,lime\r\n"}), now=NOW)
    assert form.definition.media == ("fruits.csv",)
    form.set("/data/part", "im")
    assert labels(form.node("/data/f")) == [("2", "lime")]
    assert form.node("/data/f").appearance == frozenset({"minimal"})
