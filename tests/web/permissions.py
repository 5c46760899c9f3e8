"""The permission matrix itself: every address of Haoke against every role (RULINGS, Who sees what)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# A role may do it (ok), may not (403), finds nothing there (404), or must sign in first (in). In order: agent, account
# manager (who owns the customer), field engineer, supervisor, quality manager, administrator, surveyor, and whoever is
# signed out. The first four work in the team that answers the mailbox.
PAGES = """
                                                                      agent acct  field super qual  admin surv  out
GET   healthz                          -                              ok    ok    ok    ok    ok    ok    ok    ok
GET   accounts:sign_in                 -                              ok    ok    ok    ok    ok    ok    ok    ok
GET   accounts:code                    -                              ok    ok    ok    ok    ok    ok    ok    ok
POST  accounts:sign_out                -                              ok    ok    ok    ok    ok    ok    ok    ok
GET   accounts:set_up                  -                              ok    ok    ok    ok    ok    ok    ok    ok
POST  accounts:language                -                              ok    ok    ok    ok    ok    ok    ok    ok
POST  accounts:theme                   -                              ok    ok    ok    ok    ok    ok    ok    ok
GET   accounts:account                 -                              ok    ok    ok    ok    ok    ok    ok    in
POST  accounts:password                -                              ok    ok    ok    ok    ok    ok    ok    in
POST  accounts:time_zone               -                              ok    ok    ok    ok    ok    ok    ok    in
GET   accounts:confirmation            -                              ok    ok    ok    ok    ok    ok    ok    in
POST  accounts:session_ending          session_name                   404   404   404   404   404   ok    404   in
POST  accounts:other_sessions_ending   -                              ok    ok    ok    ok    ok    ok    ok    in
GET   accounts:second_factor           -                              ok    ok    ok    ok    ok    ok    ok    in
POST  accounts:second_factor_beginning -                              ok    ok    ok    ok    ok    ok    ok    in
GET   accounts:second_factor_set_up    -                              ok    ok    ok    ok    ok    ok    ok    in
GET   accounts:second_factor_picture   -                              ok    ok    ok    ok    ok    ok    ok    in
GET   accounts:second_factor_removal   -                              ok    ok    ok    ok    ok    ok    ok    in
POST  accounts:recovery_codes          -                              ok    ok    ok    ok    ok    ok    ok    in
POST  accounts:presence                -                              ok    ok    403   ok    403   403   403   in
POST  accounts:sign_of_life            -                              ok    ok    ok    ok    ok    ok    ok    in
GET   accounts:absences                -                              ok    ok    ok    ok    ok    ok    ok    in
POST  accounts:absence_cancellation    absence_id                     ok    404   404   ok    404   ok    404   in
GET   accounts:colleagues_absences     -                              403   403   403   ok    403   ok    403   in
GET   accounts:workload                staff_id                       403   403   403   ok    403   ok    403   in
GET   accounts:skills                  -                              403   403   403   ok    403   ok    403   in
GET   accounts:skill_new               -                              403   403   403   ok    403   ok    403   in
GET   accounts:skill_edit              skill_id                       403   403   403   ok    403   ok    403   in
GET   accounts:access                  -                              403   403   403   403   403   ok    403   in
POST  accounts:access_closing          -                              403   403   403   403   403   ok    403   in
GET   accounts:staff                   -                              403   403   403   ok    403   ok    403   in
GET   accounts:staff_new               -                              403   403   403   403   403   ok    403   in
GET   accounts:staff_edit              staff_id                       403   403   403   403   403   ok    403   in
POST  accounts:sessions_ending         staff_id                       403   403   403   403   403   ok    403   in
GET   accounts:second_factor_reset     staff_id                       403   403   403   403   403   ok    403   in
GET   accounts:requirement             -                              403   403   403   403   403   ok    403   in
GET   accounts:teams                   -                              403   403   403   ok    403   ok    403   in
GET   accounts:team_new                -                              403   403   403   403   403   ok    403   in
GET   accounts:team_edit               team_id                        403   403   403   403   403   ok    403   in
GET   accounts:areas                   -                              403   403   403   ok    403   ok    403   in
GET   accounts:area_new                -                              403   403   403   403   403   ok    403   in
GET   accounts:tokens                  -                              403   403   403   403   403   ok    403   in
GET   accounts:token_new               -                              403   403   403   403   403   ok    403   in
POST  accounts:token_revocation        token_id                       403   403   403   403   403   ok    403   in
GET   ui:styleguide                    -                              ok    ok    ok    ok    ok    ok    403   in

GET   policies:list                    -                              403   403   403   ok    ok    ok    403   in
GET   policies:policy                  type                           403   403   403   ok    ok    ok    403   in
POST  policies:versions                type                           403   403   403   403   403   ok    403   in
POST  policies:withdrawal              type,policy_id                 403   403   403   403   403   ok    403   in
GET   policies:calendars               -                              403   403   403   ok    ok    ok    403   in
GET   policies:calendar_year           code,year                      403   403   403   ok    ok    ok    403   in
GET   policies:calendar_day            code,year,month,day            403   403   403   403   403   ok    403   in
POST  policies:clearance               code,year,month,day            403   403   403   403   403   ok    403   in
GET   policies:weekly_hours            code                           403   403   403   403   403   ok    403   in
GET   policies:calendar_import         code                           403   403   403   403   403   ok    403   in

GET   customers:list                   -                              ok    ok    ok    ok    ok    ok    403   in
GET   customers:search                 -                              ok    ok    ok    ok    ok    ok    403   in
GET   customers:new                    -                              ok    ok    403   ok    403   403   403   in
GET   web:customer                     number                         ok    ok    404   ok    ok    404   403   in
GET   customers:edit                   number                         ok    ok    403   ok    403   403   403   in
GET   customers:contact_points         number                         ok    ok    403   ok    403   403   403   in
POST  customers:contact_point_removal  number,contact_point_id        ok    ok    403   ok    403   403   403   in
POST  customers:contact_point_reveal   number,contact_point_id        ok    403   403   403   403   403   403   in
GET   customers:owner                  number                         403   403   403   ok    403   403   403   in
POST  customers:owner_end              number,ownership_id            403   403   403   ok    403   403   403   in

GET   channels:mailboxes               -                              403   403   403   ok    403   ok    403   in
GET   channels:mailbox_new             -                              403   403   403   403   403   ok    403   in
GET   channels:mailbox                 channel_id                     403   403   403   403   403   ok    403   in
POST  channels:test_mail               channel_id                     403   403   403   403   403   ok    403   in
GET   channels:inbound                 -                              403   403   403   ok    403   ok    403   in
GET   channels:inbound_mail            inbound_id                     403   403   403   ok    403   ok    403   in
POST  channels:inbound_source          inbound_id                     403   403   403   403   403   ok    403   in
POST  channels:inbound_run             unread_id                      403   403   403   403   403   ok    403   in
GET   channels:outbound                -                              403   403   403   ok    403   ok    403   in
GET   channels:outbound_mail           refused_id                     403   403   403   ok    403   ok    403   in
POST  channels:outbound_trial          refused_id                     403   403   403   ok    403   ok    403   in
POST  channels:outbound_settlement     uncertain_id                   403   403   403   ok    403   ok    403   in

GET   conversations:inbox              -                              ok    ok    ok    ok    ok    ok    403   in
POST  conversations:bulk               -                              ok    ok    403   ok    403   403   403   in
GET   conversations:bulk_new           -                              ok    ok    403   ok    403   403   403   in
GET   conversations:bulk_change        bulk_change_id                 ok    404   403   404   403   403   403   in
POST  conversations:bulk_undo          bulk_change_id                 ok    404   403   404   403   403   403   in
GET   conversations:view_new           -                              ok    ok    ok    ok    ok    ok    403   in
GET   conversations:view_edit          view_id                        ok    404   404   404   404   404   403   in
POST  conversations:view_removal       view_id                        ok    404   404   404   404   404   403   in
POST  conversations:view_return        removed_view_id                ok    404   404   404   404   404   403   in
GET   conversations:previous           conversation_id                ok    ok    ok    ok    ok    ok    403   in
GET   conversations:next               conversation_id                ok    ok    ok    ok    ok    ok    403   in
GET   conversations:conversation       conversation_id                ok    ok    404   ok    ok    404   403   in
GET   conversations:attachment         attachment_id                  ok    ok    404   ok    ok    404   403   in
GET   conversations:new                customer_id                    ok    ok    403   ok    403   403   403   in
POST  conversations:messages           conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:recall             recent_message_id              ok    403   403   403   403   403   403   in
GET   conversations:canned             conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:canned_insertion   conversation_id                ok    ok    403   ok    403   403   403   in
GET   conversations:colleagues         conversation_id                ok    ok    403   ok    403   403   403   in
GET   conversations:first_canned       customer_id                    ok    ok    403   ok    403   403   403   in
POST  conversations:first_canned_insertion customer_id                ok    ok    403   ok    403   403   403   in
GET   conversations:drafts             -                              ok    ok    403   ok    403   403   403   in
GET   conversations:draft_file         draft_file_id                  ok    404   403   404   403   403   403   in
POST  conversations:draft              draft_of,conversation_id       ok    ok    403   ok    403   403   403   in
POST  conversations:draft_removal      draft_of,conversation_id       ok    ok    403   ok    403   403   403   in
POST  conversations:draft_return       draft_of,conversation_id       ok    ok    403   ok    403   403   403   in
POST  conversations:draft_files        draft_of,conversation_id       ok    ok    403   ok    403   403   403   in
POST  conversations:draft_file_removal draft_of,conversation_id,draft_file_id ok  ok  403  ok  403   403   403   in
GET   conversations:canned_replies     -                              ok    ok    403   ok    403   ok    403   in
GET   conversations:canned_reply_new   -                              ok    ok    403   ok    403   ok    403   in
GET   conversations:canned_reply       canned_reply_id                ok    ok    403   ok    403   ok    403   in
POST  conversations:canned_reply_retirement canned_reply_id           403   403   403   ok    403   ok    403   in
POST  conversations:canned_reply_revival canned_reply_id              403   403   403   ok    403   ok    403   in
POST  conversations:settlement         uncertain_message_id           ok    ok    403   ok    403   403   403   in
POST  conversations:trial              refused_message_id             ok    ok    403   ok    403   403   403   in
POST  conversations:minutes            refused_message_id             ok    ok    403   ok    403   403   403   in
POST  conversations:assignment         conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:state              conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:urgency            conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:category           conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:closure            conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:reopening          closed_id                      ok    ok    403   ok    403   403   403   in
POST  conversations:customer           stranger_id                    ok    404   403   ok    403   403   403   in
POST  conversations:registration       stranger_id                    ok    404   403   ok    403   403   403   in
POST  conversations:tags               conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:tag_removal        conversation_id                ok    ok    403   ok    403   403   403   in
GET   conversations:tag_names          -                              ok    ok    403   ok    403   403   403   in
POST  conversations:following          conversation_id                ok    ok    404   ok    ok    404   403   in
POST  conversations:following_end      conversation_id                ok    ok    404   ok    ok    404   403   in
GET   conversations:merge              conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:merge_undo         merged_id                      ok    ok    403   ok    403   403   403   in
GET   conversations:split              conversation_id                ok    ok    403   ok    403   403   403   in
GET   conversations:links              conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:link_removal       conversation_id                ok    ok    403   ok    403   403   403   in
GET   conversations:snooze             conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:snooze_end         conversation_id                ok    ok    403   ok    403   403   403   in
POST  conversations:viewing            conversation_id                ok    ok    404   ok    ok    404   403   in
GET   conversations:clock              conversation_id,clock_id       ok    ok    404   ok    ok    404   403   in
GET   conversations:targets            -                              403   403   403   ok    ok    ok    403   in
GET   conversations:target             target_id                      403   403   403   ok    ok    ok    403   in
GET   conversations:target_new         -                              403   403   403   403   403   ok    403   in
POST  conversations:target_versions    target_id                      403   403   403   403   403   ok    403   in
POST  conversations:target_withdrawal  planned_target_id              403   403   403   403   403   ok    403   in
GET   conversations:tag_list           -                              403   403   403   ok    403   ok    403   in
POST  conversations:tag_name           tag_id                         403   403   403   ok    403   ok    403   in
POST  conversations:tag_merging        tag_id                         403   403   403   ok    403   ok    403   in
POST  conversations:tag_use            tag_id                         403   403   403   ok    403   ok    403   in

GET   conversations:routing            -                              403   403   403   ok    403   ok    403   in
GET   conversations:routing_team       team_id                        403   403   403   ok    403   ok    403   in
POST  conversations:category_skill     -                              403   403   403   ok    403   ok    403   in
POST  conversations:release            staff_id                       403   403   403   ok    403   ok    403   in
POST  conversations:next_one           -                              ok    ok    403   ok    403   403   403   in
GET   conversations:handovers          -                              ok    ok    403   ok    ok    ok    403   in
POST  conversations:handover_acceptance offered_id                     ok    ok    403   ok    403   403   403   in
POST  conversations:handover_return    handed_id                      ok    403   403   403   403   403   403   in
POST  conversations:handover_notice    accepted_id                    ok    403   403   403   403   403   403   in

GET   quality:survey                   token                          ok    ok    ok    ok    ok    ok    ok    ok
GET   quality:satisfaction             -                              ok    ok    403   ok    ok    403   403   in
GET   quality:export                   -                              ok    ok    403   ok    403   403   403   in

GET   insight:reports                  -                              ok    ok    403   ok    ok    ok    403   in
GET   insight:file                     report_table                   ok    ok    403   ok    403   ok    403   in

GET   notifications:list               -                              ok    ok    ok    ok    ok    ok    ok    in
GET   notifications:bell               -                              ok    ok    ok    ok    ok    ok    ok    in
GET   notifications:opening            notification_id                ok    404   404   404   404   404   404   in
POST  notifications:reading            notification_id                ok    404   404   404   404   404   404   in
POST  notifications:reading_all        -                              ok    ok    ok    ok    ok    ok    ok    in
POST  notifications:reading_undo       moment                         ok    ok    ok    ok    ok    ok    ok    in
POST  notifications:seen               conversation_id                ok    ok    ok    ok    ok    ok    ok    in
GET   notifications:choices            -                              ok    ok    ok    ok    ok    ok    ok    in

GET   web_forms:form                   form_key                       ok    ok    ok    ok    ok    ok    ok    ok
GET   web_forms:thanks                 form_key,receipt               ok    ok    ok    ok    ok    ok    ok    ok
GET   web_forms:list                   -                              403   403   403   ok    403   ok    403   in
GET   web_forms:new                    -                              403   403   403   403   403   ok    403   in
GET   web_forms:edit                   form_id                        403   403   403   403   403   ok    403   in
GET   web_forms:submissions            form_id                        403   403   403   ok    403   ok    403   in
POST  web_forms:release                waiting_submission_id          403   403   403   ok    403   ok    403   in
POST  web_forms:rejection              waiting_submission_id          403   403   403   ok    403   ok    403   in
POST  web_forms:run_again              unfiled_submission_id          403   403   403   ok    403   ok    403   in

GET   web:today                        -                              ok    ok    ok    ok    ok    ok    ok    in
POST  web:finish                       item_id                        ok    ok    ok    ok    404   404   403   in
POST  web:reopen                       finished_item_id               ok    ok    ok    ok    404   404   403   in
GET   web:search                       -                              ok    ok    ok    ok    ok    ok    403   in
GET   web:settings                     -                              ok    ok    ok    ok    ok    ok    403   in
GET   web:jobs                         -                              403   403   403   403   403   ok    403   in
POST  web:run_again                    job_id                         403   403   403   403   403   ok    403   in
POST  web:run_all_again                -                              403   403   403   403   403   ok    403   in
GET   web:search_index                 -                              403   403   403   403   403   ok    403   in
POST  web:rebuild_search_index         -                              403   403   403   403   403   ok    403   in
POST  web:cancel_search_rebuild        -                              403   403   403   403   403   ok    403   in
GET   web:access_log                   -                              403   403   403   403   403   ok    403   in
GET   web:access_log_export            -                              403   403   403   403   403   ok    403   in
GET   web:audit                        -                              403   403   403   403   403   ok    403   in

GET   demo:mailbox                     -                              ok    ok    ok    ok    ok    ok    ok    ok
GET   demo:mails                       address                        ok    ok    ok    ok    ok    ok    ok    ok
GET   demo:new                         address                        ok    ok    ok    ok    ok    ok    ok    ok
GET   demo:mail                        address,mail_id                ok    ok    ok    ok    ok    ok    ok    ok
GET   demo:file                        address,mail_id,position       ok    ok    ok    ok    ok    ok    ok    ok
"""

# The roles are those of tokens; `none` has no token, `page` is the browser of a signed-in agent, which has none either
# (401: who are you?).
API = """
                                                                agent acct  field super qual  admin surv  none  page
GET   api_root                 -                                404   404   404   404   404   404   404   404   404
GET   api:api-root             -                                404   404   404   404   404   404   404   404   404
GET   api_unknown              address                          404   404   404   404   404   404   404   404   404
GET   api:openapi-json         -                                ok    ok    ok    ok    ok    ok    ok    401   ok
GET   api:list_customers       -                                ok    ok    ok    ok    ok    ok    403   401   401
POST  api:register_customer    -                                ok    ok    403   ok    403   403   403   401   401
GET   api:read_customer        number                           ok    ok    404   ok    ok    404   403   401   401
PATCH api:change_customer      number                           ok    ok    403   ok    403   403   403   401   401
GET   api:list_timeline        number                           ok    ok    404   ok    ok    404   403   401   401
GET   api:list_conversations   -                                ok    ok    ok    ok    ok    ok    403   401   401
POST  api:start_conversation   -                                ok    ok    403   ok    403   403   403   401   401
GET   api:read_conversation    conversation_id                  ok    ok    404   ok    ok    404   403   401   401
GET   api:list_messages        conversation_id                  ok    ok    404   ok    ok    404   403   401   401
POST  api:write_message        conversation_id                  ok    ok    403   ok    403   403   403   401   401
POST  api:close_conversation   conversation_id                  ok    ok    403   ok    403   403   403   401   401
"""

# What is sent where an address takes more than its own arguments: right in every respect, so that ok means done.
# A name of the world in braces stands for what is there.
SENT: dict[str, dict[str, Any]] = {
    "accounts:language": {"language": "en"},
    "accounts:theme": {"theme": "dark"},
    "accounts:password": {
        "current": "a-long-password-for-tests",
        "new": "another-long-password",
        "again": "another-long-password",
    },
    "accounts:time_zone": {"time_zone": "Asia/Shanghai"},
    "policies:versions": {"days": 14, "reason": "Fewer surveys", "version": "{policy_version}"},
    "accounts:presence": {"state": "busy"},
    "conversations:category_skill": {"category": "general", "skill": "{skill_id}"},
    "policies:clearance": {},
    "conversations:target_versions": {
        "warning_percent": 25,
        "calendar": "china",
        "reason": "Faster",
        "version": 1,
        "first_response_minutes": 240,
        "next_response_minutes": 240,
        "resolution_minutes": 960,
        "resolution_pauses": ["waiting"],
    },
    "customers:search": {"q": "王"},
    "customers:owner_end": {"reason": "Moves away"},
    "channels:test_mail": {"recipient": "admin@haoke.example"},
    "channels:inbound_source": {"reason": "The customer asks about a lost file"},
    "channels:outbound_settlement": {"answer": "arrived"},
    "conversations:bulk": {"act": "urgency:high", "row": "{conversation_id}"},
    "conversations:messages": {"kind": "reply", "text": "好的。"},
    "conversations:draft": {"kind": "reply", "text": "好的。"},
    "conversations:canned_insertion": {"text": "好的。", "canned_choice": "{canned_reply_id}"},
    "conversations:first_canned_insertion": {"text": "好的。", "canned_choice": "{canned_reply_id}"},
    "conversations:settlement": {"answer": "arrived"},
    "conversations:minutes": {"minutes": "4"},
    "conversations:assignment": {"assignee": "{staff_id}", "team": "{team_id}"},
    "conversations:state": {"state": "waiting"},
    "conversations:urgency": {"urgency": "high"},
    "conversations:category": {"category": "general"},
    "conversations:reopening": {"reason": "One question was left"},
    "conversations:customer": {"customer": "{customer_id}"},
    "conversations:tags": {"tag": "退费"},
    "conversations:tag_removal": {"tag": "退费"},
    "conversations:link_removal": {"other": "{merged_id}"},
    "conversations:viewing": {"sign": "viewing"},
    "conversations:tag_name": {"name": "退款"},
    "conversations:tag_merging": {"into": "换货"},
    "conversations:tag_use": {"is_active": "on"},
    "web:search": {"q": "王"},
    "api:register_customer": {"kind": "person", "name": "李娜"},
    "api:change_customer": {"version": 1, "city": "杭州"},
    "api:start_conversation": {"customer_id": "{customer_id}", "subject": "回访", "text": "您好!"},
    "api:write_message": {"text": "好的。"},
    "api:close_conversation": {},
}


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    arguments: tuple[str, ...]
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def rows_of(table: str) -> list[Row]:
    header, *lines = filter(str.strip, table.splitlines())
    rows = []
    for line in lines:
        method, name, arguments, *outcomes = line.split()
        names = () if arguments == "-" else tuple(arguments.split(","))
        rows.append(Row(method, name, names, dict(zip(header.split(), outcomes, strict=True))))
    return rows
