"""Before the vault is open: unlock, recover, and the first run."""
