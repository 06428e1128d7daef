"""XPath 1.0 with the functions of ODK, compiled to Python closures.

Where engines differ it behaves as JavaRosa: nodes that are not relevant drop out of node-sets, a node-set without nodes compares as
blank text, one node counts as its value, absolute paths inside a repeat mean this instance, dates compare as numbers.
"""
