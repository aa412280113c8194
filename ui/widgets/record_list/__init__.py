"""One list for every kind of record, of any length."""
