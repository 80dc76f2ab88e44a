"""Money: minor units and a currency, in and out of text in one place."""
