-- insert a content type
INSERT INTO django_content_type (app_label, model) VALUES ('rollback_check', txid_current()::text);

-- insert a permission
INSERT INTO auth_permission (name, content_type_id, codename)
VALUES ('Can check', currval(pg_get_serial_sequence('django_content_type', 'id')), 'check');

-- insert a group
INSERT INTO auth_group (name) VALUES ('rollback-check-' || txid_current());

-- insert a permission of a group
INSERT INTO auth_group_permissions (group_id, permission_id)
VALUES (currval(pg_get_serial_sequence('auth_group', 'id')), currval(pg_get_serial_sequence('auth_permission', 'id')));

-- insert a user
INSERT INTO users_user (password, last_login, is_superuser, username, first_name, last_name, is_staff, is_active, date_joined,
    email, birthdate, company_code, company_name, company_site, phone_number, profile_completed, role, tos_accepted_at)
VALUES ('!' || repeat('x', 40), NULL, false, 'rollback-check-' || txid_current(), '', '', false, false, now(),
    'rollback-check-' || txid_current() || '@no-email.invalid', NULL, NULL, NULL, NULL, NULL, false, 'solo', NULL);

-- insert a user's group
INSERT INTO users_user_groups (user_id, group_id)
VALUES (currval(pg_get_serial_sequence('users_user', 'id')), currval(pg_get_serial_sequence('auth_group', 'id')));

-- insert a user's permission
INSERT INTO users_user_user_permissions (user_id, permission_id)
VALUES (currval(pg_get_serial_sequence('users_user', 'id')), currval(pg_get_serial_sequence('auth_permission', 'id')));

-- insert a user's image
INSERT INTO users_usermedia (media_type, url, width, height, size_kb, metadata, created_at, updated_at, user_id)
VALUES ('avatar', 'https://img.invalid/1.png', 1, 1, 1, '{}', now(), now(), currval(pg_get_serial_sequence('users_user', 'id')));

-- insert an entry of the admin's log
INSERT INTO django_admin_log (action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id)
VALUES (now(), '1', 'checked', 1, '[]', currval(pg_get_serial_sequence('django_content_type', 'id')),
    currval(pg_get_serial_sequence('users_user', 'id')));

-- insert a refresh token
INSERT INTO token_blacklist_outstandingtoken (user_id, jti, token, created_at, expires_at)
VALUES (currval(pg_get_serial_sequence('users_user', 'id')), 'rollback-check-' || txid_current(), 'x', now(), now());

-- insert a blacklisted token
INSERT INTO token_blacklist_blacklistedtoken (token_id, blacklisted_at)
VALUES (currval(pg_get_serial_sequence('token_blacklist_outstandingtoken', 'id')), now());

-- insert a vendor
INSERT INTO collectibles_vendor (name, slug, description, contact_info, is_active, created_at, updated_at)
VALUES ('Rollback check', 'rollback-check-' || txid_current(), NULL, NULL, true, now(), now());

-- insert a store
INSERT INTO collectibles_store (name, slug, type, description, address, metadata, logo_url, banner_url, currency,
    default_tax_rate, is_active, created_at, updated_at, vendor_id)
VALUES ('Default Store', 'default-store', NULL, NULL, NULL, '{"auto_created": true}', NULL, NULL, NULL, NULL, true, now(), now(),
    currval(pg_get_serial_sequence('collectibles_vendor', 'id')));

-- insert a profile
INSERT INTO collectibles_userprofile (phone, bio, metadata, profile_picture, created_at, updated_at, user_id, vendor_id)
VALUES (NULL, NULL, NULL, NULL, now(), now(), currval(pg_get_serial_sequence('users_user', 'id')),
    currval(pg_get_serial_sequence('collectibles_vendor', 'id')));

-- insert a member
INSERT INTO collectibles_vendormember (role, title, is_active, joined_at, invite_code, metadata, invite_status, invited_at,
    responded_at, revoked_at, active_store_id, invited_by_id, user_id, vendor_id)
VALUES ('owner', NULL, true, now(), NULL, '{}', 'accepted', now(), NULL, NULL,
    currval(pg_get_serial_sequence('collectibles_store', 'id')), currval(pg_get_serial_sequence('users_user', 'id')),
    currval(pg_get_serial_sequence('users_user', 'id')), currval(pg_get_serial_sequence('collectibles_vendor', 'id')));

-- insert an access to a store
INSERT INTO collectibles_storeaccess (role, permissions, is_active, created_at, updated_at, member_id, store_id)
VALUES ('sales', '{}', true, now(), now(), currval(pg_get_serial_sequence('collectibles_vendormember', 'id')),
    currval(pg_get_serial_sequence('collectibles_store', 'id')));

-- insert an item
INSERT INTO collectibles_collectible (name, sku, description, category, condition, quantity, intake_price, price,
    projected_price, image_url, created_at, updated_at, store_id, user_id, vendor_id)
VALUES ('Rollback check', 'rollback-check-' || txid_current(), NULL, NULL, NULL, 1, 0, 99999999.99, 0, NULL, now(), now(),
    currval(pg_get_serial_sequence('collectibles_store', 'id')), currval(pg_get_serial_sequence('users_user', 'id')),
    currval(pg_get_serial_sequence('collectibles_vendor', 'id')));

-- insert card details
INSERT INTO collectibles_carddetails (psa_grade, condition, external_ids, last_estimated_at, language, release_date, print_run,
    market_region, notes, created_at, updated_at, collectible_id)
VALUES (9.5, NULL, '{"tcgplayer": 1}', NULL, 'English', NULL, NULL, NULL, NULL, now(), now(),
    currval(pg_get_serial_sequence('collectibles_collectible', 'id')));

-- insert an item's image
INSERT INTO collectibles_inventorymedia (url, media_type, sort_order, is_primary, width, height, size_kb, metadata, created_at,
    updated_at, item_id)
VALUES ('https://img.invalid/1.png', 'primary', 0, true, 1, 1, 1, '{}', now(), now(),
    currval(pg_get_serial_sequence('collectibles_collectible', 'id')));

-- insert an entry of the ledger
INSERT INTO collectibles_stockledger (delta, reason, metadata, created_at, collectible_id, from_store_id, performed_by_id, to_store_id)
VALUES (1, 'intake', '{}', now(), currval(pg_get_serial_sequence('collectibles_collectible', 'id')), NULL,
    currval(pg_get_serial_sequence('users_user', 'id')), currval(pg_get_serial_sequence('collectibles_store', 'id')));

-- insert a migration
INSERT INTO django_migrations (app, name, applied) VALUES ('rollback_check', '0001_initial', now());

-- check the keys of all that
SET CONSTRAINTS ALL IMMEDIATE;
