"""Pages that come back from the pen: opened, found by their code, straightened, and their boxes looked into. In memory only."""
