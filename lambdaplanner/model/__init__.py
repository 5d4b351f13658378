"""The document: a graph of frozen records, edits as values, and the history of them."""
