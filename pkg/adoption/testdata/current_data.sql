-- A shop of the current state. The passwords: anna "pässwörd ✓", emil "password", finn none, all others "secret".

INSERT INTO django_migrations (app, name, applied) VALUES
    ('contenttypes', '0001_initial', '2026-01-01 10:00:00+00'),
    ('contenttypes', '0002_remove_content_type_name', '2026-01-01 10:00:00+00'),
    ('auth', '0001_initial', '2026-01-01 10:00:00+00'),
    ('auth', '0002_alter_permission_name_max_length', '2026-01-01 10:00:00+00'),
    ('auth', '0003_alter_user_email_max_length', '2026-01-01 10:00:00+00'),
    ('auth', '0004_alter_user_username_opts', '2026-01-01 10:00:00+00'),
    ('auth', '0005_alter_user_last_login_null', '2026-01-01 10:00:00+00'),
    ('auth', '0006_require_contenttypes_0002', '2026-01-01 10:00:00+00'),
    ('auth', '0007_alter_validators_add_error_messages', '2026-01-01 10:00:00+00'),
    ('auth', '0008_alter_user_username_max_length', '2026-01-01 10:00:00+00'),
    ('auth', '0009_alter_user_last_name_max_length', '2026-01-01 10:00:00+00'),
    ('auth', '0010_alter_group_name_max_length', '2026-01-01 10:00:00+00'),
    ('auth', '0011_update_proxy_permissions', '2026-01-01 10:00:00+00'),
    ('auth', '0012_alter_user_first_name_max_length', '2026-01-01 10:00:00+00'),
    ('users', '0001_initial', '2026-01-01 10:00:00+00'),
    ('admin', '0001_initial', '2026-01-01 10:00:00+00'),
    ('admin', '0002_logentry_remove_auto_add', '2026-01-01 10:00:00+00'),
    ('admin', '0003_logentry_add_action_flag_choices', '2026-01-01 10:00:00+00'),
    ('collectibles', '0001_initial', '2026-01-01 10:00:00+00'),
    ('collectibles', '0002_collectible_current_price_collectible_image_and_more', '2026-01-01 10:00:00+00'),
    ('collectibles', '0003_vendor_carddetails_userprofile_collectible_vendor', '2026-01-01 10:00:00+00'),
    ('collectibles', '0006_add_carddetails_externalids_gin', '2026-01-01 10:00:00+00'),
    ('collectibles', '0004_add_carddetails_indexes', '2026-01-01 10:00:00+00'),
    ('collectibles', '0005_add_carddetails_btree_indexes', '2026-01-01 10:00:00+00'),
    ('collectibles', '0007_add_carddetails_btree_indexes_concurrent', '2026-01-01 10:00:00+00'),
    ('collectibles', '0008_alter_userprofile_options_and_more', '2026-01-01 10:00:00+00'),
    ('collectibles', '0009_collectible_schema_updates', '2026-01-01 10:00:00+00'),
    ('collectibles', '0010_add_profile_picture', '2026-01-01 10:00:00+00'),
    ('collectibles', '0011_alter_userprofile_profile_picture_inventorymedia', '2026-01-01 10:00:00+00'),
    ('collectibles', '0012_alter_userprofile_profile_picture', '2026-01-01 10:00:00+00'),
    ('collectibles', '0013_alter_userprofile_profile_picture', '2026-01-01 10:00:00+00'),
    ('collectibles', '0014_store_stockledger_collectible_store_vendormember_and_more', '2026-01-01 10:00:00+00'),
    ('collectibles', '0015_collectible_store_not_null', '2026-01-01 10:00:00+00'),
    ('collectibles', '0016_vendormember_invite_status_vendormember_invited_at_and_more', '2026-01-01 10:00:00+00'),
    ('collectibles', '0017_vendormember_active_store', '2026-01-01 10:00:00+00'),
    ('sessions', '0001_initial', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0001_initial', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0002_outstandingtoken_jti_hex', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0003_auto_20171017_2007', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0004_auto_20171017_2013', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0005_remove_outstandingtoken_jti', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0006_auto_20171017_2113', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0007_auto_20171017_2214', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0008_migrate_to_bigautofield', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0010_fix_migrate_to_bigautofield', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0011_linearizes_history', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0012_alter_outstandingtoken_user', '2026-01-01 10:00:00+00'),
    ('token_blacklist', '0013_alter_blacklistedtoken_options_and_more', '2026-01-01 10:00:00+00'),
    ('users', '0002_user_birthdate_user_company_code_user_company_name_and_more', '2026-01-01 10:00:00+00'),
    ('users', '0003_usermedia', '2026-01-01 10:00:00+00'),
    ('users', '0004_alter_usermedia_metadata', '2026-01-01 10:00:00+00');

INSERT INTO django_content_type (id, app_label, model) VALUES (1, 'users', 'user'), (2, 'collectibles', 'collectible');
INSERT INTO auth_permission (id, name, content_type_id, codename) VALUES (1, 'Can view user', 1, 'view_user');
INSERT INTO auth_group (id, name) VALUES (1, 'auditors');
INSERT INTO users_user (id, password, last_login, is_superuser, username, first_name, last_name, is_staff, is_active, date_joined, email,
    birthdate, company_code, company_name, company_site, phone_number, profile_completed, role, tos_accepted_at) VALUES
    (1, 'pbkdf2_sha256$1000$abcdefghijklmnopqrstuv$UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs=', '2025-10-01 08:00:00.123456+00', false, 'anna', 'Anna', 'Ōkami', false, true, '2024-01-02 00:00:00+00', 'anna@alpha.example', '1988-02-29', 'A-1', 'Alpha', 'https://alpha.example', '+15551234567', true, 'vendor_manager', '2025-01-02 03:04:05.678901+00'),
    (2, 'pbkdf2_sha1$1000$abcdefghijklmnopqrstuv$+5oTfD/enXsijOBknW6M6cP8zps=', NULL, false, 'ben', '', '', false, true, '2024-01-01 00:00:00+00', 'ben@alpha.example', NULL, NULL, NULL, NULL, NULL, false, 'solo', NULL),
    (3, 'scrypt$16$abcdefghijklmnopqrstuv$2$3$YBJMELQWiYWbgUxzG/+yAp1GQZLDy+n3C/Otkzhh0FB/TYE4EiNsURHSEPDRSFEah1BFnRmg9t49hxB8sPwx6w==', NULL, false, 'cleo', '', '', false, true, '2024-02-01 00:00:00+00', 'cleo@beta.example', NULL, NULL, NULL, NULL, NULL, false, 'solo', NULL),
    (4, 'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuraR8y8jUb0UMmCc9fwl/YxKZSpSs52u', NULL, false, 'dora', '', '', false, true, '2024-03-01 00:00:00+00', '', NULL, NULL, NULL, NULL, NULL, false, 'solo', NULL),
    (5, 'argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4', NULL, true, 'emil', '', '', true, true, '2024-04-01 00:00:00+00', 'emil@x.example', NULL, NULL, NULL, NULL, NULL, false, 'admin', NULL),
    (6, '!0123456789abcdefghijklmnopqrstuvwxyzABCD', NULL, false, 'finn', '', '', false, true, '2024-05-01 00:00:00+00', 'finn@x.example', NULL, NULL, NULL, NULL, NULL, false, 'solo', NULL);
INSERT INTO django_admin_log (id, action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id) VALUES
    (1, '2025-10-01 09:00:00+00', '1', 'Charizard', 1, '[]', 2, 5);
INSERT INTO collectibles_vendor (id, name, slug, is_active, created_at, updated_at) VALUES
    (1, 'Alpha Cards', 'alpha-cards', true, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00'),
    (2, 'Beta Games', 'beta-games', true, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00');
INSERT INTO collectibles_store (id, name, slug, metadata, is_active, created_at, updated_at, vendor_id, currency, default_tax_rate) VALUES
    (1, 'Main Street', 'default-store', '{"auto_created": true}', true, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00', 1, 'EUR', 19.00),
    (2, '日本橋', 'store', '{}', true, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00', 2, NULL, NULL);
INSERT INTO collectibles_userprofile (id, phone, bio, metadata, created_at, updated_at, user_id, vendor_id) VALUES
    (1, '555-1', 'collects', '{"a": 1}', '2024-01-02 00:00:00+00', '2024-01-02 00:00:00+00', 1, 1),
    (2, NULL, NULL, NULL, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00', 2, 1),
    (3, NULL, NULL, NULL, '2024-02-01 00:00:00+00', '2024-02-01 00:00:00+00', 3, 2),
    (4, NULL, NULL, NULL, '2024-03-01 00:00:00+00', '2024-03-01 00:00:00+00', 4, 2);
INSERT INTO collectibles_vendormember (id, role, is_active, joined_at, metadata, user_id, vendor_id, invite_status, invited_at) VALUES
    (1, 'owner', true, '2024-01-02 00:00:00+00', '{}', 1, 1, 'accepted', '2024-01-02 00:00:00+00'),
    (2, 'staff', false, '2024-01-02 00:00:00+00', '{}', 6, 1, 'revoked', '2024-01-02 00:00:00+00');
INSERT INTO collectibles_collectible (id, name, sku, quantity, updated_at, description, price, intake_price, projected_price, user_id,
    vendor_id, image_url, category, condition, created_at, store_id) VALUES
    (1, 'Charizard Holo', 'A-1', 3, '2025-09-01 12:00:00.654321+00', 'Base set', 350.50, 120.00, 99999999.99, 1, 1, 'https://img.example/c.jpg', 'TCG', 'Mint', '2025-01-01 00:00:00+00', 1),
    (2, 'Zelda', 'B-1', 0, '2025-09-02 12:00:00+00', NULL, 0.01, 0.00, 0.00, 3, 2, NULL, NULL, NULL, '2025-01-01 00:00:00+00', 2),
    (3, 'Nobody''s', 'N-1', 1, '2025-09-03 12:00:00+00', '', 5.00, 0.00, 0.00, NULL, NULL, NULL, NULL, NULL, '2025-01-01 00:00:00+00', 2);
INSERT INTO collectibles_carddetails (id, psa_grade, external_ids, language, release_date, created_at, updated_at, collectible_id) VALUES
    (1, 9.5, '{"tcgplayer": 12345}', 'English', '1999-01-09', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00', 1);
INSERT INTO collectibles_inventorymedia (id, url, media_type, sort_order, is_primary, width, metadata, created_at, updated_at, item_id) VALUES
    (1, 'https://img.example/c.jpg', 'primary', 0, true, 800, '{"path": "p/1.jpg", "bucket": "b"}', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00', 1);
INSERT INTO collectibles_stockledger (id, delta, reason, metadata, created_at, collectible_id, performed_by_id, to_store_id) VALUES
    (1, 3, 'intake', '{"po": "PO-1"}', '2025-01-01 00:00:00+00', 1, 1, 1);
SELECT setval(pg_get_serial_sequence(name, 'id'), last) FROM (VALUES
    ('django_content_type', 2), ('auth_permission', 1), ('auth_group', 1), ('users_user', 9), ('django_admin_log', 1),
    ('collectibles_vendor', 2), ('collectibles_store', 2), ('collectibles_userprofile', 4), ('collectibles_vendormember', 2),
    ('collectibles_collectible', 3), ('collectibles_carddetails', 1), ('collectibles_inventorymedia', 1), ('collectibles_stockledger', 1)
) AS sequences (name, last);
