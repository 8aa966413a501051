"""The outline of a document that is imported: corrected by a person, written down, replayed."""
