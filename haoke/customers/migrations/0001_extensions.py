"""Trigrams for search as one types, and equality in exclusion constraints for one owner at a time."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies: list = []
    operations = [TrigramExtension(), BtreeGistExtension()]
