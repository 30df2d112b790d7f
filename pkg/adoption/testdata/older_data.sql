-- A shop of the older state. The passwords: anna "pässwörd ✓", emil "password", finn and gail none, all others "secret".

INSERT INTO django_migrations (app, name, applied) VALUES
    ('contenttypes', '0001_initial', '2025-11-01 10:00:00+00'),
    ('auth', '0001_initial', '2025-11-01 10:00:00+00'),
    ('admin', '0001_initial', '2025-11-01 10:00:00+00'),
    ('admin', '0002_logentry_remove_auto_add', '2025-11-01 10:00:00+00'),
    ('admin', '0003_logentry_add_action_flag_choices', '2025-11-01 10:00:00+00'),
    ('contenttypes', '0002_remove_content_type_name', '2025-11-01 10:00:00+00'),
    ('auth', '0002_alter_permission_name_max_length', '2025-11-01 10:00:00+00'),
    ('auth', '0003_alter_user_email_max_length', '2025-11-01 10:00:00+00'),
    ('auth', '0004_alter_user_username_opts', '2025-11-01 10:00:00+00'),
    ('auth', '0005_alter_user_last_login_null', '2025-11-01 10:00:00+00'),
    ('auth', '0006_require_contenttypes_0002', '2025-11-01 10:00:00+00'),
    ('auth', '0007_alter_validators_add_error_messages', '2025-11-01 10:00:00+00'),
    ('auth', '0008_alter_user_username_max_length', '2025-11-01 10:00:00+00'),
    ('auth', '0009_alter_user_last_name_max_length', '2025-11-01 10:00:00+00'),
    ('auth', '0010_alter_group_name_max_length', '2025-11-01 10:00:00+00'),
    ('auth', '0011_update_proxy_permissions', '2025-11-01 10:00:00+00'),
    ('auth', '0012_alter_user_first_name_max_length', '2025-11-01 10:00:00+00'),
    ('collectibles', '0001_initial', '2025-11-01 10:00:00+00'),
    ('collectibles', '0002_collectible_current_price_collectible_image_and_more', '2025-11-01 10:00:00+00'),
    ('collectibles', '0003_vendor_carddetails_userprofile_collectible_vendor', '2025-11-01 10:00:00+00'),
    ('collectibles', '0006_add_carddetails_externalids_gin', '2025-11-01 10:00:00+00'),
    ('collectibles', '0004_add_carddetails_indexes', '2025-11-01 10:00:00+00'),
    ('collectibles', '0005_add_carddetails_btree_indexes', '2025-11-01 10:00:00+00'),
    ('collectibles', '0007_add_carddetails_btree_indexes_concurrent', '2025-11-01 10:00:00+00'),
    ('sessions', '0001_initial', '2025-11-01 10:00:00+00');

INSERT INTO django_content_type (id, app_label, model) VALUES
    (1, 'admin', 'logentry'),
    (2, 'auth', 'permission'),
    (3, 'auth', 'group'),
    (4, 'auth', 'user'),
    (5, 'contenttypes', 'contenttype'),
    (6, 'sessions', 'session'),
    (7, 'collectibles', 'collectible');
INSERT INTO auth_permission (id, name, content_type_id, codename) VALUES
    (1, 'Can view user', 4, 'view_user'), (2, 'Can change Collectible Item', 7, 'change_collectible');
INSERT INTO auth_group (id, name) VALUES (1, 'auditors');
INSERT INTO auth_group_permissions (id, group_id, permission_id) VALUES (1, 1, 1);

INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) VALUES
    (1, 'pbkdf2_sha256$1000$abcdefghijklmnopqrstuv$UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs=', '2025-10-01 08:00:00.123456+00', false, 'anna', 'Anna', 'Ōkami', 'Shop@alpha.example', false, true, '2024-01-02 00:00:00+00'),
    (2, 'pbkdf2_sha1$1000$abcdefghijklmnopqrstuv$+5oTfD/enXsijOBknW6M6cP8zps=', NULL, false, 'ben', '', '', 'shop@alpha.example', false, false, '2024-01-01 00:00:00+00'),
    (3, 'scrypt$16$abcdefghijklmnopqrstuv$2$3$YBJMELQWiYWbgUxzG/+yAp1GQZLDy+n3C/Otkzhh0FB/TYE4EiNsURHSEPDRSFEah1BFnRmg9t49hxB8sPwx6w==', NULL, false, 'cleo', '', '', 'Shop@alpha.example', false, true, '2024-02-01 00:00:00+00'),
    (4, 'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuraR8y8jUb0UMmCc9fwl/YxKZSpSs52u', NULL, false, 'dora', '', '', '', false, true, '2024-03-01 00:00:00+00'),
    (5, 'argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4', NULL, false, 'emil', '', '', '  ', false, true, '2024-04-01 00:00:00+00'),
    (6, '!0123456789abcdefghijklmnopqrstuvwxyzABCD', NULL, false, 'finn', '', '', 'user-4@no-email.invalid', false, true, '2024-05-01 00:00:00+00'),
    (7, '', NULL, true, 'gail', '', '', 'gail@x.example', true, true, '2024-06-01 00:00:00+00'),
    (8, 'bcrypt$$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW', NULL, false, 'hugo', '', '', 'hugo@x.example', false, true, '2024-07-01 00:00:00+00');
SELECT setval('auth_user_id_seq', 12); -- four accounts were deleted
INSERT INTO auth_user_groups (id, user_id, group_id) VALUES (1, 7, 1);
INSERT INTO auth_user_user_permissions (id, user_id, permission_id) VALUES (1, 7, 2);
INSERT INTO django_admin_log (id, action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id) VALUES
    (1, '2025-10-01 09:00:00+00', '2', 'ben', 2, '[]', 4, 7);
INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('abc', 'e30', '2026-01-01 00:00:00+00');

INSERT INTO collectibles_vendor (id, name, slug, description, contact_info, is_active, created_at, updated_at) VALUES
    (1, 'Alpha Cards', 'alpha-cards', NULL, 'call us', true, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00'),
    (2, 'Beta Games', 'beta-games', 'games', NULL, true, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00'),
    (3, 'Gamma', 'gamma', NULL, NULL, false, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00'),
    (4, 'Unassigned stock', 'unassigned-stock', NULL, NULL, true, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00');
INSERT INTO collectibles_userprofile (id, phone, bio, metadata, created_at, updated_at, user_id, vendor_id) VALUES
    (1, '555-1', 'collects', '{"a": 1}', '2024-01-02 00:00:00+00', '2024-01-02 00:00:00+00', 1, 1),
    (2, NULL, NULL, NULL, '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00', 2, 1),
    (3, NULL, NULL, NULL, '2024-02-01 00:00:00+00', '2024-02-01 00:00:00+00', 3, 1),
    (4, NULL, NULL, NULL, '2024-03-01 00:00:00+00', '2024-03-01 00:00:00+00', 4, 2),
    (5, NULL, NULL, NULL, '2024-04-01 00:00:00+00', '2024-04-01 00:00:00+00', 5, NULL);
INSERT INTO collectibles_collectible (id, name, sku, quantity, last_updated, description, current_price, image, intake_price, location,
    projected_price, user_id, vendor_id) VALUES
    (1, 'Charizard Holo', 'A-1', 3, '2025-09-01 12:00:00.654321+00', 'Base set', 350.50, 'collectibles_images/charizard.jpg', 120.00, 'Binder 3', 99999999.99, 1, 1),
    (2, 'ポケモン', 'A-2', 0, '2025-09-02 12:00:00+00', NULL, 0.01, '', 0.00, NULL, 0.00, 3, 1),
    (3, 'Zelda', 'B-1', 7, '2025-09-03 12:00:00+00', '', 49.99, NULL, 10.10, ' Shelf ', 60.00, 4, 2),
    (4, 'Of a member, of no vendor', 'N-1', 1, '2025-09-04 12:00:00+00', NULL, 5.00, '', 0.00, '', 0.00, 4, NULL),
    (5, 'Of somebody without a vendor', 'N-2', 2, '2025-09-05 12:00:00+00', NULL, 6.00, '', 0.00, NULL, 0.00, 5, NULL),
    (6, 'Nobody''s', 'N-3', 1, '2025-09-06 12:00:00+00', NULL, 7.00, '', 0.00, NULL, 0.00, NULL, NULL);
SELECT setval('collectibles_collectible_id_seq', 9), setval('collectibles_vendor_id_seq', 4), setval('collectibles_userprofile_id_seq', 5),
    setval('django_content_type_id_seq', 7), setval('auth_permission_id_seq', 2), setval('django_admin_log_id_seq', 1),
    setval('auth_group_id_seq', 1), setval('auth_group_permissions_id_seq', 1), setval('auth_user_groups_id_seq', 1),
    setval('auth_user_user_permissions_id_seq', 1);
INSERT INTO collectibles_carddetails (id, psa_grade, condition, external_ids, last_estimated_at, language, release_date, print_run,
    market_region, notes, created_at, updated_at, collectible_id) VALUES
    (1, 9.5, 'Mint', '{"tcgplayer": 12345}', '2025-08-01 00:00:00+00', 'English', '1999-01-09', 'First Edition', 'US', 'n', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00', 1),
    (2, NULL, NULL, NULL, NULL, 'Japanese', NULL, NULL, 'JP', NULL, '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00', 2);
SELECT setval('collectibles_carddetails_id_seq', 2);
