"""Key slots, encrypted databases and volunteers."""
