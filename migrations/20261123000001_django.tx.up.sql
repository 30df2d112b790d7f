-- Two tables of Django's own. Its admin's log names users, whose deletion takes their entries along; and its history of
-- migrations says that the schema is the one its own migrations come to, so that it finds nothing to do here but to make
-- its table of sessions.

CREATE TABLE IF NOT EXISTS django_admin_log (
    {{.SmallID}},
    {{.Time "action_time"}} NOT NULL,
    object_id text,
    {{.Varchar "object_repr" 200}} NOT NULL,
    {{.Small "action_flag"}} NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK (action_flag >= 0),
    CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co
        FOREIGN KEY (content_type_id) REFERENCES django_content_type (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT django_admin_log_user_id_c564eba6_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX IF NOT EXISTS django_admin_log_content_type_id_c4bce8eb ON django_admin_log (content_type_id);
CREATE INDEX IF NOT EXISTS django_admin_log_user_id_c564eba6 ON django_admin_log (user_id);

CREATE TABLE IF NOT EXISTS django_migrations (
    {{.ID}},
    {{.Varchar "app" 255}} NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Time "applied"}} NOT NULL
);

-- Where Django has migrated as far itself, its history stays what it is.
WITH django (app, name) AS (VALUES
    ('contenttypes', '0001_initial'),
    ('contenttypes', '0002_remove_content_type_name'),
    ('auth', '0001_initial'),
    ('auth', '0002_alter_permission_name_max_length'),
    ('auth', '0003_alter_user_email_max_length'),
    ('auth', '0004_alter_user_username_opts'),
    ('auth', '0005_alter_user_last_login_null'),
    ('auth', '0006_require_contenttypes_0002'),
    ('auth', '0007_alter_validators_add_error_messages'),
    ('auth', '0008_alter_user_username_max_length'),
    ('auth', '0009_alter_user_last_name_max_length'),
    ('auth', '0010_alter_group_name_max_length'),
    ('auth', '0011_update_proxy_permissions'),
    ('auth', '0012_alter_user_first_name_max_length'),
    ('users', '0001_initial'),
    ('admin', '0001_initial'),
    ('admin', '0002_logentry_remove_auto_add'),
    ('admin', '0003_logentry_add_action_flag_choices'),
    ('collectibles', '0001_initial'),
    ('collectibles', '0002_collectible_current_price_collectible_image_and_more'),
    ('collectibles', '0003_vendor_carddetails_userprofile_collectible_vendor'),
    ('collectibles', '0006_add_carddetails_externalids_gin'),
    ('collectibles', '0004_add_carddetails_indexes'),
    ('collectibles', '0005_add_carddetails_btree_indexes'),
    ('collectibles', '0007_add_carddetails_btree_indexes_concurrent'),
    ('collectibles', '0008_alter_userprofile_options_and_more'),
    ('collectibles', '0009_collectible_schema_updates'),
    ('collectibles', '0010_add_profile_picture'),
    ('collectibles', '0011_alter_userprofile_profile_picture_inventorymedia'),
    ('collectibles', '0012_alter_userprofile_profile_picture'),
    ('collectibles', '0013_alter_userprofile_profile_picture'),
    ('collectibles', '0014_store_stockledger_collectible_store_vendormember_and_more'),
    ('collectibles', '0015_collectible_store_not_null'),
    ('collectibles', '0016_vendormember_invite_status_vendormember_invited_at_and_more'),
    ('collectibles', '0017_vendormember_active_store'),
    ('token_blacklist', '0001_initial'),
    ('token_blacklist', '0002_outstandingtoken_jti_hex'),
    ('token_blacklist', '0003_auto_20171017_2007'),
    ('token_blacklist', '0004_auto_20171017_2013'),
    ('token_blacklist', '0005_remove_outstandingtoken_jti'),
    ('token_blacklist', '0006_auto_20171017_2113'),
    ('token_blacklist', '0007_auto_20171017_2214'),
    ('token_blacklist', '0008_migrate_to_bigautofield'),
    ('token_blacklist', '0010_fix_migrate_to_bigautofield'),
    ('token_blacklist', '0011_linearizes_history'),
    ('token_blacklist', '0012_alter_outstandingtoken_user'),
    ('token_blacklist', '0013_alter_blacklistedtoken_options_and_more'),
    ('users', '0002_user_birthdate_user_company_code_user_company_name_and_more'),
    ('users', '0003_usermedia'),
    ('users', '0004_alter_usermedia_metadata')
)
INSERT INTO django_migrations (app, name, applied)
SELECT app, name, {{if .Postgres}}now(){{else}}strftime('%Y-%m-%d %H:%M:%S+00:00', 'now'){{end}} FROM django
WHERE NOT EXISTS (SELECT 1 FROM django_migrations WHERE app = 'users' AND name = '0001_initial')
AND NOT EXISTS (SELECT 1 FROM django_migrations AS done WHERE done.app = django.app AND done.name = django.name);
