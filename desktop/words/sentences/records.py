"""Sentences about the values of records, forms, and taking back."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "value.name_empty": ("Write a name, even a part of it.",),
    "value.unknown_field": ("This program does not know this question.",),
    "value.not_text": ("Write words here.",),
    "value.not_a_choice": ("Choose one of the answers.",),
    "value.not_a_list": ("Choose any of the answers.",),
    "value.not_a_date": ("Write a day, a month or a year that exists.",),
    "value.in_future": ("This day has not come yet.",),
    "value.birth_impossible": ("Nobody is that old.",),
    "value.not_a_number": ("Write a number.",),
    "value.out_of_range": ("Write a number from {least} to {most}.",),
    "value.not_a_record": ("This is not somebody on our lists.",),
    "value.too_long": ("This is longer than {most} letters.",),
    "value.phone_doubtful": ("This looks short for a telephone number. Leave it if it is right.",),
    "values.wrong": ("{count} of the answers cannot be right.", "Nothing was saved.", "Look at the lines below the answers."),
    "form.problems": ("{count} answers are missing or cannot be right.", "The form is kept as it is.", "Look at the first of them."),
    "form.unknown": ("There is no form of this name here.", "", "Look at the list of forms."),
    "form.bad_answers": (
        "These answers do not fit the form: {reason}, at {path}.", "Nothing was saved.", "Mend the answers and try again.",
    ),
    "answer.required": ("This answer is needed. If there is none, say why.",),
    "answer.constraint": ("This answer cannot be right.",),
    "answer.bad_value": ("This does not fit the question.",),
    "talk.empty": ("Nothing was written.", "Nothing was saved.", "Write what they said, or choose the next time to talk."),
    "code.mistyped": (
        "This is not one of our numbers.", "A number has eight letters and digits. One of them may be mistyped.", "Compare it with the paper.",
    ),
    "card.words_differ": (
        "The twelve words are not the same.", "Nothing was trusted.", "Read the words to each other again. If they still differ, stop.",
    ),
    "note.empty": ("Nothing was written.", "Nothing was saved.", "Write the note."),
    "step.empty": ("Nothing was written.", "Nothing was saved.", "Write what is to be done."),
    "carer.unknown": ("No volunteer of this laptop has this name.", "Nothing was saved.", "Choose somebody from the list of volunteers."),
    "views.taken": (
        "You have another view of this name.", "It shows other people. Nothing was kept.",
        "Press “Keep” once more to put this one in its place, or write another name.",
    ),
    "views.gone": ("This view is not kept any more.", "Nothing was kept.", "Keep it again under the new name."),
    "views.full": ("You keep {most} views already.", "Nothing was kept.", "Forget one of them first."),
    "person.originals_here": (
        "An original paper of theirs is with us.", "Nobody was taken off the list: the paper would be out of sight.",
        "Give it back, or write where it is on the tab Papers, then try again.",
    ),
    "undo.nothing": ("There is nothing to take back.", "Only what you saved since you unlocked can be taken back."),
    "settle.nothing": ("There are no two answers to settle here.", "Somebody may have settled them already."),
}
