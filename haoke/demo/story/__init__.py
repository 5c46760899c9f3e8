"""The demo's story as plain values: who works at the company, whom it serves, and what was said in the last weeks."""
