"""The pages, one package each. They do not import each other: they meet in `ui.shell`."""
