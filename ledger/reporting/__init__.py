"""Reports as documents: figures, tables and charts in words, each figure with the list that explains it."""
