"""The look: tokens, fonts, palette, icons, and what widgets and delegates paint with."""
