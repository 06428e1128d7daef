"""Text layer, page furniture and documents."""
