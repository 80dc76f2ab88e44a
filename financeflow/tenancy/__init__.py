"""Whose data this is: the scope every query stands in, and the door every request comes through."""
