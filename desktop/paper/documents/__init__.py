"""The documents: a plain model in, pages out. Each module has ``draw(paper, model)``, so that many can be drawn into one file."""
