"""The screens, one per mode, each with its own stylesheet beside it."""
