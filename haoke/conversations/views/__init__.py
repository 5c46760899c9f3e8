"""The pages of the inbox and of one conversation."""
