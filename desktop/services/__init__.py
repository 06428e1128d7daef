"""One function per thing a person does: the whole surface that the window and the command line may call.

Every function takes a `Session` (an opened vault and the volunteer who opened it) and keyword arguments, and runs in one
transaction. Changes come back as `Changes`; reads come back as frozen dataclasses. All of them are called on the one thread
that owns the vault.
"""
