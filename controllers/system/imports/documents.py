"""Importing quotations and orders: one row per line, a document whole or not at all."""
