"""Records as forms in the window: the same editor for people, those left behind, health and contacts."""
