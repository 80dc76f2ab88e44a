"""Settings: base for all, dev for `make run`, test for pytest, prod for servers."""
