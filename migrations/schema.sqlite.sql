CREATE TABLE auth_group (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(150) CHECK (length(name) <= 150) NOT NULL,
    CONSTRAINT auth_group_name_key UNIQUE (name)
);

CREATE TABLE auth_group_permissions (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
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

CREATE TABLE auth_permission (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    content_type_id integer NOT NULL,
    codename varchar(100) CHECK (length(codename) <= 100) NOT NULL,
    CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename),
    CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co
        FOREIGN KEY (content_type_id) REFERENCES django_content_type (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON auth_permission (content_type_id);

CREATE TABLE collectibles_carddetails (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    psa_grade integer CHECK (typeof(psa_grade) IN ('integer', 'null') AND psa_grade BETWEEN -999 AND 999),
    condition varchar(50) CHECK (length(condition) <= 50),
    external_ids text,
    last_estimated_at timestamp CHECK (last_estimated_at GLOB '????-??-?? ??:??:??*+00:00'),
    language varchar(50) CHECK (length(language) <= 50),
    release_date date CHECK (release_date IS date(release_date)),
    print_run varchar(100) CHECK (length(print_run) <= 100),
    market_region varchar(100) CHECK (length(market_region) <= 100),
    notes text,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    collectible_id bigint NOT NULL,
    CONSTRAINT collectibles_carddetails_collectible_id_key UNIQUE (collectible_id),
    CONSTRAINT collectibles_carddet_collectible_id_4cae4c80_fk_collectib
        FOREIGN KEY (collectible_id) REFERENCES collectibles_collectible (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER omnistock_collectible_search_delete AFTER DELETE ON collectibles_collectible BEGIN
    DELETE FROM omnistock_collectible_search WHERE rowid = old.id;
END;

CREATE TRIGGER omnistock_collectible_search_insert AFTER INSERT ON collectibles_collectible BEGIN
    INSERT INTO omnistock_collectible_search (rowid, item)
        VALUES (new.id, upper(new.name || ' ' || new.sku || ' ' || coalesce(new.description, '')));
END;

CREATE TRIGGER omnistock_collectible_search_update AFTER UPDATE OF id, name, sku, description ON collectibles_collectible BEGIN
    DELETE FROM omnistock_collectible_search WHERE rowid = old.id;
    INSERT INTO omnistock_collectible_search (rowid, item)
        VALUES (new.id, upper(new.name || ' ' || new.sku || ' ' || coalesce(new.description, '')));
END;

CREATE TRIGGER omnistock_forget_items AFTER DELETE ON collectibles_collectible BEGIN
    DELETE FROM omnistock_item_attribute WHERE item_id = old.id;
    DELETE FROM omnistock_item_reference WHERE item_id = old.id;
END;

CREATE TRIGGER omnistock_price_observation_forget AFTER DELETE ON collectibles_collectible BEGIN
    DELETE FROM omnistock_price_observation WHERE item_id = old.id;
END;

CREATE TRIGGER omnistock_stock_summary_delete AFTER DELETE ON collectibles_collectible WHEN old.vendor_id IS NOT NULL BEGIN
    UPDATE omnistock_stock_summary SET items = items - 1, units = units - old.quantity,
        cost = cost - max(min(old.quantity * old.intake_price, 1000000000000), -1000000000000),
        worth = worth - max(min(old.quantity * old.price, 1000000000000), -1000000000000),
        projected = projected - max(min(old.quantity * old.projected_price, 1000000000000), -1000000000000)
        WHERE vendor_id = old.vendor_id AND store_id = old.store_id AND category = coalesce(old.category, '') AND level = max(min(old.quantity, 11), 0);
    DELETE FROM omnistock_stock_summary WHERE vendor_id = old.vendor_id AND store_id = old.store_id AND category = coalesce(old.category, '') AND level = max(min(old.quantity, 11), 0) AND items = 0;
END;

CREATE TRIGGER omnistock_stock_summary_insert AFTER INSERT ON collectibles_collectible WHEN new.vendor_id IS NOT NULL BEGIN
    INSERT INTO omnistock_stock_summary (vendor_id, store_id, category, level, items, units, cost, worth, projected)
        SELECT new.vendor_id, new.store_id, coalesce(new.category, ''), max(min(new.quantity, 11), 0), 1, new.quantity,
            max(min(new.quantity * new.intake_price, 1000000000000), -1000000000000),
            max(min(new.quantity * new.price, 1000000000000), -1000000000000),
            max(min(new.quantity * new.projected_price, 1000000000000), -1000000000000)
        WHERE new.vendor_id IS NOT NULL
        ON CONFLICT (vendor_id, store_id, category, level) DO UPDATE SET items = items + 1, units = units + excluded.units,
            cost = cost + excluded.cost, worth = worth + excluded.worth, projected = projected + excluded.projected;
END;

CREATE TRIGGER omnistock_stock_summary_update
    AFTER UPDATE OF vendor_id, store_id, category, quantity, intake_price, price, projected_price ON collectibles_collectible
    WHEN (new.vendor_id, new.store_id, new.category, new.quantity, new.intake_price, new.price, new.projected_price)
        IS NOT (old.vendor_id, old.store_id, old.category, old.quantity, old.intake_price, old.price, old.projected_price)
BEGIN
    INSERT INTO omnistock_stock_summary (vendor_id, store_id, category, level, items, units, cost, worth, projected)
        SELECT new.vendor_id, new.store_id, coalesce(new.category, ''), max(min(new.quantity, 11), 0), 1, new.quantity,
            max(min(new.quantity * new.intake_price, 1000000000000), -1000000000000),
            max(min(new.quantity * new.price, 1000000000000), -1000000000000),
            max(min(new.quantity * new.projected_price, 1000000000000), -1000000000000)
        WHERE new.vendor_id IS NOT NULL
        ON CONFLICT (vendor_id, store_id, category, level) DO UPDATE SET items = items + 1, units = units + excluded.units,
            cost = cost + excluded.cost, worth = worth + excluded.worth, projected = projected + excluded.projected;
    UPDATE omnistock_stock_summary SET items = items - 1, units = units - old.quantity,
        cost = cost - max(min(old.quantity * old.intake_price, 1000000000000), -1000000000000),
        worth = worth - max(min(old.quantity * old.price, 1000000000000), -1000000000000),
        projected = projected - max(min(old.quantity * old.projected_price, 1000000000000), -1000000000000)
        WHERE vendor_id = old.vendor_id AND store_id = old.store_id AND category = coalesce(old.category, '') AND level = max(min(old.quantity, 11), 0);
    DELETE FROM omnistock_stock_summary WHERE vendor_id = old.vendor_id AND store_id = old.store_id AND category = coalesce(old.category, '') AND level = max(min(old.quantity, 11), 0) AND items = 0;
END;

CREATE TABLE collectibles_collectible (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    sku varchar(50) CHECK (length(sku) <= 50) NOT NULL,
    quantity integer CHECK (typeof(quantity) IN ('integer', 'null') AND quantity BETWEEN -2147483648 AND 2147483647) NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    description text,
    price integer CHECK (typeof(price) IN ('integer', 'null') AND price BETWEEN -9999999999 AND 9999999999) NOT NULL,
    intake_price integer CHECK (typeof(intake_price) IN ('integer', 'null') AND intake_price BETWEEN -9999999999 AND 9999999999) NOT NULL,
    projected_price integer CHECK (typeof(projected_price) IN ('integer', 'null') AND projected_price BETWEEN -9999999999 AND 9999999999) NOT NULL,
    user_id bigint,
    vendor_id bigint,
    image_url varchar(200) CHECK (length(image_url) <= 200),
    category varchar(100) CHECK (length(category) <= 100),
    condition varchar(100) CHECK (length(condition) <= 100),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
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

CREATE INDEX omnistock_collectible_created_at ON collectibles_collectible (vendor_id, created_at, id);

CREATE INDEX omnistock_collectible_name ON collectibles_collectible (vendor_id, name, id);

CREATE INDEX omnistock_collectible_price ON collectibles_collectible (vendor_id, price, id);

CREATE INDEX omnistock_collectible_quantity ON collectibles_collectible (vendor_id, quantity, id, store_id);

CREATE INDEX omnistock_collectible_sku ON collectibles_collectible (vendor_id, sku, id);

CREATE INDEX omnistock_collectible_slow ON collectibles_collectible (vendor_id, updated_at, id, store_id) WHERE quantity > 0;

CREATE INDEX omnistock_collectible_updated_at ON collectibles_collectible (vendor_id, updated_at, id);

CREATE TABLE collectibles_inventorymedia (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    url varchar(200) CHECK (length(url) <= 200) NOT NULL,
    media_type varchar(32) CHECK (length(media_type) <= 32) NOT NULL,
    sort_order integer CHECK (typeof(sort_order) IN ('integer', 'null') AND sort_order BETWEEN -2147483648 AND 2147483647) NOT NULL,
    is_primary boolean CHECK (is_primary IN (0, 1)) NOT NULL,
    width integer CHECK (typeof(width) IN ('integer', 'null') AND width BETWEEN -2147483648 AND 2147483647),
    height integer CHECK (typeof(height) IN ('integer', 'null') AND height BETWEEN -2147483648 AND 2147483647),
    size_kb integer CHECK (typeof(size_kb) IN ('integer', 'null') AND size_kb BETWEEN -2147483648 AND 2147483647),
    metadata text CHECK (json_valid(metadata)) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
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
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    delta integer CHECK (typeof(delta) IN ('integer', 'null') AND delta BETWEEN -2147483648 AND 2147483647) NOT NULL,
    reason varchar(64) CHECK (length(reason) <= 64),
    metadata text CHECK (json_valid(metadata)) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
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

CREATE TABLE collectibles_store (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    slug varchar(255) CHECK (length(slug) <= 255) NOT NULL,
    type varchar(32) CHECK (length(type) <= 32),
    description text,
    address text,
    metadata text CHECK (json_valid(metadata)) NOT NULL,
    logo_url varchar(200) CHECK (length(logo_url) <= 200),
    banner_url varchar(200) CHECK (length(banner_url) <= 200),
    currency varchar(8) CHECK (length(currency) <= 8),
    default_tax_rate integer CHECK (typeof(default_tax_rate) IN ('integer', 'null') AND default_tax_rate BETWEEN -99999 AND 99999),
    is_active boolean CHECK (is_active IN (0, 1)) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    vendor_id bigint NOT NULL,
    CONSTRAINT collectibles_store_vendor_id_slug_89fe92fc_uniq UNIQUE (vendor_id, slug),
    CONSTRAINT collectibles_store_vendor_id_cc0e8c99_fk_collectibles_vendor_id
        FOREIGN KEY (vendor_id) REFERENCES collectibles_vendor (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX collectibles_store_slug_6a812ef7 ON collectibles_store (slug);

CREATE INDEX collectibles_store_vendor_id_cc0e8c99 ON collectibles_store (vendor_id);

CREATE TABLE collectibles_storeaccess (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    role varchar(32) CHECK (length(role) <= 32) NOT NULL,
    permissions text CHECK (json_valid(permissions)) NOT NULL,
    is_active boolean CHECK (is_active IN (0, 1)) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
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
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    phone varchar(40) CHECK (length(phone) <= 40),
    bio text,
    metadata text,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    user_id bigint NOT NULL,
    vendor_id bigint,
    profile_picture varchar(200) CHECK (length(profile_picture) <= 200),
    CONSTRAINT collectibles_userprofile_user_id_key UNIQUE (user_id),
    CONSTRAINT collectibles_userpro_vendor_id_7bfc8634_fk_collectib
        FOREIGN KEY (vendor_id) REFERENCES collectibles_vendor (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collectibles_userprofile_user_id_a9bf7c9c_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX collectibles_userprofile_vendor_id_7bfc8634 ON collectibles_userprofile (vendor_id);

CREATE TRIGGER omnistock_forget_vendors AFTER DELETE ON collectibles_vendor BEGIN
    DELETE FROM omnistock_item_attribute WHERE value_id IN (SELECT id FROM omnistock_axis_value WHERE vendor_id = old.id);
    DELETE FROM omnistock_item_reference WHERE product_id IN (SELECT id FROM omnistock_product WHERE vendor_id = old.id)
        OR set_id IN (SELECT id FROM omnistock_set WHERE vendor_id = old.id);
    DELETE FROM omnistock_axis_value WHERE vendor_id = old.id;
    DELETE FROM omnistock_axis WHERE vendor_id = old.id;
    DELETE FROM omnistock_product WHERE vendor_id = old.id;
    DELETE FROM omnistock_set WHERE vendor_id = old.id;
    DELETE FROM omnistock_era WHERE vendor_id = old.id;
    DELETE FROM omnistock_accessory WHERE vendor_id = old.id;
    DELETE FROM omnistock_grader WHERE vendor_id = old.id;
END;

CREATE TABLE collectibles_vendor (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    slug varchar(200) CHECK (length(slug) <= 200) NOT NULL,
    description text,
    contact_info text,
    is_active boolean CHECK (is_active IN (0, 1)) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT collectibles_vendor_slug_key UNIQUE (slug)
);

CREATE TABLE collectibles_vendormember (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    role varchar(32) CHECK (length(role) <= 32) NOT NULL,
    title varchar(255) CHECK (length(title) <= 255),
    is_active boolean CHECK (is_active IN (0, 1)) NOT NULL,
    joined_at timestamp CHECK (joined_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    invite_code varchar(100) CHECK (length(invite_code) <= 100),
    metadata text CHECK (json_valid(metadata)) NOT NULL,
    invited_by_id bigint,
    user_id bigint NOT NULL,
    vendor_id bigint NOT NULL,
    invite_status varchar(20) CHECK (length(invite_status) <= 20) NOT NULL,
    invited_at timestamp CHECK (invited_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    responded_at timestamp CHECK (responded_at GLOB '????-??-?? ??:??:??*+00:00'),
    revoked_at timestamp CHECK (revoked_at GLOB '????-??-?? ??:??:??*+00:00'),
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

CREATE TABLE django_admin_log (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    action_time timestamp CHECK (action_time GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    object_id text,
    object_repr varchar(200) CHECK (length(object_repr) <= 200) NOT NULL,
    action_flag integer CHECK (typeof(action_flag) IN ('integer', 'null') AND action_flag BETWEEN -32768 AND 32767) NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK (action_flag >= 0),
    CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co
        FOREIGN KEY (content_type_id) REFERENCES django_content_type (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT django_admin_log_user_id_c564eba6_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON django_admin_log (content_type_id);

CREATE INDEX django_admin_log_user_id_c564eba6 ON django_admin_log (user_id);

CREATE TABLE django_content_type (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    app_label varchar(100) CHECK (length(app_label) <= 100) NOT NULL,
    model varchar(100) CHECK (length(model) <= 100) NOT NULL,
    CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model)
);

CREATE TABLE django_migrations (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    app varchar(255) CHECK (length(app) <= 255) NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    applied timestamp CHECK (applied GLOB '????-??-?? ??:??:??*+00:00') NOT NULL
);

CREATE TABLE omnistock_accessory (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    slug varchar(100) CHECK (length(slug) <= 100) NOT NULL,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    kind varchar(50) CHECK (length(kind) <= 50) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL
);

CREATE UNIQUE INDEX omnistock_accessory_slug ON omnistock_accessory (slug) WHERE vendor_id IS NULL;

CREATE UNIQUE INDEX omnistock_accessory_vendor_slug ON omnistock_accessory (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_acquisition (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    cost integer CHECK (typeof(cost) IN ('integer', 'null') AND cost BETWEEN -9999999999 AND 9999999999) NOT NULL,
    supplier varchar(255) CHECK (length(supplier) <= 255) NOT NULL,
    reference varchar(255) CHECK (length(reference) <= 255) NOT NULL,
    user_id bigint,
    client_key varchar(255) CHECK (length(client_key) <= 255),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL
, undone_at timestamp CHECK (undone_at GLOB '????-??-?? ??:??:??*+00:00'));

CREATE UNIQUE INDEX omnistock_acquisition_client_key ON omnistock_acquisition (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE INDEX omnistock_acquisition_vendor ON omnistock_acquisition (vendor_id, id);

CREATE TABLE omnistock_acquisition_line (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    acquisition_id bigint NOT NULL,
    item_id bigint NOT NULL,
    sku varchar(50) CHECK (length(sku) <= 50) NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    units integer CHECK (typeof(units) IN ('integer', 'null') AND units BETWEEN -2147483648 AND 2147483647) NOT NULL,
    weight integer CHECK (typeof(weight) IN ('integer', 'null') AND weight BETWEEN -9999999999 AND 9999999999) NOT NULL,
    cost integer CHECK (typeof(cost) IN ('integer', 'null') AND cost BETWEEN -9999999999 AND 9999999999) NOT NULL,
    CONSTRAINT omnistock_acquisition_line_units_check CHECK (units > 0)
);

CREATE INDEX omnistock_acquisition_line_acquisition ON omnistock_acquisition_line (acquisition_id);

CREATE TABLE omnistock_axis (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    slug varchar(100) CHECK (length(slug) <= 100) NOT NULL,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    position integer CHECK (typeof(position) IN ('integer', 'null') AND position BETWEEN -2147483648 AND 2147483647) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL
);

CREATE UNIQUE INDEX omnistock_axis_slug ON omnistock_axis (slug) WHERE vendor_id IS NULL;

CREATE UNIQUE INDEX omnistock_axis_vendor_slug ON omnistock_axis (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_axis_value (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    axis_id bigint NOT NULL,
    slug varchar(100) CHECK (length(slug) <= 100) NOT NULL,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    position integer CHECK (typeof(position) IN ('integer', 'null') AND position BETWEEN -2147483648 AND 2147483647) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_axis_value_axis_id_fkey FOREIGN KEY (axis_id) REFERENCES omnistock_axis (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE UNIQUE INDEX omnistock_axis_value_slug ON omnistock_axis_value (axis_id, slug) WHERE vendor_id IS NULL;

CREATE UNIQUE INDEX omnistock_axis_value_vendor_slug ON omnistock_axis_value (vendor_id, axis_id, slug) WHERE vendor_id IS NOT NULL;

CREATE VIRTUAL TABLE omnistock_collectible_search
    USING fts5 (item, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');

CREATE TABLE omnistock_era (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    slug varchar(100) CHECK (length(slug) <= 100) NOT NULL,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    game varchar(50) CHECK (length(game) <= 50) NOT NULL,
    starts_in integer CHECK (typeof(starts_in) IN ('integer', 'null') AND starts_in BETWEEN -2147483648 AND 2147483647),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL
);

CREATE UNIQUE INDEX omnistock_era_slug ON omnistock_era (slug) WHERE vendor_id IS NULL;

CREATE UNIQUE INDEX omnistock_era_vendor_slug ON omnistock_era (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_grader (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    slug varchar(100) CHECK (length(slug) <= 100) NOT NULL,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    lowest integer CHECK (typeof(lowest) IN ('integer', 'null') AND lowest BETWEEN -999 AND 999) NOT NULL,
    highest integer CHECK (typeof(highest) IN ('integer', 'null') AND highest BETWEEN -999 AND 999) NOT NULL,
    half_grades boolean CHECK (half_grades IN (0, 1)) NOT NULL,
    qualifiers varchar(200) CHECK (length(qualifiers) <= 200) NOT NULL,
    subgrades varchar(200) CHECK (length(subgrades) <= 200) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_grader_check CHECK (lowest <= highest)
);

CREATE UNIQUE INDEX omnistock_grader_slug ON omnistock_grader (slug) WHERE vendor_id IS NULL;

CREATE UNIQUE INDEX omnistock_grader_vendor_slug ON omnistock_grader (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_idempotencykey (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_id bigint NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    fingerprint varchar(64) CHECK (length(fingerprint) <= 64) NOT NULL,
    executed boolean CHECK (executed IN (0, 1)) NOT NULL,
    status integer CHECK (typeof(status) IN ('integer', 'null') AND status BETWEEN -2147483648 AND 2147483647),
    body text,
    started_at timestamp CHECK (started_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    expires_at timestamp CHECK (expires_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_idempotencykey_user_id_name_key UNIQUE (user_id, name)
);

CREATE INDEX omnistock_idempotencykey_expires_at ON omnistock_idempotencykey (expires_at);

CREATE TABLE omnistock_importmapping (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    name varchar(100) CHECK (length(name) <= 100) NOT NULL,
    columns text CHECK (json_valid(columns)) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_importmapping_vendor_id_name_key UNIQUE (vendor_id, name)
);

CREATE TABLE omnistock_item_attribute (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id bigint NOT NULL,
    axis_id bigint NOT NULL,
    value_id bigint NOT NULL,
    CONSTRAINT omnistock_item_attribute_item_id_axis_id_key UNIQUE (item_id, axis_id),
    CONSTRAINT omnistock_item_attribute_axis_id_fkey FOREIGN KEY (axis_id) REFERENCES omnistock_axis (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT omnistock_item_attribute_value_id_fkey FOREIGN KEY (value_id) REFERENCES omnistock_axis_value (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX omnistock_item_attribute_axis ON omnistock_item_attribute (axis_id);

CREATE INDEX omnistock_item_attribute_value ON omnistock_item_attribute (value_id);

CREATE TABLE omnistock_item_reference (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id bigint NOT NULL,
    product_id bigint,
    set_id bigint,
    CONSTRAINT omnistock_item_reference_item_id_key UNIQUE (item_id),
    CONSTRAINT omnistock_item_reference_product_id_fkey FOREIGN KEY (product_id) REFERENCES omnistock_product (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT omnistock_item_reference_set_id_fkey FOREIGN KEY (set_id) REFERENCES omnistock_set (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX omnistock_item_reference_product ON omnistock_item_reference (product_id);

CREATE INDEX omnistock_item_reference_set ON omnistock_item_reference (set_id);

CREATE TABLE omnistock_migrations (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    group_id bigint NOT NULL,
    migrated_at timestamp CHECK (migrated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_migrations_name_key UNIQUE (name)
);

CREATE TABLE omnistock_price_observation (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    item_id bigint NOT NULL,
    source varchar(50) CHECK (length(source) <= 50) NOT NULL,
    amount integer CHECK (typeof(amount) IN ('integer', 'null') AND amount BETWEEN -9999999999 AND 9999999999) NOT NULL,
    currency varchar(3) CHECK (length(currency) <= 3) NOT NULL,
    observed_at timestamp CHECK (observed_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    user_id bigint,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_price_observation_amount_check CHECK (amount >= 0),
    CONSTRAINT omnistock_price_observation_key UNIQUE (item_id, source, currency, observed_at)
);

CREATE INDEX omnistock_price_observation_item ON omnistock_price_observation (item_id, observed_at, id);

CREATE TABLE omnistock_product (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    slug varchar(100) CHECK (length(slug) <= 100) NOT NULL,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    game varchar(50) CHECK (length(game) <= 50) NOT NULL,
    kind varchar(50) CHECK (length(kind) <= 50) NOT NULL,
    set_id bigint,
    packs integer CHECK (typeof(packs) IN ('integer', 'null') AND packs BETWEEN -2147483648 AND 2147483647),
    cards integer CHECK (typeof(cards) IN ('integer', 'null') AND cards BETWEEN -2147483648 AND 2147483647),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_product_set_id_fkey FOREIGN KEY (set_id) REFERENCES omnistock_set (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX omnistock_product_set ON omnistock_product (set_id);

CREATE UNIQUE INDEX omnistock_product_slug ON omnistock_product (slug) WHERE vendor_id IS NULL;

CREATE UNIQUE INDEX omnistock_product_vendor_slug ON omnistock_product (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_receipt_counter (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    store_id bigint NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT omnistock_receipt_counter_store_id_key UNIQUE (store_id)
);

CREATE TABLE omnistock_repack (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    kind varchar(16) CHECK (length(kind) <= 16) NOT NULL,
    cost integer CHECK (typeof(cost) IN ('integer', 'null') AND cost BETWEEN -9999999999 AND 9999999999) NOT NULL,
    note varchar(255) CHECK (length(note) <= 255) NOT NULL,
    user_id bigint,
    client_key varchar(255) CHECK (length(client_key) <= 255),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    undone_at timestamp CHECK (undone_at GLOB '????-??-?? ??:??:??*+00:00')
);

CREATE UNIQUE INDEX omnistock_repack_client_key ON omnistock_repack (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE INDEX omnistock_repack_vendor ON omnistock_repack (vendor_id, id);

CREATE TABLE omnistock_repack_line (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    repack_id bigint NOT NULL,
    is_made boolean NOT NULL,
    item_id bigint NOT NULL,
    sku varchar(50) CHECK (length(sku) <= 50) NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    units integer CHECK (typeof(units) IN ('integer', 'null') AND units BETWEEN -2147483648 AND 2147483647) NOT NULL,
    weight integer CHECK (typeof(weight) IN ('integer', 'null') AND weight BETWEEN -9999999999 AND 9999999999) NOT NULL,
    cost integer CHECK (typeof(cost) IN ('integer', 'null') AND cost BETWEEN -9999999999 AND 9999999999) NOT NULL,
    CONSTRAINT omnistock_repack_line_units_check CHECK (units > 0)
);

CREATE INDEX omnistock_repack_line_repack ON omnistock_repack_line (repack_id);

CREATE TABLE omnistock_reservation (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    item_id bigint NOT NULL,
    units integer CHECK (typeof(units) IN ('integer', 'null') AND units BETWEEN -2147483648 AND 2147483647) NOT NULL,
    state varchar(16) CHECK (length(state) <= 16) NOT NULL,
    reference varchar(255) CHECK (length(reference) <= 255) NOT NULL,
    user_id bigint,
    client_key varchar(255) CHECK (length(client_key) <= 255),
    expires_at timestamp CHECK (expires_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    closed_at timestamp CHECK (closed_at GLOB '????-??-?? ??:??:??*+00:00'),
    CONSTRAINT omnistock_reservation_units_check CHECK (units > 0)
);

CREATE UNIQUE INDEX omnistock_reservation_client_key ON omnistock_reservation (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE INDEX omnistock_reservation_held ON omnistock_reservation (item_id, store_id) WHERE state = 'held';

CREATE INDEX omnistock_reservation_held_store ON omnistock_reservation (store_id) WHERE state = 'held';

CREATE INDEX omnistock_reservation_vendor ON omnistock_reservation (vendor_id, id);

CREATE TRIGGER omnistock_sale_append_only_delete BEFORE DELETE ON omnistock_sale BEGIN
    SELECT raise(ABORT, 'omnistock_sale is append-only: its rows are neither changed nor deleted');
END;

CREATE TRIGGER omnistock_sale_append_only_update BEFORE UPDATE ON omnistock_sale
    WHEN (new.id, new.vendor_id, new.store_id, new.receipt_number, new.kind, new.original_id, new.currency, new.subtotal, new.discount,
            new.tax, new.total, new.tendered, new.change_due, new.tax_rate, new.note, new.user_id, new.client_key, new.fingerprint, new.created_at)
        IS NOT (old.id, old.vendor_id, old.store_id, old.receipt_number, old.kind, old.original_id, old.currency, old.subtotal, old.discount,
            old.tax, old.total, old.tendered, old.change_due, old.tax_rate, old.note, old.user_id, old.client_key, old.fingerprint, old.created_at)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale is append-only: its rows are neither changed nor deleted');
END;

CREATE TABLE omnistock_sale (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    receipt_number bigint NOT NULL,
    kind varchar(16) CHECK (length(kind) <= 16) NOT NULL,
    original_id bigint,
    currency varchar(8) CHECK (length(currency) <= 8) NOT NULL,
    subtotal integer CHECK (typeof(subtotal) IN ('integer', 'null') AND subtotal BETWEEN -9999999999 AND 9999999999) NOT NULL,
    discount integer CHECK (typeof(discount) IN ('integer', 'null') AND discount BETWEEN -9999999999 AND 9999999999) NOT NULL,
    tax integer CHECK (typeof(tax) IN ('integer', 'null') AND tax BETWEEN -9999999999 AND 9999999999) NOT NULL,
    total integer CHECK (typeof(total) IN ('integer', 'null') AND total BETWEEN -9999999999 AND 9999999999) NOT NULL,
    tendered integer CHECK (typeof(tendered) IN ('integer', 'null') AND tendered BETWEEN -9999999999 AND 9999999999) NOT NULL,
    change_due integer CHECK (typeof(change_due) IN ('integer', 'null') AND change_due BETWEEN -9999999999 AND 9999999999) NOT NULL,
    tax_rate integer CHECK (typeof(tax_rate) IN ('integer', 'null') AND tax_rate BETWEEN -99999 AND 99999) NOT NULL,
    note varchar(255) CHECK (length(note) <= 255) NOT NULL,
    user_id bigint,
    client_key varchar(255) CHECK (length(client_key) <= 255),
    fingerprint varchar(64) CHECK (length(fingerprint) <= 64) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_sale_original_check CHECK ((kind = 'sale') = (original_id IS NULL)),
    CONSTRAINT omnistock_sale_total_check CHECK (total = subtotal - discount + tax),
    CONSTRAINT omnistock_sale_change_check CHECK (change_due >= 0 AND change_due = tendered - total),
    CONSTRAINT omnistock_sale_store_id_receipt_number_key UNIQUE (store_id, receipt_number)
);

CREATE UNIQUE INDEX omnistock_sale_client_key ON omnistock_sale (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE INDEX omnistock_sale_original ON omnistock_sale (original_id) WHERE original_id IS NOT NULL;

CREATE INDEX omnistock_sale_vendor ON omnistock_sale (vendor_id, created_at, id);

CREATE UNIQUE INDEX omnistock_sale_void ON omnistock_sale (original_id) WHERE kind = 'void';

CREATE TRIGGER omnistock_sale_line_append_only_delete BEFORE DELETE ON omnistock_sale_line BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line is append-only: its rows are neither changed nor deleted');
END;

CREATE TRIGGER omnistock_sale_line_append_only_update BEFORE UPDATE ON omnistock_sale_line
    WHEN (new.id, new.sale_id, new.position, new.item_id, new.sku, new.name, new.units, new.unit_price, new.discount, new.tax, new.total,
            new.movement_id, new.original_line_id)
        IS NOT (old.id, old.sale_id, old.position, old.item_id, old.sku, old.name, old.units, old.unit_price, old.discount, old.tax, old.total,
            old.movement_id, old.original_line_id)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line is append-only: its rows are neither changed nor deleted');
END;

CREATE TABLE omnistock_sale_line (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    sale_id bigint NOT NULL,
    position integer CHECK (typeof(position) IN ('integer', 'null') AND position BETWEEN -2147483648 AND 2147483647) NOT NULL,
    item_id bigint NOT NULL,
    sku varchar(50) CHECK (length(sku) <= 50) NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    units integer CHECK (typeof(units) IN ('integer', 'null') AND units BETWEEN -2147483648 AND 2147483647) NOT NULL,
    unit_price integer CHECK (typeof(unit_price) IN ('integer', 'null') AND unit_price BETWEEN -9999999999 AND 9999999999) NOT NULL,
    discount integer CHECK (typeof(discount) IN ('integer', 'null') AND discount BETWEEN -9999999999 AND 9999999999) NOT NULL,
    tax integer CHECK (typeof(tax) IN ('integer', 'null') AND tax BETWEEN -9999999999 AND 9999999999) NOT NULL,
    total integer CHECK (typeof(total) IN ('integer', 'null') AND total BETWEEN -9999999999 AND 9999999999) NOT NULL,
    movement_id bigint NOT NULL,
    original_line_id bigint,
    CONSTRAINT omnistock_sale_line_units_check CHECK (units <> 0),
    CONSTRAINT omnistock_sale_line_total_check CHECK (total = units * unit_price - discount + tax),
    CONSTRAINT omnistock_sale_line_sale_id_position_key UNIQUE (sale_id, position)
);

CREATE INDEX omnistock_sale_line_item ON omnistock_sale_line (item_id, sale_id);

CREATE INDEX omnistock_sale_line_original ON omnistock_sale_line (original_line_id) WHERE original_line_id IS NOT NULL;

CREATE TRIGGER omnistock_sale_line_serial_append_only_delete BEFORE DELETE ON omnistock_sale_line_serial BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line_serial is append-only: its rows are neither changed nor deleted');
END;

CREATE TRIGGER omnistock_sale_line_serial_append_only_update BEFORE UPDATE ON omnistock_sale_line_serial
    WHEN (new.id, new.line_id, new.unit_id, new.grader, new.certificate, new.grade, new.qualifiers)
        IS NOT (old.id, old.line_id, old.unit_id, old.grader, old.certificate, old.grade, old.qualifiers)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line_serial is append-only: its rows are neither changed nor deleted');
END;

CREATE TABLE omnistock_sale_line_serial (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    line_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    grader varchar(50) CHECK (length(grader) <= 50) NOT NULL,
    certificate varchar(50) CHECK (length(certificate) <= 50) NOT NULL,
    grade integer CHECK (typeof(grade) IN ('integer', 'null') AND grade BETWEEN -999 AND 999),
    qualifiers varchar(50) CHECK (length(qualifiers) <= 50) NOT NULL,
    CONSTRAINT omnistock_sale_line_serial_line_id_unit_id_key UNIQUE (line_id, unit_id)
);

CREATE TRIGGER omnistock_sale_tender_append_only_delete BEFORE DELETE ON omnistock_sale_tender BEGIN
    SELECT raise(ABORT, 'omnistock_sale_tender is append-only: its rows are neither changed nor deleted');
END;

CREATE TRIGGER omnistock_sale_tender_append_only_update BEFORE UPDATE ON omnistock_sale_tender
    WHEN (new.id, new.sale_id, new.method, new.amount) IS NOT (old.id, old.sale_id, old.method, old.amount)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale_tender is append-only: its rows are neither changed nor deleted');
END;

CREATE TABLE omnistock_sale_tender (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    sale_id bigint NOT NULL,
    method varchar(16) CHECK (length(method) <= 16) NOT NULL,
    amount integer CHECK (typeof(amount) IN ('integer', 'null') AND amount BETWEEN -9999999999 AND 9999999999) NOT NULL
);

CREATE INDEX omnistock_sale_tender_sale ON omnistock_sale_tender (sale_id);

CREATE TABLE omnistock_serial_unit (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    item_id bigint NOT NULL,
    store_id bigint NOT NULL,
    grader varchar(50) CHECK (length(grader) <= 50) NOT NULL,
    certificate varchar(50) CHECK (length(certificate) <= 50) NOT NULL,
    grade integer CHECK (typeof(grade) IN ('integer', 'null') AND grade BETWEEN -999 AND 999),
    qualifiers varchar(50) CHECK (length(qualifiers) <= 50) NOT NULL,
    sub_grades text CHECK (json_valid(sub_grades)) NOT NULL,
    state varchar(16) CHECK (length(state) <= 16) NOT NULL,
    position varchar(100) CHECK (length(position) <= 100) NOT NULL,
    unit_cost integer CHECK (typeof(unit_cost) IN ('integer', 'null') AND unit_cost BETWEEN -9999999999 AND 9999999999),
    came_by_id bigint,
    went_by_id bigint,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_serial_unit_vendor_id_grader_certificate_key UNIQUE (vendor_id, grader, certificate)
);

CREATE INDEX omnistock_serial_unit_came_by ON omnistock_serial_unit (came_by_id) WHERE came_by_id IS NOT NULL;

CREATE INDEX omnistock_serial_unit_item ON omnistock_serial_unit (item_id, store_id);

CREATE INDEX omnistock_serial_unit_vendor ON omnistock_serial_unit (vendor_id, id);

CREATE INDEX omnistock_serial_unit_went_by ON omnistock_serial_unit (went_by_id) WHERE went_by_id IS NOT NULL;

CREATE TABLE omnistock_set (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    slug varchar(100) CHECK (length(slug) <= 100) NOT NULL,
    name varchar(200) CHECK (length(name) <= 200) NOT NULL,
    game varchar(50) CHECK (length(game) <= 50) NOT NULL,
    era_id bigint,
    code varchar(20) CHECK (length(code) <= 20),
    released_on date CHECK (released_on IS date(released_on)),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_set_era_id_fkey FOREIGN KEY (era_id) REFERENCES omnistock_era (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX omnistock_set_era ON omnistock_set (era_id);

CREATE UNIQUE INDEX omnistock_set_slug ON omnistock_set (slug) WHERE vendor_id IS NULL;

CREATE UNIQUE INDEX omnistock_set_vendor_slug ON omnistock_set (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_stock_cost (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    units bigint NOT NULL,
    cost integer CHECK (typeof(cost) IN ('integer', 'null') AND cost BETWEEN -999999999999999999 AND 999999999999999999) NOT NULL,
    back_units bigint NOT NULL,
    back_cost integer CHECK (typeof(back_cost) IN ('integer', 'null') AND back_cost BETWEEN -999999999999999999 AND 999999999999999999) NOT NULL
);

CREATE TABLE omnistock_stock_costed (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    movement_id bigint NOT NULL
);

CREATE TABLE omnistock_stock_costing (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    since timestamp CHECK (since GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    summed_until timestamp CHECK (summed_until GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    rebuilds bigint NOT NULL,
    CONSTRAINT omnistock_stock_costing_vendor_id_key UNIQUE (vendor_id)
);

CREATE TABLE omnistock_stock_day (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    day date CHECK (day IS date(day)) NOT NULL,
    units bigint NOT NULL,
    cost integer CHECK (typeof(cost) IN ('integer', 'null') AND cost BETWEEN -999999999999999999 AND 999999999999999999) NOT NULL,
    CONSTRAINT omnistock_stock_day_vendor_id_day_store_id_key UNIQUE (vendor_id, day, store_id)
);

CREATE TABLE omnistock_stock_level (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id bigint NOT NULL,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    quantity integer CHECK (typeof(quantity) IN ('integer', 'null') AND quantity BETWEEN -2147483648 AND 2147483647) NOT NULL,
    CONSTRAINT omnistock_stock_level_quantity_check CHECK (quantity >= 0),
    CONSTRAINT omnistock_stock_level_item_id_store_id_key UNIQUE (item_id, store_id)
);

CREATE INDEX omnistock_stock_level_store ON omnistock_stock_level (store_id) WHERE quantity > 0;

CREATE TABLE omnistock_stock_lot (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    item_id bigint NOT NULL,
    store_id bigint,
    movement_id bigint NOT NULL,
    units bigint NOT NULL,
    cost integer CHECK (typeof(cost) IN ('integer', 'null') AND cost BETWEEN -999999999999999999 AND 999999999999999999) NOT NULL,
    received_at timestamp CHECK (received_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_stock_lot_units_check CHECK (units > 0)
);

CREATE INDEX omnistock_stock_lot_item ON omnistock_stock_lot (item_id);

CREATE TRIGGER omnistock_stock_movement_append_only_delete BEFORE DELETE ON omnistock_stock_movement BEGIN
    SELECT raise(ABORT, 'omnistock_stock_movement is append-only: its rows are neither changed nor deleted');
END;

CREATE TRIGGER omnistock_stock_movement_append_only_update BEFORE UPDATE ON omnistock_stock_movement
    WHEN (new.id, new.vendor_id, new.item_id, new.store_id, new.sku, new.name, new.kind, new.delta, new.quantity_after, new.unit_cost,
            new.unit_price, new.reason, new.reference, new.user_id, new.client_key, new.undoes_id, new.created_at, new.origin_id,
            new.document, new.document_id)
        IS NOT (old.id, old.vendor_id, old.item_id, old.store_id, old.sku, old.name, old.kind, old.delta, old.quantity_after, old.unit_cost,
            old.unit_price, old.reason, old.reference, old.user_id, old.client_key, old.undoes_id, old.created_at, old.origin_id,
            old.document, old.document_id)
BEGIN
    SELECT raise(ABORT, 'omnistock_stock_movement is append-only: its rows are neither changed nor deleted');
END;

CREATE TABLE omnistock_stock_movement (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint,
    item_id bigint NOT NULL,
    store_id bigint NOT NULL,
    sku varchar(50) CHECK (length(sku) <= 50) NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    kind varchar(16) CHECK (length(kind) <= 16) NOT NULL,
    delta bigint NOT NULL,
    quantity_after bigint NOT NULL,
    unit_cost integer CHECK (typeof(unit_cost) IN ('integer', 'null') AND unit_cost BETWEEN -9999999999 AND 9999999999),
    unit_price integer CHECK (typeof(unit_price) IN ('integer', 'null') AND unit_price BETWEEN -9999999999 AND 9999999999),
    reason varchar(255) CHECK (length(reason) <= 255) NOT NULL,
    reference varchar(255) CHECK (length(reference) <= 255) NOT NULL,
    user_id bigint,
    client_key varchar(255) CHECK (length(client_key) <= 255),
    undoes_id bigint,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL, origin_id bigint, document varchar(16) CHECK (length(document) <= 16), document_id bigint,
    CONSTRAINT omnistock_stock_movement_delta_check CHECK (delta <> 0)
);

CREATE UNIQUE INDEX omnistock_stock_movement_client_key ON omnistock_stock_movement (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE INDEX omnistock_stock_movement_item ON omnistock_stock_movement (item_id, id);

CREATE UNIQUE INDEX omnistock_stock_movement_undoes ON omnistock_stock_movement (undoes_id) WHERE undoes_id IS NOT NULL;

CREATE INDEX omnistock_stock_movement_vendor ON omnistock_stock_movement (vendor_id, created_at, id);

CREATE TABLE omnistock_stock_summary (
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    category varchar(100) CHECK (length(category) <= 100) NOT NULL, -- '' for none
    level integer CHECK (typeof(level) IN ('integer', 'null') AND level BETWEEN -32768 AND 32767) NOT NULL, -- units of each of the items: 0 to 10, or 11 for more
    items bigint NOT NULL,
    units bigint NOT NULL,
    cost integer NOT NULL,
    worth integer NOT NULL,
    projected integer NOT NULL,
    CONSTRAINT omnistock_stock_summary_pkey PRIMARY KEY (vendor_id, store_id, category, level)
) WITHOUT ROWID;

CREATE TABLE omnistock_stocktake (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    state varchar(16) CHECK (length(state) <= 16) NOT NULL,
    category varchar(100) CHECK (length(category) <= 100),
    note varchar(255) CHECK (length(note) <= 255) NOT NULL,
    user_id bigint,
    client_key varchar(255) CHECK (length(client_key) <= 255),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    closed_at timestamp CHECK (closed_at GLOB '????-??-?? ??:??:??*+00:00')
);

CREATE UNIQUE INDEX omnistock_stocktake_client_key ON omnistock_stocktake (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE INDEX omnistock_stocktake_open ON omnistock_stocktake (store_id) WHERE state = 'open';

CREATE INDEX omnistock_stocktake_vendor ON omnistock_stocktake (vendor_id, id);

CREATE TABLE omnistock_stocktake_line (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    stocktake_id bigint NOT NULL,
    item_id bigint NOT NULL,
    sku varchar(50) CHECK (length(sku) <= 50) NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    unit_cost integer CHECK (typeof(unit_cost) IN ('integer', 'null') AND unit_cost BETWEEN -9999999999 AND 9999999999) NOT NULL,
    counted integer CHECK (typeof(counted) IN ('integer', 'null') AND counted BETWEEN -2147483648 AND 2147483647) NOT NULL,
    least integer CHECK (typeof(least) IN ('integer', 'null') AND least BETWEEN -2147483648 AND 2147483647) NOT NULL,
    most integer CHECK (typeof(most) IN ('integer', 'null') AND most BETWEEN -2147483648 AND 2147483647) NOT NULL,
    counted_at timestamp CHECK (counted_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    expected integer CHECK (typeof(expected) IN ('integer', 'null') AND expected BETWEEN -2147483648 AND 2147483647),
    movement_id bigint,
    CONSTRAINT omnistock_stocktake_line_counted_check CHECK (counted >= 0 AND least <= most),
    CONSTRAINT omnistock_stocktake_line_stocktake_id_item_id_key UNIQUE (stocktake_id, item_id)
);

CREATE TABLE omnistock_stocktake_scan (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    stocktake_id bigint NOT NULL,
    item_id bigint NOT NULL,
    units integer CHECK (typeof(units) IN ('integer', 'null') AND units BETWEEN -2147483648 AND 2147483647) NOT NULL,
    client_key varchar(255) CHECK (length(client_key) <= 255) NOT NULL,
    user_id bigint,
    scanned_at timestamp CHECK (scanned_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    CONSTRAINT omnistock_stocktake_scan_units_check CHECK (units <> 0),
    CONSTRAINT omnistock_stocktake_scan_stocktake_id_client_key_key UNIQUE (stocktake_id, client_key)
);

CREATE TABLE omnistock_transfer (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    vendor_id bigint NOT NULL,
    from_store_id bigint NOT NULL,
    to_store_id bigint NOT NULL,
    state varchar(16) CHECK (length(state) <= 16) NOT NULL,
    note varchar(255) CHECK (length(note) <= 255) NOT NULL,
    user_id bigint,
    client_key varchar(255) CHECK (length(client_key) <= 255),
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    closed_at timestamp CHECK (closed_at GLOB '????-??-?? ??:??:??*+00:00'),
    CONSTRAINT omnistock_transfer_stores_check CHECK (from_store_id <> to_store_id)
);

CREATE UNIQUE INDEX omnistock_transfer_client_key ON omnistock_transfer (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE INDEX omnistock_transfer_open_from ON omnistock_transfer (from_store_id) WHERE closed_at IS NULL;

CREATE INDEX omnistock_transfer_open_to ON omnistock_transfer (to_store_id) WHERE closed_at IS NULL;

CREATE INDEX omnistock_transfer_vendor ON omnistock_transfer (vendor_id, id);

CREATE TABLE omnistock_transfer_line (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    transfer_id bigint NOT NULL,
    item_id bigint NOT NULL,
    sku varchar(50) CHECK (length(sku) <= 50) NOT NULL,
    name varchar(255) CHECK (length(name) <= 255) NOT NULL,
    units integer CHECK (typeof(units) IN ('integer', 'null') AND units BETWEEN -2147483648 AND 2147483647) NOT NULL,
    received integer CHECK (typeof(received) IN ('integer', 'null') AND received BETWEEN -2147483648 AND 2147483647) NOT NULL,
    returned integer CHECK (typeof(returned) IN ('integer', 'null') AND returned BETWEEN -2147483648 AND 2147483647) NOT NULL,
    movement_id bigint NOT NULL,
    CONSTRAINT omnistock_transfer_line_units_check CHECK (units > 0 AND received >= 0 AND returned >= 0 AND received + returned <= units),
    CONSTRAINT omnistock_transfer_line_transfer_id_item_id_key UNIQUE (transfer_id, item_id)
);

CREATE INDEX omnistock_transfer_line_item ON omnistock_transfer_line (item_id);

CREATE TABLE token_blacklist_blacklistedtoken (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    blacklisted_at timestamp CHECK (blacklisted_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    token_id bigint NOT NULL,
    CONSTRAINT token_blacklist_blacklistedtoken_token_id_key UNIQUE (token_id),
    CONSTRAINT token_blacklist_blacklistedtoken_token_id_3cc7fe56_fk
        FOREIGN KEY (token_id) REFERENCES token_blacklist_outstandingtoken (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE token_blacklist_outstandingtoken (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    token text NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00'),
    expires_at timestamp CHECK (expires_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    user_id bigint,
    jti varchar(255) CHECK (length(jti) <= 255) NOT NULL,
    CONSTRAINT token_blacklist_outstandingtoken_jti_hex_d9bdf6f7_uniq UNIQUE (jti),
    CONSTRAINT token_blacklist_outs_user_id_83bc629a_fk_users_use
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX token_blacklist_outstandingtoken_user_id_83bc629a ON token_blacklist_outstandingtoken (user_id);

CREATE TABLE users_user (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    password varchar(128) CHECK (length(password) <= 128) NOT NULL,
    last_login timestamp CHECK (last_login GLOB '????-??-?? ??:??:??*+00:00'),
    is_superuser boolean CHECK (is_superuser IN (0, 1)) NOT NULL,
    username varchar(150) CHECK (length(username) <= 150) NOT NULL,
    first_name varchar(150) CHECK (length(first_name) <= 150) NOT NULL,
    last_name varchar(150) CHECK (length(last_name) <= 150) NOT NULL,
    is_staff boolean CHECK (is_staff IN (0, 1)) NOT NULL,
    is_active boolean CHECK (is_active IN (0, 1)) NOT NULL,
    date_joined timestamp CHECK (date_joined GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    email varchar(254) CHECK (length(email) <= 254) NOT NULL,
    birthdate date CHECK (birthdate IS date(birthdate)),
    company_code varchar(40) CHECK (length(company_code) <= 40),
    company_name varchar(255) CHECK (length(company_name) <= 255),
    company_site varchar(200) CHECK (length(company_site) <= 200),
    phone_number varchar(20) CHECK (length(phone_number) <= 20),
    profile_completed boolean CHECK (profile_completed IN (0, 1)) NOT NULL,
    role varchar(20) CHECK (length(role) <= 20) NOT NULL,
    tos_accepted_at timestamp CHECK (tos_accepted_at GLOB '????-??-?? ??:??:??*+00:00'),
    CONSTRAINT users_user_email_key UNIQUE (email),
    CONSTRAINT users_user_username_key UNIQUE (username)
);

CREATE TABLE users_user_groups (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
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
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
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
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    media_type varchar(32) CHECK (length(media_type) <= 32) NOT NULL,
    url varchar(200) CHECK (length(url) <= 200) NOT NULL,
    width integer CHECK (typeof(width) IN ('integer', 'null') AND width BETWEEN -2147483648 AND 2147483647),
    height integer CHECK (typeof(height) IN ('integer', 'null') AND height BETWEEN -2147483648 AND 2147483647),
    size_kb integer CHECK (typeof(size_kb) IN ('integer', 'null') AND size_kb BETWEEN -2147483648 AND 2147483647),
    metadata text CHECK (json_valid(metadata)) NOT NULL,
    created_at timestamp CHECK (created_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    updated_at timestamp CHECK (updated_at GLOB '????-??-?? ??:??:??*+00:00') NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT users_usermedia_height_check CHECK (height >= 0),
    CONSTRAINT users_usermedia_size_kb_check CHECK (size_kb >= 0),
    CONSTRAINT users_usermedia_width_check CHECK (width >= 0),
    CONSTRAINT users_usermedia_user_id_de4fdf5d_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX users_usermedia_user_id_de4fdf5d ON users_usermedia (user_id);
