-- Reference data of the trade. A row without a vendor is everybody's; the others are additions of that vendor, which
-- nobody else sees. No foreign key leads to a table of Django's: its flush truncates those, which PostgreSQL refuses
-- while another table refers to them. Triggers take along what hangs on a row, whoever deletes it.

CREATE TABLE omnistock_era (
    {{.ID}},
    vendor_id bigint,
    {{.Varchar "slug" 100}} NOT NULL,
    {{.Varchar "name" 200}} NOT NULL,
    {{.Varchar "game" 50}} NOT NULL,
    {{.Integer "starts_in"}},
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL
);
CREATE UNIQUE INDEX omnistock_era_slug ON omnistock_era (slug) WHERE vendor_id IS NULL;
CREATE UNIQUE INDEX omnistock_era_vendor_slug ON omnistock_era (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_set (
    {{.ID}},
    vendor_id bigint,
    {{.Varchar "slug" 100}} NOT NULL,
    {{.Varchar "name" 200}} NOT NULL,
    {{.Varchar "game" 50}} NOT NULL,
    era_id bigint,
    {{.Varchar "code" 20}},
    {{.Date "released_on"}},
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    CONSTRAINT omnistock_set_era_id_fkey FOREIGN KEY (era_id) REFERENCES omnistock_era (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX omnistock_set_slug ON omnistock_set (slug) WHERE vendor_id IS NULL;
CREATE UNIQUE INDEX omnistock_set_vendor_slug ON omnistock_set (vendor_id, slug) WHERE vendor_id IS NOT NULL;
CREATE INDEX omnistock_set_era ON omnistock_set (era_id);

CREATE TABLE omnistock_product (
    {{.ID}},
    vendor_id bigint,
    {{.Varchar "slug" 100}} NOT NULL,
    {{.Varchar "name" 200}} NOT NULL,
    {{.Varchar "game" 50}} NOT NULL,
    {{.Varchar "kind" 50}} NOT NULL,
    set_id bigint,
    {{.Integer "packs"}},
    {{.Integer "cards"}},
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    CONSTRAINT omnistock_product_set_id_fkey FOREIGN KEY (set_id) REFERENCES omnistock_set (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX omnistock_product_slug ON omnistock_product (slug) WHERE vendor_id IS NULL;
CREATE UNIQUE INDEX omnistock_product_vendor_slug ON omnistock_product (vendor_id, slug) WHERE vendor_id IS NOT NULL;
CREATE INDEX omnistock_product_set ON omnistock_product (set_id);

CREATE TABLE omnistock_accessory (
    {{.ID}},
    vendor_id bigint,
    {{.Varchar "slug" 100}} NOT NULL,
    {{.Varchar "name" 200}} NOT NULL,
    {{.Varchar "kind" 50}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL
);
CREATE UNIQUE INDEX omnistock_accessory_slug ON omnistock_accessory (slug) WHERE vendor_id IS NULL;
CREATE UNIQUE INDEX omnistock_accessory_vendor_slug ON omnistock_accessory (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_grader (
    {{.ID}},
    vendor_id bigint,
    {{.Varchar "slug" 100}} NOT NULL,
    {{.Varchar "name" 200}} NOT NULL,
    {{.Decimal "lowest" 3 1}} NOT NULL,
    {{.Decimal "highest" 3 1}} NOT NULL,
    {{.Bool "half_grades"}} NOT NULL,
    {{.Varchar "qualifiers" 200}} NOT NULL,
    {{.Varchar "subgrades" 200}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    CONSTRAINT omnistock_grader_check CHECK (lowest <= highest)
);
CREATE UNIQUE INDEX omnistock_grader_slug ON omnistock_grader (slug) WHERE vendor_id IS NULL;
CREATE UNIQUE INDEX omnistock_grader_vendor_slug ON omnistock_grader (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_axis (
    {{.ID}},
    vendor_id bigint,
    {{.Varchar "slug" 100}} NOT NULL,
    {{.Varchar "name" 200}} NOT NULL,
    {{.Integer "position"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL
);
CREATE UNIQUE INDEX omnistock_axis_slug ON omnistock_axis (slug) WHERE vendor_id IS NULL;
CREATE UNIQUE INDEX omnistock_axis_vendor_slug ON omnistock_axis (vendor_id, slug) WHERE vendor_id IS NOT NULL;

CREATE TABLE omnistock_axis_value (
    {{.ID}},
    vendor_id bigint,
    axis_id bigint NOT NULL,
    {{.Varchar "slug" 100}} NOT NULL,
    {{.Varchar "name" 200}} NOT NULL,
    {{.Integer "position"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    CONSTRAINT omnistock_axis_value_axis_id_fkey FOREIGN KEY (axis_id) REFERENCES omnistock_axis (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX omnistock_axis_value_slug ON omnistock_axis_value (axis_id, slug) WHERE vendor_id IS NULL;
CREATE UNIQUE INDEX omnistock_axis_value_vendor_slug ON omnistock_axis_value (vendor_id, axis_id, slug) WHERE vendor_id IS NOT NULL;

-- What variant an item is, and what it is an example of.
CREATE TABLE omnistock_item_attribute (
    {{.ID}},
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
    {{.ID}},
    item_id bigint NOT NULL,
    product_id bigint,
    set_id bigint,
    CONSTRAINT omnistock_item_reference_item_id_key UNIQUE (item_id),
    CONSTRAINT omnistock_item_reference_product_id_fkey FOREIGN KEY (product_id) REFERENCES omnistock_product (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT omnistock_item_reference_set_id_fkey FOREIGN KEY (set_id) REFERENCES omnistock_set (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX omnistock_item_reference_product ON omnistock_item_reference (product_id);
CREATE INDEX omnistock_item_reference_set ON omnistock_item_reference (set_id);
{{if .Postgres}}
-- The functions have their owner's rights, so that they succeed for whoever may delete an item or a vendor, and look for
-- tables in this schema alone.
DO $make$ BEGIN EXECUTE format($function$
CREATE FUNCTION omnistock_forget_items() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %1$I, pg_temp AS $body$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM omnistock_item_attribute;
        DELETE FROM omnistock_item_reference;
        RETURN NULL;
    END IF;
    DELETE FROM omnistock_item_attribute WHERE item_id IN (SELECT id FROM gone);
    DELETE FROM omnistock_item_reference WHERE item_id IN (SELECT id FROM gone);
    RETURN NULL;
END
$body$;
CREATE FUNCTION omnistock_forget_vendors() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %1$I, pg_temp AS $body$
DECLARE
    vendors bigint[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(id) INTO vendors FROM gone;
    ELSE
        SELECT array_agg(DISTINCT vendor_id) INTO vendors FROM (
            SELECT vendor_id FROM omnistock_era UNION SELECT vendor_id FROM omnistock_set UNION SELECT vendor_id FROM omnistock_product
            UNION SELECT vendor_id FROM omnistock_accessory UNION SELECT vendor_id FROM omnistock_grader
            UNION SELECT vendor_id FROM omnistock_axis UNION SELECT vendor_id FROM omnistock_axis_value
        ) AS owners WHERE vendor_id IS NOT NULL;
    END IF;
    -- Items that outlive their vendor lose what only it knew.
    DELETE FROM omnistock_item_attribute WHERE value_id IN (SELECT id FROM omnistock_axis_value WHERE vendor_id = ANY (vendors));
    DELETE FROM omnistock_item_reference WHERE product_id IN (SELECT id FROM omnistock_product WHERE vendor_id = ANY (vendors))
        OR set_id IN (SELECT id FROM omnistock_set WHERE vendor_id = ANY (vendors));
    DELETE FROM omnistock_axis_value WHERE vendor_id = ANY (vendors);
    DELETE FROM omnistock_axis WHERE vendor_id = ANY (vendors);
    DELETE FROM omnistock_product WHERE vendor_id = ANY (vendors);
    DELETE FROM omnistock_set WHERE vendor_id = ANY (vendors);
    DELETE FROM omnistock_era WHERE vendor_id = ANY (vendors);
    DELETE FROM omnistock_accessory WHERE vendor_id = ANY (vendors);
    DELETE FROM omnistock_grader WHERE vendor_id = ANY (vendors);
    RETURN NULL;
END
$body$;
$function$, current_schema()); END $make$;
REVOKE ALL ON FUNCTION omnistock_forget_items(), omnistock_forget_vendors() FROM PUBLIC;
CREATE TRIGGER omnistock_forget_items AFTER DELETE ON collectibles_collectible
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION omnistock_forget_items();
CREATE TRIGGER omnistock_forget_items_truncate AFTER TRUNCATE ON collectibles_collectible
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_forget_items();
CREATE TRIGGER omnistock_forget_vendors AFTER DELETE ON collectibles_vendor
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION omnistock_forget_vendors();
CREATE TRIGGER omnistock_forget_vendors_truncate AFTER TRUNCATE ON collectibles_vendor
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_forget_vendors();
{{else}}
CREATE TRIGGER omnistock_forget_items AFTER DELETE ON collectibles_collectible BEGIN
    DELETE FROM omnistock_item_attribute WHERE item_id = old.id;
    DELETE FROM omnistock_item_reference WHERE item_id = old.id;
END;
-- Items that outlive their vendor lose what only it knew.
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
{{end}}
