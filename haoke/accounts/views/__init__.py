"""Pages for signing in, for the own account, and for staff and access."""
