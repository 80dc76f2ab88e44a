"""The facts: accounts, categories and transactions, and everything one does with them."""
