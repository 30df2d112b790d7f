-- Stock in several stores: what lies elsewhere than in the store that an item names, what is on its way, what is held for
-- somebody. No foreign keys, as in the ledger: Django deletes items, stores and users without knowing these tables.

-- A movement names the very units that it moves, by the movement that brought or took them before, and the document that
-- it is a line of: such a movement is undone through its document.
ALTER TABLE omnistock_stock_movement ADD COLUMN origin_id bigint;
ALTER TABLE omnistock_stock_movement ADD COLUMN {{.Varchar "document" 16}};
ALTER TABLE omnistock_stock_movement ADD COLUMN document_id bigint;

-- The quantity of an item in its own store stays the item's. A level of that store is what lay there before the item was
-- put there: it counts as well.
CREATE TABLE omnistock_stock_level (
    {{.ID}},
    item_id bigint NOT NULL,
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Integer "quantity"}} NOT NULL,
    CONSTRAINT omnistock_stock_level_quantity_check CHECK (quantity >= 0),
    CONSTRAINT omnistock_stock_level_item_id_store_id_key UNIQUE (item_id, store_id)
);
CREATE INDEX omnistock_stock_level_store ON omnistock_stock_level (store_id) WHERE quantity > 0;

CREATE TABLE omnistock_transfer (
    {{.ID}},
    vendor_id bigint NOT NULL,
    from_store_id bigint NOT NULL,
    to_store_id bigint NOT NULL,
    {{.Varchar "state" 16}} NOT NULL,
    {{.Varchar "note" 255}} NOT NULL,
    user_id bigint,
    {{.Varchar "client_key" 255}},
    {{.Time "created_at"}} NOT NULL,
    {{.Time "closed_at"}},
    CONSTRAINT omnistock_transfer_stores_check CHECK (from_store_id <> to_store_id)
);
CREATE INDEX omnistock_transfer_vendor ON omnistock_transfer (vendor_id, id);
CREATE INDEX omnistock_transfer_open_from ON omnistock_transfer (from_store_id) WHERE closed_at IS NULL;
CREATE INDEX omnistock_transfer_open_to ON omnistock_transfer (to_store_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX omnistock_transfer_client_key ON omnistock_transfer (vendor_id, client_key) WHERE client_key IS NOT NULL;

CREATE TABLE omnistock_transfer_line (
    {{.ID}},
    transfer_id bigint NOT NULL,
    item_id bigint NOT NULL,
    {{.Varchar "sku" 50}} NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Integer "units"}} NOT NULL,
    {{.Integer "received"}} NOT NULL,
    {{.Integer "returned"}} NOT NULL,
    movement_id bigint NOT NULL,
    CONSTRAINT omnistock_transfer_line_units_check CHECK (units > 0 AND received >= 0 AND returned >= 0 AND received + returned <= units),
    CONSTRAINT omnistock_transfer_line_transfer_id_item_id_key UNIQUE (transfer_id, item_id)
);
CREATE INDEX omnistock_transfer_line_item ON omnistock_transfer_line (item_id);

CREATE TABLE omnistock_reservation (
    {{.ID}},
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    item_id bigint NOT NULL,
    {{.Integer "units"}} NOT NULL,
    {{.Varchar "state" 16}} NOT NULL,
    {{.Varchar "reference" 255}} NOT NULL,
    user_id bigint,
    {{.Varchar "client_key" 255}},
    {{.Time "expires_at"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "closed_at"}},
    CONSTRAINT omnistock_reservation_units_check CHECK (units > 0)
);
CREATE INDEX omnistock_reservation_vendor ON omnistock_reservation (vendor_id, id);
CREATE INDEX omnistock_reservation_held ON omnistock_reservation (item_id, store_id) WHERE state = 'held';
CREATE INDEX omnistock_reservation_held_store ON omnistock_reservation (store_id) WHERE state = 'held';
CREATE UNIQUE INDEX omnistock_reservation_client_key ON omnistock_reservation (vendor_id, client_key) WHERE client_key IS NOT NULL;
{{if .Postgres}}
-- As before, and: what follows a movement counts the level of the store; units that come cost what the item says; units
-- in other stores go with their item.
DO $make$ BEGIN EXECUTE format($function$
CREATE OR REPLACE FUNCTION omnistock_record_external() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
DECLARE
    old_quantity bigint := coalesce(OLD.quantity, 0);
    new_quantity bigint := coalesce(NEW.quantity, 0);
    stays boolean := TG_OP = 'UPDATE' AND OLD.store_id = NEW.store_id AND OLD.vendor_id IS NOT DISTINCT FROM NEW.vendor_id;
BEGIN
    IF stays THEN
        new_quantity := new_quantity - old_quantity;
    ELSIF old_quantity <> 0 THEN
        INSERT INTO omnistock_stock_movement
            (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, reason, reference, created_at)
            VALUES (OLD.vendor_id, OLD.id, OLD.store_id, OLD.sku, OLD.name, 'external', -old_quantity,
                coalesce((SELECT quantity FROM omnistock_stock_level WHERE item_id = OLD.id AND store_id = OLD.store_id), 0),
                CASE TG_OP WHEN 'DELETE' THEN 'deleted' ELSE 'moved' END, '', clock_timestamp());
    END IF;
    IF new_quantity <> 0 THEN
        INSERT INTO omnistock_stock_movement
            (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, unit_cost, reason, reference, created_at)
            VALUES (NEW.vendor_id, NEW.id, NEW.store_id, NEW.sku, NEW.name, 'external', new_quantity, NEW.quantity +
                coalesce((SELECT quantity FROM omnistock_stock_level WHERE item_id = NEW.id AND store_id = NEW.store_id), 0),
                CASE WHEN new_quantity > 0 THEN NEW.intake_price END,
                CASE WHEN TG_OP = 'INSERT' THEN 'created' WHEN stays THEN '' ELSE 'moved' END, '', clock_timestamp());
    END IF;
    IF TG_OP = 'DELETE' THEN
        WITH gone AS (DELETE FROM omnistock_stock_level WHERE item_id = OLD.id RETURNING vendor_id, store_id, quantity)
        INSERT INTO omnistock_stock_movement
            (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, reason, reference, created_at)
            SELECT vendor_id, OLD.id, store_id, OLD.sku, OLD.name, 'external', -quantity, 0, 'deleted', '', clock_timestamp()
            FROM gone WHERE quantity > 0 ORDER BY store_id;
    END IF;
    RETURN NULL;
END
$body$ $function$, current_schema()); END $make$;
DROP TRIGGER omnistock_external_delete ON collectibles_collectible;
CREATE TRIGGER omnistock_external_delete AFTER DELETE ON collectibles_collectible FOR EACH ROW
    WHEN (coalesce(current_setting('omnistock.recorded', true), '') <> 'on')
    EXECUTE FUNCTION omnistock_record_external();
{{else}}
DROP TRIGGER omnistock_stock_movement_append_only_update;
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
{{end}}
