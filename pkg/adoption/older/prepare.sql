-- The columns of what is there get the names and the types of the current state.

-- Whoever works with these tables is waited for, for a while, and then kept out. Foreign keys are checked at once: a
-- table with checks to come cannot be altered.
SET CONSTRAINTS ALL IMMEDIATE;
LOCK TABLE auth_user, auth_user_groups, auth_user_user_permissions, collectibles_carddetails, collectibles_collectible,
    collectibles_userprofile, collectibles_vendor, django_admin_log, django_content_type IN ACCESS EXCLUSIVE MODE;

-- Foreign keys to auth_user, whatever their names; those of its own groups and permissions stay with it.
DO $$
DECLARE key record;
BEGIN
    FOR key IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'auth_user'::regclass
        AND conrelid NOT IN ('auth_user_groups'::regclass, 'auth_user_user_permissions'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.name, key.conname);
    END LOOP;
END $$;

DROP INDEX IF EXISTS carddetails_language_btree_idx, carddetails_language_lwr_idx,
    carddetails_market_btree_idx, carddetails_market_lwr_idx;

ALTER TABLE collectibles_collectible RENAME COLUMN last_updated TO updated_at;
ALTER TABLE collectibles_collectible RENAME COLUMN current_price TO price;
ALTER TABLE collectibles_collectible
    ADD COLUMN image_url varchar(200),
    ADD COLUMN category varchar(100),
    ADD COLUMN condition varchar(100),
    ADD COLUMN created_at timestamp with time zone,
    ADD COLUMN store_id bigint;

ALTER TABLE collectibles_userprofile
    ALTER COLUMN user_id TYPE bigint,
    ADD COLUMN profile_picture varchar(200);
ALTER TABLE django_admin_log ALTER COLUMN user_id TYPE bigint;

-- The permissions on users, and the log of their changes, are those of the new table.
UPDATE django_content_type SET app_label = 'users' WHERE app_label = 'auth' AND model = 'user';
