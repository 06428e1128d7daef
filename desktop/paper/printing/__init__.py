"""Straight to a printer, from memory: the words it speaks (IPP), the pictures it takes, and the one line to it."""
