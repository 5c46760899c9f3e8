"""Haoke 好客: customer service as a method, in Chinese and English."""

__version__ = "0.1.0"
