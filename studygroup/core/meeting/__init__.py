"""A session: its events and what they add up to, recording, and the agenda."""
