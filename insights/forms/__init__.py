"""Forms of insights: clean values in, nothing saved."""
