"""Keeps the counts of the inbox: whatever changes a conversation, the database notes it in the same transaction.

Adding a row never waits for another change; a job sums the rows of a sort up (conversations.services.counting).
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION conversations_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversations_inboxcount (team_id, assignee_id, state, clock_state, is_snoozed, amount)
    SELECT team_id, assignee_id, state, clock_state, snoozed_until IS NOT NULL, count(*)
    FROM added WHERE merged_into_id IS NULL
    GROUP BY 1, 2, 3, 4, 5;
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_counted_new AFTER INSERT ON conversations_conversation
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION conversations_count_new();

CREATE FUNCTION conversations_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.merged_into_id IS NULL THEN
        INSERT INTO conversations_inboxcount (team_id, assignee_id, state, clock_state, is_snoozed, amount)
        VALUES (OLD.team_id, OLD.assignee_id, OLD.state, OLD.clock_state, OLD.snoozed_until IS NOT NULL, -1);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.merged_into_id IS NULL THEN
        INSERT INTO conversations_inboxcount (team_id, assignee_id, state, clock_state, is_snoozed, amount)
        VALUES (NEW.team_id, NEW.assignee_id, NEW.state, NEW.clock_state, NEW.snoozed_until IS NOT NULL, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER conversations_counted_changed AFTER UPDATE ON conversations_conversation FOR EACH ROW
    WHEN ((OLD.team_id, OLD.assignee_id, OLD.state, OLD.clock_state, OLD.snoozed_until IS NULL, OLD.merged_into_id IS NULL)
          IS DISTINCT FROM
          (NEW.team_id, NEW.assignee_id, NEW.state, NEW.clock_state, NEW.snoozed_until IS NULL, NEW.merged_into_id IS NULL))
    EXECUTE FUNCTION conversations_count_changed();
CREATE TRIGGER conversations_counted_gone AFTER DELETE ON conversations_conversation FOR EACH ROW
    EXECUTE FUNCTION conversations_count_changed();

INSERT INTO conversations_inboxcount (team_id, assignee_id, state, clock_state, is_snoozed, amount)
SELECT team_id, assignee_id, state, clock_state, snoozed_until IS NOT NULL, count(*)
FROM conversations_conversation WHERE merged_into_id IS NULL
GROUP BY 1, 2, 3, 4, 5;
"""

FORGET = """
DROP TRIGGER conversations_counted_gone ON conversations_conversation;
DROP TRIGGER conversations_counted_changed ON conversations_conversation;
DROP TRIGGER conversations_counted_new ON conversations_conversation;
DROP FUNCTION conversations_count_changed();
DROP FUNCTION conversations_count_new();
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_the_inbox")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
