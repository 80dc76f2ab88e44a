"""What wants a decision, from every floor: one queue, counted, decided and taken back in one place."""
