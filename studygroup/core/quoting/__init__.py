"""Quotations: what texts, prompts, notes and minutes quote, and the audit of all of it."""
