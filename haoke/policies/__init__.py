"""Every number a manager may change, dated, typed and explained; and the calendars by which we work."""
