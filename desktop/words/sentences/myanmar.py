"""Sentences for Burmese text and for numbers of citizenship cards."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "text.not_utf8": ("The file is not text in UTF-8.", "Nothing of it was read.", "Save it as UTF-8 and try again."),
    "nrc.state": ("The first number of a card is 1 to 14. Leave it if the card says so.",),
    "nrc.code": ("The letters of this township are not in our list. Leave them if the card says so.",),
    "nrc.several": ("These letters can mean more than one township: {codes}. Choose one, or leave it.",),
    "nrc.letter": ("The letter in the brackets is not one we know. Leave it if the card says so.",),
    "nrc.digits": ("Most cards have six digits. This one has {count}. Leave it if the card says so.",),
}
