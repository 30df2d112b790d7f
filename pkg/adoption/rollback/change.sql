-- log the user in
UPDATE users_user SET last_login = now(), password = 'pbkdf2_sha256$720000$x$x' WHERE id = currval(pg_get_serial_sequence('users_user', 'id'));

-- change the item
UPDATE collectibles_collectible SET name = 'Checked', quantity = 0, updated_at = now()
WHERE id = currval(pg_get_serial_sequence('collectibles_collectible', 'id'));

-- choose a store
UPDATE collectibles_vendormember SET active_store_id = NULL WHERE id = currval(pg_get_serial_sequence('collectibles_vendormember', 'id'));

-- delete the item
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM collectibles_stockledger WHERE collectible_id IN (currval(pg_get_serial_sequence('collectibles_collectible', 'id')));
DELETE FROM collectibles_inventorymedia WHERE item_id IN (currval(pg_get_serial_sequence('collectibles_collectible', 'id')));
DELETE FROM collectibles_carddetails WHERE collectible_id IN (currval(pg_get_serial_sequence('collectibles_collectible', 'id')));
DELETE FROM collectibles_collectible WHERE id IN (currval(pg_get_serial_sequence('collectibles_collectible', 'id')));
SET CONSTRAINTS ALL IMMEDIATE;

-- delete the store
SET CONSTRAINTS ALL DEFERRED;
UPDATE collectibles_stockledger SET from_store_id = NULL WHERE from_store_id IN (currval(pg_get_serial_sequence('collectibles_store', 'id')));
UPDATE collectibles_stockledger SET to_store_id = NULL WHERE to_store_id IN (currval(pg_get_serial_sequence('collectibles_store', 'id')));
UPDATE collectibles_vendormember SET active_store_id = NULL WHERE active_store_id IN (currval(pg_get_serial_sequence('collectibles_store', 'id')));
DELETE FROM collectibles_storeaccess WHERE store_id IN (currval(pg_get_serial_sequence('collectibles_store', 'id')));
DELETE FROM collectibles_store WHERE id IN (currval(pg_get_serial_sequence('collectibles_store', 'id')));
SET CONSTRAINTS ALL IMMEDIATE;

-- delete the vendor
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM collectibles_storeaccess WHERE member_id IN (currval(pg_get_serial_sequence('collectibles_vendormember', 'id')));
UPDATE collectibles_collectible SET vendor_id = NULL WHERE vendor_id IN (currval(pg_get_serial_sequence('collectibles_vendor', 'id')));
UPDATE collectibles_userprofile SET vendor_id = NULL WHERE vendor_id IN (currval(pg_get_serial_sequence('collectibles_vendor', 'id')));
DELETE FROM collectibles_store WHERE vendor_id IN (currval(pg_get_serial_sequence('collectibles_vendor', 'id')));
DELETE FROM collectibles_vendormember WHERE vendor_id IN (currval(pg_get_serial_sequence('collectibles_vendor', 'id')));
DELETE FROM collectibles_vendor WHERE id IN (currval(pg_get_serial_sequence('collectibles_vendor', 'id')));
SET CONSTRAINTS ALL IMMEDIATE;

-- delete the user
SET CONSTRAINTS ALL DEFERRED;
UPDATE token_blacklist_outstandingtoken SET user_id = NULL WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
UPDATE collectibles_vendormember SET invited_by_id = NULL WHERE invited_by_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
UPDATE collectibles_stockledger SET performed_by_id = NULL WHERE performed_by_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM users_user_groups WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM users_user_user_permissions WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM django_admin_log WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM collectibles_collectible WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM collectibles_vendormember WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM collectibles_userprofile WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM users_usermedia WHERE user_id IN (currval(pg_get_serial_sequence('users_user', 'id')));
DELETE FROM users_user WHERE id IN (currval(pg_get_serial_sequence('users_user', 'id')));
SET CONSTRAINTS ALL IMMEDIATE;

-- delete the tokens
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM token_blacklist_blacklistedtoken WHERE token_id IN (currval(pg_get_serial_sequence('token_blacklist_outstandingtoken', 'id')));
DELETE FROM token_blacklist_outstandingtoken WHERE id IN (currval(pg_get_serial_sequence('token_blacklist_outstandingtoken', 'id')));
SET CONSTRAINTS ALL IMMEDIATE;

-- delete the group, the permission and the content type
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM auth_group_permissions WHERE group_id IN (currval(pg_get_serial_sequence('auth_group', 'id')));
DELETE FROM auth_group WHERE id IN (currval(pg_get_serial_sequence('auth_group', 'id')));
DELETE FROM auth_permission WHERE id IN (currval(pg_get_serial_sequence('auth_permission', 'id')));
DELETE FROM django_content_type WHERE id IN (currval(pg_get_serial_sequence('django_content_type', 'id')));
SET CONSTRAINTS ALL IMMEDIATE;
