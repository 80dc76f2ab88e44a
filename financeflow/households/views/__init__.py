"""The faces of households in HTML: one module a subject."""
