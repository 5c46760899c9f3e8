"""Pages of web forms: the public one, their settings, and what came by them."""
