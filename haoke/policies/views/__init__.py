"""The pages of policies and calendars."""
