-- begin and end a session of the admin
INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('rollback-check-' || txid_current(), '', now());
DELETE FROM django_session WHERE session_key IN ('rollback-check-' || txid_current());
