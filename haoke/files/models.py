"""Stored files: a row here, the bytes under their own digest outside the web root."""

from django.db import models


class StoredFile(models.Model):
    """One file as it was sent; equal contents share their bytes on disk."""

    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "files_storedfile"
