-- The schema that the Django backend of Omni-Stock has come to, name for name: both programs can work on one database.
-- No column has a default, no foreign key an action: what a delete brings along is done by the program.

CREATE TABLE django_content_type (
    {{.SmallID}},
    {{.Varchar "app_label" 100}} NOT NULL,
    {{.Varchar "model" 100}} NOT NULL,
    CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model)
);

CREATE TABLE auth_permission (
    {{.SmallID}},
    {{.Varchar "name" 255}} NOT NULL,
    content_type_id integer NOT NULL,
    {{.Varchar "codename" 100}} NOT NULL,
    CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename),
    CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co
        FOREIGN KEY (content_type_id) REFERENCES django_content_type (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON auth_permission (content_type_id);

CREATE TABLE auth_group (
    {{.SmallID}},
    {{.Varchar "name" 150}} NOT NULL,
    CONSTRAINT auth_group_name_key UNIQUE (name)
);

CREATE TABLE auth_group_permissions (
    {{.ID}},
    group_id integer NOT NULL,
    permission_id integer NOT NULL,
    CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id),
    CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm
        FOREIGN KEY (permission_id) REFERENCES auth_permission (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id
        FOREIGN KEY (group_id) REFERENCES auth_group (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON auth_group_permissions (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON auth_group_permissions (permission_id);

CREATE TABLE users_user (
    {{.ID}},
    {{.Varchar "password" 128}} NOT NULL,
    {{.Time "last_login"}},
    {{.Bool "is_superuser"}} NOT NULL,
    {{.Varchar "username" 150}} NOT NULL,
    {{.Varchar "first_name" 150}} NOT NULL,
    {{.Varchar "last_name" 150}} NOT NULL,
    {{.Bool "is_staff"}} NOT NULL,
    {{.Bool "is_active"}} NOT NULL,
    {{.Time "date_joined"}} NOT NULL,
    {{.Varchar "email" 254}} NOT NULL,
    {{.Date "birthdate"}},
    {{.Varchar "company_code" 40}},
    {{.Varchar "company_name" 255}},
    {{.Varchar "company_site" 200}},
    {{.Varchar "phone_number" 20}},
    {{.Bool "profile_completed"}} NOT NULL,
    {{.Varchar "role" 20}} NOT NULL,
    {{.Time "tos_accepted_at"}},
    CONSTRAINT users_user_email_key UNIQUE (email),
    CONSTRAINT users_user_username_key UNIQUE (username)
);

CREATE TABLE users_user_groups (
    {{.ID}},
    user_id bigint NOT NULL,
    group_id integer NOT NULL,
    CONSTRAINT users_user_groups_user_id_group_id_b88eab82_uniq UNIQUE (user_id, group_id),
    CONSTRAINT users_user_groups_group_id_9afc8d0e_fk_auth_group_id
        FOREIGN KEY (group_id) REFERENCES auth_group (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT users_user_groups_user_id_5f6f5a90_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX users_user_groups_group_id_9afc8d0e ON users_user_groups (group_id);
CREATE INDEX users_user_groups_user_id_5f6f5a90 ON users_user_groups (user_id);

CREATE TABLE users_user_user_permissions (
    {{.ID}},
    user_id bigint NOT NULL,
    permission_id integer NOT NULL,
    CONSTRAINT users_user_user_permissions_user_id_permission_id_43338c45_uniq UNIQUE (user_id, permission_id),
    CONSTRAINT users_user_user_perm_permission_id_0b93982e_fk_auth_perm
        FOREIGN KEY (permission_id) REFERENCES auth_permission (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT users_user_user_permissions_user_id_20aca447_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX users_user_user_permissions_permission_id_0b93982e ON users_user_user_permissions (permission_id);
CREATE INDEX users_user_user_permissions_user_id_20aca447 ON users_user_user_permissions (user_id);

CREATE TABLE users_usermedia (
    {{.ID}},
    {{.Varchar "media_type" 32}} NOT NULL,
    {{.Varchar "url" 200}} NOT NULL,
    {{.Integer "width"}},
    {{.Integer "height"}},
    {{.Integer "size_kb"}},
    {{.JSON "metadata"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT users_usermedia_height_check CHECK (height >= 0),
    CONSTRAINT users_usermedia_size_kb_check CHECK (size_kb >= 0),
    CONSTRAINT users_usermedia_width_check CHECK (width >= 0),
    CONSTRAINT users_usermedia_user_id_de4fdf5d_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX users_usermedia_user_id_de4fdf5d ON users_usermedia (user_id);

CREATE TABLE collectibles_vendor (
    {{.ID}},
    {{.Varchar "name" 200}} NOT NULL,
    {{.Varchar "slug" 200}} NOT NULL,
    description text,
    contact_info text,
    {{.Bool "is_active"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    CONSTRAINT collectibles_vendor_slug_key UNIQUE (slug)
);

CREATE TABLE collectibles_store (
    {{.ID}},
    {{.Varchar "name" 255}} NOT NULL,
    {{.Varchar "slug" 255}} NOT NULL,
    {{.Varchar "type" 32}},
    description text,
    address text,
    {{.JSON "metadata"}} NOT NULL,
    {{.Varchar "logo_url" 200}},
    {{.Varchar "banner_url" 200}},
    {{.Varchar "currency" 8}},
    {{.Decimal "default_tax_rate" 5 2}},
    {{.Bool "is_active"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    vendor_id bigint NOT NULL,
    CONSTRAINT collectibles_store_vendor_id_slug_89fe92fc_uniq UNIQUE (vendor_id, slug),
    CONSTRAINT collectibles_store_vendor_id_cc0e8c99_fk_collectibles_vendor_id
        FOREIGN KEY (vendor_id) REFERENCES collectibles_vendor (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collectibles_store_slug_6a812ef7 ON collectibles_store (slug);
CREATE INDEX collectibles_store_vendor_id_cc0e8c99 ON collectibles_store (vendor_id);

CREATE TABLE collectibles_vendormember (
    {{.ID}},
    {{.Varchar "role" 32}} NOT NULL,
    {{.Varchar "title" 255}},
    {{.Bool "is_active"}} NOT NULL,
    {{.Time "joined_at"}} NOT NULL,
    {{.Varchar "invite_code" 100}},
    {{.JSON "metadata"}} NOT NULL,
    invited_by_id bigint,
    user_id bigint NOT NULL,
    vendor_id bigint NOT NULL,
    {{.Varchar "invite_status" 20}} NOT NULL,
    {{.Time "invited_at"}} NOT NULL,
    {{.Time "responded_at"}},
    {{.Time "revoked_at"}},
    active_store_id bigint,
    CONSTRAINT collectibles_vendormember_vendor_id_user_id_6a13215f_uniq UNIQUE (vendor_id, user_id),
    CONSTRAINT collectibles_vendorm_active_store_id_398c4df3_fk_collectib
        FOREIGN KEY (active_store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_vendorm_invited_by_id_19fb6886_fk_users_use
        FOREIGN KEY (invited_by_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_vendorm_vendor_id_53a64390_fk_collectib
        FOREIGN KEY (vendor_id) REFERENCES collectibles_vendor (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_vendormember_user_id_7c5128e4_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collectibles_vendormember_active_store_id_398c4df3 ON collectibles_vendormember (active_store_id);
CREATE INDEX collectibles_vendormember_invited_by_id_19fb6886 ON collectibles_vendormember (invited_by_id);
CREATE INDEX collectibles_vendormember_user_id_7c5128e4 ON collectibles_vendormember (user_id);
CREATE INDEX collectibles_vendormember_vendor_id_53a64390 ON collectibles_vendormember (vendor_id);

CREATE TABLE collectibles_storeaccess (
    {{.ID}},
    {{.Varchar "role" 32}} NOT NULL,
    {{.JSON "permissions"}} NOT NULL,
    {{.Bool "is_active"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    store_id bigint NOT NULL,
    member_id bigint NOT NULL,
    CONSTRAINT collectibles_storeaccess_store_id_member_id_aef4db35_uniq UNIQUE (store_id, member_id),
    CONSTRAINT collectibles_storeac_member_id_f31500cf_fk_collectib
        FOREIGN KEY (member_id) REFERENCES collectibles_vendormember (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_storeac_store_id_55c2714f_fk_collectib
        FOREIGN KEY (store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collectibles_storeaccess_member_id_f31500cf ON collectibles_storeaccess (member_id);
CREATE INDEX collectibles_storeaccess_store_id_55c2714f ON collectibles_storeaccess (store_id);

CREATE TABLE collectibles_userprofile (
    {{.ID}},
    {{.Varchar "phone" 40}},
    bio text,
    metadata text,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    user_id bigint NOT NULL,
    vendor_id bigint,
    {{.Varchar "profile_picture" 200}},
    CONSTRAINT collectibles_userprofile_user_id_key UNIQUE (user_id),
    CONSTRAINT collectibles_userpro_vendor_id_7bfc8634_fk_collectib
        FOREIGN KEY (vendor_id) REFERENCES collectibles_vendor (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_userprofile_user_id_a9bf7c9c_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collectibles_userprofile_vendor_id_7bfc8634 ON collectibles_userprofile (vendor_id);

CREATE TABLE collectibles_collectible (
    {{.ID}},
    {{.Varchar "name" 255}} NOT NULL,
    {{.Varchar "sku" 50}} NOT NULL,
    {{.Integer "quantity"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    description text,
    {{.Decimal "price" 10 2}} NOT NULL,
    {{.Decimal "intake_price" 10 2}} NOT NULL,
    {{.Decimal "projected_price" 10 2}} NOT NULL,
    user_id bigint,
    vendor_id bigint,
    {{.Varchar "image_url" 200}},
    {{.Varchar "category" 100}},
    {{.Varchar "condition" 100}},
    {{.Time "created_at"}} NOT NULL,
    store_id bigint NOT NULL,
    CONSTRAINT collectibles_collectible_sku_key UNIQUE (sku),
    CONSTRAINT collectibles_collect_store_id_4ccf0fe7_fk_collectib
        FOREIGN KEY (store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_collect_vendor_id_b2edf496_fk_collectib
        FOREIGN KEY (vendor_id) REFERENCES collectibles_vendor (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_collectible_user_id_4ca1dbc3_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collectibles_collectible_store_id_4ccf0fe7 ON collectibles_collectible (store_id);
CREATE INDEX collectibles_collectible_user_id_4ca1dbc3 ON collectibles_collectible (user_id);
CREATE INDEX collectibles_collectible_vendor_id_b2edf496 ON collectibles_collectible (vendor_id);

CREATE TABLE collectibles_carddetails (
    {{.ID}},
    {{.Decimal "psa_grade" 3 1}},
    {{.Varchar "condition" 50}},
    external_ids text,
    {{.Time "last_estimated_at"}},
    {{.Varchar "language" 50}},
    {{.Date "release_date"}},
    {{.Varchar "print_run" 100}},
    {{.Varchar "market_region" 100}},
    notes text,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    collectible_id bigint NOT NULL,
    CONSTRAINT collectibles_carddetails_collectible_id_key UNIQUE (collectible_id),
    CONSTRAINT collectibles_carddet_collectible_id_4cae4c80_fk_collectib
        FOREIGN KEY (collectible_id) REFERENCES collectibles_collectible (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE collectibles_inventorymedia (
    {{.ID}},
    {{.Varchar "url" 200}} NOT NULL,
    {{.Varchar "media_type" 32}} NOT NULL,
    {{.Integer "sort_order"}} NOT NULL,
    {{.Bool "is_primary"}} NOT NULL,
    {{.Integer "width"}},
    {{.Integer "height"}},
    {{.Integer "size_kb"}},
    {{.JSON "metadata"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT collectibles_inventorymedia_height_check CHECK (height >= 0),
    CONSTRAINT collectibles_inventorymedia_size_kb_check CHECK (size_kb >= 0),
    CONSTRAINT collectibles_inventorymedia_sort_order_check CHECK (sort_order >= 0),
    CONSTRAINT collectibles_inventorymedia_width_check CHECK (width >= 0),
    CONSTRAINT collectibles_inventorymedia_item_id_sort_order_601aea98_uniq UNIQUE (item_id, sort_order),
    CONSTRAINT collectibles_invento_item_id_2db90157_fk_collectib
        FOREIGN KEY (item_id) REFERENCES collectibles_collectible (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collectibles_inventorymedia_item_id_2db90157 ON collectibles_inventorymedia (item_id);

CREATE TABLE collectibles_stockledger (
    {{.ID}},
    {{.Integer "delta"}} NOT NULL,
    {{.Varchar "reason" 64}},
    {{.JSON "metadata"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    collectible_id bigint NOT NULL,
    performed_by_id bigint,
    from_store_id bigint,
    to_store_id bigint,
    CONSTRAINT collectibles_stockle_collectible_id_6f53c1a7_fk_collectib
        FOREIGN KEY (collectible_id) REFERENCES collectibles_collectible (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_stockle_from_store_id_87a6b99d_fk_collectib
        FOREIGN KEY (from_store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_stockle_performed_by_id_eab4947b_fk_users_use
        FOREIGN KEY (performed_by_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_stockle_to_store_id_24e258bb_fk_collectib
        FOREIGN KEY (to_store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collectibles_stockledger_collectible_id_6f53c1a7 ON collectibles_stockledger (collectible_id);
CREATE INDEX collectibles_stockledger_from_store_id_87a6b99d ON collectibles_stockledger (from_store_id);
CREATE INDEX collectibles_stockledger_performed_by_id_eab4947b ON collectibles_stockledger (performed_by_id);
CREATE INDEX collectibles_stockledger_to_store_id_24e258bb ON collectibles_stockledger (to_store_id);

CREATE TABLE token_blacklist_outstandingtoken (
    {{.ID}},
    token text NOT NULL,
    {{.Time "created_at"}},
    {{.Time "expires_at"}} NOT NULL,
    user_id bigint,
    {{.Varchar "jti" 255}} NOT NULL,
    CONSTRAINT token_blacklist_outstandingtoken_jti_hex_d9bdf6f7_uniq UNIQUE (jti),
    CONSTRAINT token_blacklist_outs_user_id_83bc629a_fk_users_use
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX token_blacklist_outstandingtoken_user_id_83bc629a ON token_blacklist_outstandingtoken (user_id);

CREATE TABLE token_blacklist_blacklistedtoken (
    {{.ID}},
    {{.Time "blacklisted_at"}} NOT NULL,
    token_id bigint NOT NULL,
    CONSTRAINT token_blacklist_blacklistedtoken_token_id_key UNIQUE (token_id),
    CONSTRAINT token_blacklist_blacklistedtoken_token_id_3cc7fe56_fk
        FOREIGN KEY (token_id) REFERENCES token_blacklist_outstandingtoken (id) DEFERRABLE INITIALLY DEFERRED
);

{{if .Postgres -}}
-- Indexes for LIKE and for substrings. SQLite has no use for them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX auth_group_name_a6ea08ec_like ON auth_group (name varchar_pattern_ops);
CREATE INDEX carddetails_external_gin ON collectibles_carddetails USING gin (external_ids gin_trgm_ops);
CREATE INDEX collectibles_collectible_sku_33652265_like ON collectibles_collectible (sku varchar_pattern_ops);
CREATE INDEX collectibles_store_slug_6a812ef7_like ON collectibles_store (slug varchar_pattern_ops);
CREATE INDEX collectibles_vendor_slug_912c328a_like ON collectibles_vendor (slug varchar_pattern_ops);
CREATE INDEX token_blacklist_outstandingtoken_jti_hex_d9bdf6f7_like
    ON token_blacklist_outstandingtoken (jti varchar_pattern_ops);
CREATE INDEX users_user_email_243f6e77_like ON users_user (email varchar_pattern_ops);
CREATE INDEX users_user_username_06e46fe6_like ON users_user (username varchar_pattern_ops);
{{end -}}
