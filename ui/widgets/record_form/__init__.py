"""One form for every kind of record."""
