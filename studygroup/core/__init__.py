"""The domain: readings, prompts, notes, sessions, and what one can do with them; no adapters."""
