"""The page customers rate us on, and the page we read it on."""
