"""The triggers that write the history, keep it as it was written, and refuse days and time zones out of range."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='contest',
            trigger=pgtrigger.compiler.Trigger(name='requests_in_range', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.election_on < OLD.election_on AND EXISTS (\n            SELECT FROM campaigns_request AS request\n            JOIN campaigns_campaign AS campaign ON campaign.id = request.campaign_id\n            JOIN campaigns_candidate AS candidate ON candidate.id = campaign.candidate_id\n            WHERE candidate.contest_id = NEW.id AND request.state IN ('draft', 'published')\n                AND request.ends_on > NEW.election_on + 56\n        ) THEN\n            RAISE EXCEPTION 'A request ends more than 8 weeks after the new election day.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ", hash='dba5f133cb6203f29eb44da7be6d7950f3aad7e9', operation='UPDATE OF "election_on"', pgid='pgtrigger_requests_in_range_8b6f6', table='campaigns_contest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_contestevent" ("cycle", "district", "election_on", "id", "jurisdiction_id", "level", "office", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_on", "public_id", "special") VALUES (NEW."cycle", NEW."district", NEW."election_on", NEW."id", NEW."jurisdiction_id", NEW."level", NEW."office", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."primary_on", NEW."public_id", NEW."special"); RETURN NULL;', hash='cfb9561db4c719226537ea1b48c6a8a97653c4f8', operation='INSERT', pgid='pgtrigger_insert_insert_f5eb2', table='campaigns_contest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_contestevent" ("cycle", "district", "election_on", "id", "jurisdiction_id", "level", "office", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_on", "public_id", "special") VALUES (NEW."cycle", NEW."district", NEW."election_on", NEW."id", NEW."jurisdiction_id", NEW."level", NEW."office", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."primary_on", NEW."public_id", NEW."special"); RETURN NULL;', hash='f126ac0b8c1b169476d6df706a1287bbb1e4c9f0', operation='UPDATE', pgid='pgtrigger_update_update_e14ba', table='campaigns_contest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_contestevent" ("cycle", "district", "election_on", "id", "jurisdiction_id", "level", "office", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_on", "public_id", "special") VALUES (OLD."cycle", OLD."district", OLD."election_on", OLD."id", OLD."jurisdiction_id", OLD."level", OLD."office", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."primary_on", OLD."public_id", OLD."special"); RETURN NULL;', hash='7ac85f5a74fa768cd803317511e958a091dc27da', operation='DELETE', pgid='pgtrigger_delete_delete_94a96', table='campaigns_contest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='candidate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_candidateevent" ("contest_id", "id", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."contest_id", NEW."id", NEW."name", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;', hash='15b002482aa52cf81a90155f5490bd811a3206ad', operation='INSERT', pgid='pgtrigger_insert_insert_f7293', table='campaigns_candidate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='candidate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_candidateevent" ("contest_id", "id", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."contest_id", NEW."id", NEW."name", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;', hash='cf6300ee095c424f85f058b6d56363b76499fcc3', operation='UPDATE', pgid='pgtrigger_update_update_4fe48', table='campaigns_candidate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='candidate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_candidateevent" ("contest_id", "id", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."contest_id", OLD."id", OLD."name", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;', hash='05eca27da55fd8181649d654576a983171da86fd', operation='DELETE', pgid='pgtrigger_delete_delete_6d19b', table='campaigns_candidate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaign',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_campaignevent" ("answer_due_at", "assumed", "candidate_id", "created_at", "id", "name", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "source_key", "state", "verification_reason", "verified_at", "verified_by_id", "version") VALUES (NEW."answer_due_at", NEW."assumed", NEW."candidate_id", NEW."created_at", NEW."id", NEW."name", NEW."paused_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."source", NEW."source_key", NEW."state", NEW."verification_reason", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;', hash='9187bf1543b9b93dc138cd1527171f9230c0be8f', operation='INSERT', pgid='pgtrigger_insert_insert_5522d', table='campaigns_campaign', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaign',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_campaignevent" ("answer_due_at", "assumed", "candidate_id", "created_at", "id", "name", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "source_key", "state", "verification_reason", "verified_at", "verified_by_id", "version") VALUES (NEW."answer_due_at", NEW."assumed", NEW."candidate_id", NEW."created_at", NEW."id", NEW."name", NEW."paused_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."source", NEW."source_key", NEW."state", NEW."verification_reason", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;', hash='7233ac748590e975262f6abe1fea0d4ecf0af62a', operation='UPDATE', pgid='pgtrigger_update_update_f2afa', table='campaigns_campaign', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaign',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_campaignevent" ("answer_due_at", "assumed", "candidate_id", "created_at", "id", "name", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "source_key", "state", "verification_reason", "verified_at", "verified_by_id", "version") VALUES (OLD."answer_due_at", OLD."assumed", OLD."candidate_id", OLD."created_at", OLD."id", OLD."name", OLD."paused_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."source", OLD."source_key", OLD."state", OLD."verification_reason", OLD."verified_at", OLD."verified_by_id", OLD."version"); RETURN NULL;', hash='5347d0e2668dc4dd26aadde1be9f08dbde6240ca', operation='DELETE', pgid='pgtrigger_delete_delete_4123f', table='campaigns_campaign', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaignevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cd78d02846c8c3f1cd9afeabc1d0e11b4eea1c90', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6a65a', table='campaigns_campaignevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='candidateevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f58b946eb9ab0e5132f1c8267387e08ffd2f8124', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ed86d', table='campaigns_candidateevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contestevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='19bf550bdd28737acf5d96b3bc739bc485c96a2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_64e54', table='campaigns_contestevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='member',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_memberevent" ("campaign_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "since", "user_id", "version") VALUES (NEW."campaign_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."since", NEW."user_id", NEW."version"); RETURN NULL;', hash='a565230ede43f11821b475b0adaabcd7cf84aa4c', operation='INSERT', pgid='pgtrigger_insert_insert_ff48e', table='campaigns_member', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='member',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_memberevent" ("campaign_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "since", "user_id", "version") VALUES (NEW."campaign_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."since", NEW."user_id", NEW."version"); RETURN NULL;', hash='919413ea05832d6a9ae87eee662210e2d9448e6e', operation='UPDATE', pgid='pgtrigger_update_update_2372e', table='campaigns_member', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='member',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_memberevent" ("campaign_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "since", "user_id", "version") VALUES (OLD."campaign_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."since", OLD."user_id", OLD."version"); RETURN NULL;', hash='1026540321d9df95dedd48815721dbef7056e7eb', operation='DELETE', pgid='pgtrigger_delete_delete_f82dc', table='campaigns_member', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='memberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='13448639dae0943eac366a2a0e85d69e7502c5ae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_00c29', table='campaigns_memberevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='days_in_range', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE election_day date;', func="\n        IF (TG_OP = 'INSERT' OR NEW.starts_on <> OLD.starts_on)\n            AND NEW.starts_on < (NEW.created_at AT TIME ZONE 'UTC')::date - 366 THEN\n            RAISE EXCEPTION 'The work starts more than a year before it was asked for.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.state IN ('draft', 'published') AND (TG_OP = 'INSERT' OR NEW.ends_on <> OLD.ends_on) THEN\n            SELECT contest.election_on INTO election_day\n            FROM campaigns_campaign AS campaign\n            JOIN campaigns_candidate AS candidate ON candidate.id = campaign.candidate_id\n            JOIN campaigns_contest AS contest ON contest.id = candidate.contest_id\n            WHERE campaign.id = NEW.campaign_id;\n            IF NEW.ends_on > election_day + 56 THEN\n                RAISE EXCEPTION 'The work ends more than 8 weeks after the election.'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n        END IF;\n        RETURN NEW;\n    ", hash='a74be451b16322da3750b30264d32d6e70815d4f', operation='INSERT OR UPDATE OF "starts_on", "ends_on"', pgid='pgtrigger_days_in_range_4952d', table='campaigns_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='known_time_zone', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        IF (TG_OP = \'INSERT\' OR NEW.time_zone <> OLD.time_zone) AND NOT core_is_time_zone(NEW.time_zone) THEN\n            RAISE EXCEPTION \'"%" is not a time zone.\', NEW.time_zone USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NEW;\n    ', hash='831d5b3c33e25935871d52bbf2afdfa92458ae0b', operation='INSERT OR UPDATE OF "time_zone"', pgid='pgtrigger_known_time_zone_dd703', table='campaigns_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_requestevent" ("assumed", "auto_confirm", "campaign_id", "cancel_reason", "contact_id", "created_at", "emergency", "ends_on", "id", "is_on_board", "out_of_scope", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook_id", "priority", "public_id", "published_at", "source", "source_key", "staffing", "starts_on", "state", "summary", "terms_changed_at", "time_zone", "title", "urgent", "version") VALUES (NEW."assumed", NEW."auto_confirm", NEW."campaign_id", NEW."cancel_reason", NEW."contact_id", NEW."created_at", NEW."emergency", NEW."ends_on", NEW."id", NEW."is_on_board", NEW."out_of_scope", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."playbook_id", NEW."priority", NEW."public_id", NEW."published_at", NEW."source", NEW."source_key", NEW."staffing", NEW."starts_on", NEW."state", NEW."summary", NEW."terms_changed_at", NEW."time_zone", NEW."title", NEW."urgent", NEW."version"); RETURN NULL;', hash='4046f0d1f2a9d6e9864cd81ce072b406c3fe5b11', operation='INSERT', pgid='pgtrigger_insert_insert_10a01', table='campaigns_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."assumed" IS DISTINCT FROM (NEW."assumed") OR OLD."auto_confirm" IS DISTINCT FROM (NEW."auto_confirm") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."emergency" IS DISTINCT FROM (NEW."emergency") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_on_board" IS DISTINCT FROM (NEW."is_on_board") OR OLD."out_of_scope" IS DISTINCT FROM (NEW."out_of_scope") OR OLD."playbook_id" IS DISTINCT FROM (NEW."playbook_id") OR OLD."priority" IS DISTINCT FROM (NEW."priority") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_key" IS DISTINCT FROM (NEW."source_key") OR OLD."staffing" IS DISTINCT FROM (NEW."staffing") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."terms_changed_at" IS DISTINCT FROM (NEW."terms_changed_at") OR OLD."time_zone" IS DISTINCT FROM (NEW."time_zone") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."urgent" IS DISTINCT FROM (NEW."urgent") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "campaigns_requestevent" ("assumed", "auto_confirm", "campaign_id", "cancel_reason", "contact_id", "created_at", "emergency", "ends_on", "id", "is_on_board", "out_of_scope", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook_id", "priority", "public_id", "published_at", "source", "source_key", "staffing", "starts_on", "state", "summary", "terms_changed_at", "time_zone", "title", "urgent", "version") VALUES (NEW."assumed", NEW."auto_confirm", NEW."campaign_id", NEW."cancel_reason", NEW."contact_id", NEW."created_at", NEW."emergency", NEW."ends_on", NEW."id", NEW."is_on_board", NEW."out_of_scope", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."playbook_id", NEW."priority", NEW."public_id", NEW."published_at", NEW."source", NEW."source_key", NEW."staffing", NEW."starts_on", NEW."state", NEW."summary", NEW."terms_changed_at", NEW."time_zone", NEW."title", NEW."urgent", NEW."version"); RETURN NULL;', hash='ebda6142896cfa912ca9c39f7c30557605095355', operation='UPDATE', pgid='pgtrigger_update_update_2dea8', table='campaigns_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_requestevent" ("assumed", "auto_confirm", "campaign_id", "cancel_reason", "contact_id", "created_at", "emergency", "ends_on", "id", "is_on_board", "out_of_scope", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook_id", "priority", "public_id", "published_at", "source", "source_key", "staffing", "starts_on", "state", "summary", "terms_changed_at", "time_zone", "title", "urgent", "version") VALUES (OLD."assumed", OLD."auto_confirm", OLD."campaign_id", OLD."cancel_reason", OLD."contact_id", OLD."created_at", OLD."emergency", OLD."ends_on", OLD."id", OLD."is_on_board", OLD."out_of_scope", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."playbook_id", OLD."priority", OLD."public_id", OLD."published_at", OLD."source", OLD."source_key", OLD."staffing", OLD."starts_on", OLD."state", OLD."summary", OLD."terms_changed_at", OLD."time_zone", OLD."title", OLD."urgent", OLD."version"); RETURN NULL;', hash='6a797c68aa1e9876363a934ab1cd444ba3fa5fc7', operation='DELETE', pgid='pgtrigger_delete_delete_def05', table='campaigns_request', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requestevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c2ce5cffa5f2962cb435d7187e90c7f6f35f7a77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3284', table='campaigns_requestevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_roleevent" ("hours_per_week", "id", "is_lead", "languages", "level", "makes_decisions", "min_to_start", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "skill_id", "tasks", "vetted_for") VALUES (NEW."hours_per_week", NEW."id", NEW."is_lead", NEW."languages", NEW."level", NEW."makes_decisions", NEW."min_to_start", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."request_id", NEW."skill_id", NEW."tasks", NEW."vetted_for"); RETURN NULL;', hash='0f4129ed9cfeb09290cf72bee2ccbada9407affb', operation='INSERT', pgid='pgtrigger_insert_insert_e36f0', table='campaigns_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."hours_per_week" IS DISTINCT FROM (NEW."hours_per_week") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_lead" IS DISTINCT FROM (NEW."is_lead") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."makes_decisions" IS DISTINCT FROM (NEW."makes_decisions") OR OLD."min_to_start" IS DISTINCT FROM (NEW."min_to_start") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."request_id" IS DISTINCT FROM (NEW."request_id") OR OLD."skill_id" IS DISTINCT FROM (NEW."skill_id") OR OLD."tasks" IS DISTINCT FROM (NEW."tasks") OR OLD."vetted_for" IS DISTINCT FROM (NEW."vetted_for"))', func='INSERT INTO "campaigns_roleevent" ("hours_per_week", "id", "is_lead", "languages", "level", "makes_decisions", "min_to_start", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "skill_id", "tasks", "vetted_for") VALUES (NEW."hours_per_week", NEW."id", NEW."is_lead", NEW."languages", NEW."level", NEW."makes_decisions", NEW."min_to_start", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."request_id", NEW."skill_id", NEW."tasks", NEW."vetted_for"); RETURN NULL;', hash='7ad00b9f8f873f8c7ed0dd3fe2b1e48da7c8d493', operation='UPDATE', pgid='pgtrigger_update_update_34da0', table='campaigns_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_roleevent" ("hours_per_week", "id", "is_lead", "languages", "level", "makes_decisions", "min_to_start", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "skill_id", "tasks", "vetted_for") VALUES (OLD."hours_per_week", OLD."id", OLD."is_lead", OLD."languages", OLD."level", OLD."makes_decisions", OLD."min_to_start", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."request_id", OLD."skill_id", OLD."tasks", OLD."vetted_for"); RETURN NULL;', hash='3689ae075c8d7463d9d9e7c9471bb6c04c4de8a3', operation='DELETE', pgid='pgtrigger_delete_delete_316df', table='campaigns_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='958465fb589ded08b540fa51a7b30124ff29152e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_23600', table='campaigns_roleevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_seatevent" ("closed_at", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role_id") VALUES (NEW."closed_at", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role_id"); RETURN NULL;', hash='1b832dd49c412d7c782cdb3945bcba3397b7cd51', operation='INSERT', pgid='pgtrigger_insert_insert_56651', table='campaigns_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "campaigns_seatevent" ("closed_at", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role_id") VALUES (NEW."closed_at", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."role_id"); RETURN NULL;', hash='163c9d065a973bb67787f983c70105a3ea01d89d', operation='UPDATE', pgid='pgtrigger_update_update_3c4bf', table='campaigns_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "campaigns_seatevent" ("closed_at", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role_id") VALUES (OLD."closed_at", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role_id"); RETURN NULL;', hash='31c180e6736379e533ada25a30094a3c14201b83', operation='DELETE', pgid='pgtrigger_delete_delete_78a0c', table='campaigns_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83b2b05584dd0b83e08627b624dcff9f6c8c92e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4d8de', table='campaigns_seatevent', when='BEFORE')),
        ),
    ]
