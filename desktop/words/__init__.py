"""Words for people: the catalogue of translations, names of fields and choices, and the sentences for errors."""
