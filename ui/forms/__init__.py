"""Forms as native widgets: `filling` holds a form while it is filled and keeps its draft, `entries` has one class for each kind of
question, `question` puts label, entry and what is wrong together, `sheet` lays a whole form or section out."""
