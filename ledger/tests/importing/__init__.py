"""Reading files: exact rows, a corpus of banks' files, and attacks on every reader."""
