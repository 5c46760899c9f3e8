"""Archive numbers come from a sequence and stay for life (S0-68): the database itself refuses to change one."""

from django.db import migrations

NUMBERS = """
CREATE SEQUENCE customers_serial AS bigint MINVALUE 1;
CREATE FUNCTION customers_refuse_new_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an archive number is given once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER customers_number_is_for_life BEFORE UPDATE ON customers_customer FOR EACH ROW
    WHEN (OLD.number IS DISTINCT FROM NEW.number OR OLD.serial IS DISTINCT FROM NEW.serial)
    EXECUTE FUNCTION customers_refuse_new_number();
"""

NO_NUMBERS = """
DROP TRIGGER customers_number_is_for_life ON customers_customer;
DROP FUNCTION customers_refuse_new_number();
DROP SEQUENCE customers_serial;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_initial")]
    operations = [migrations.RunSQL(NUMBERS, NO_NUMBERS)]
