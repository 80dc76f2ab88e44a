"""A walk through every address of the site, as each kind of person, with things that are really there."""
