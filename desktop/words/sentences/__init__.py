"""One module for each area: ``SENTENCES = {"code": ("what happened", "what it means", "what to do")}``."""
