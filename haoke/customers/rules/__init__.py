"""What an archive may hold, how it is found, how complete it is and how much of it is shown."""
