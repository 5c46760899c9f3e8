"""Makes the timeline append-only: the database itself refuses to change or remove a fact.

Erasure of personal data is one named act (HOUSE, section 4); it switches the guard off for its own transaction alone.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION timeline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('haoke.erasing', true) = 'yes' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD WHEN 'UPDATE' THEN NEW END;
    END IF;
    RAISE EXCEPTION 'timeline_entry is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER timeline_append_only BEFORE UPDATE OR DELETE ON timeline_entry
    FOR EACH ROW EXECUTE FUNCTION timeline_refuse_change();
CREATE TRIGGER timeline_never_truncated BEFORE TRUNCATE ON timeline_entry
    FOR EACH STATEMENT EXECUTE FUNCTION timeline_refuse_change();
"""

UNGUARD = """
DROP TRIGGER timeline_never_truncated ON timeline_entry;
DROP TRIGGER timeline_append_only ON timeline_entry;
DROP FUNCTION timeline_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
