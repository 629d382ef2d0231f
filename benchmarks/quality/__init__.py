"""How well the rules and the tagger judge, against people who have not read them."""
