-- Sales, and what becomes of them: a return and a void are documents of their own, which name the sale. Rows are added,
-- never changed and never deleted, as in the ledger. No foreign keys: Django deletes items, stores and users without
-- knowing these tables. Amounts, and units, of returns and voids are below 0, so that sums are what is left.

CREATE TABLE omnistock_sale (
    {{.ID}},
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    receipt_number bigint NOT NULL,
    {{.Varchar "kind" 16}} NOT NULL,
    original_id bigint,
    {{.Varchar "currency" 8}} NOT NULL,
    {{.Decimal "subtotal" 10 2}} NOT NULL,
    {{.Decimal "discount" 10 2}} NOT NULL,
    {{.Decimal "tax" 10 2}} NOT NULL,
    {{.Decimal "total" 10 2}} NOT NULL,
    {{.Decimal "tendered" 10 2}} NOT NULL,
    {{.Decimal "change_due" 10 2}} NOT NULL,
    {{.Decimal "tax_rate" 5 2}} NOT NULL,
    {{.Varchar "note" 255}} NOT NULL,
    user_id bigint,
    {{.Varchar "client_key" 255}},
    {{.Varchar "fingerprint" 64}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    CONSTRAINT omnistock_sale_original_check CHECK ((kind = 'sale') = (original_id IS NULL)),
    CONSTRAINT omnistock_sale_total_check CHECK (total = subtotal - discount + tax),
    CONSTRAINT omnistock_sale_change_check CHECK (change_due >= 0 AND change_due = tendered - total),
    CONSTRAINT omnistock_sale_store_id_receipt_number_key UNIQUE (store_id, receipt_number)
);
CREATE INDEX omnistock_sale_vendor ON omnistock_sale (vendor_id, created_at, id);
CREATE INDEX omnistock_sale_original ON omnistock_sale (original_id) WHERE original_id IS NOT NULL;
CREATE UNIQUE INDEX omnistock_sale_void ON omnistock_sale (original_id) WHERE kind = 'void';
CREATE UNIQUE INDEX omnistock_sale_client_key ON omnistock_sale (vendor_id, client_key) WHERE client_key IS NOT NULL;

-- The discount is the line's own and its share of the basket's.
CREATE TABLE omnistock_sale_line (
    {{.ID}},
    sale_id bigint NOT NULL,
    {{.Integer "position"}} NOT NULL,
    item_id bigint NOT NULL,
    {{.Varchar "sku" 50}} NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Integer "units"}} NOT NULL,
    {{.Decimal "unit_price" 10 2}} NOT NULL,
    {{.Decimal "discount" 10 2}} NOT NULL,
    {{.Decimal "tax" 10 2}} NOT NULL,
    {{.Decimal "total" 10 2}} NOT NULL,
    movement_id bigint NOT NULL,
    original_line_id bigint,
    CONSTRAINT omnistock_sale_line_units_check CHECK (units <> 0),
    CONSTRAINT omnistock_sale_line_total_check CHECK (total = units * unit_price - discount + tax),
    CONSTRAINT omnistock_sale_line_sale_id_position_key UNIQUE (sale_id, position)
);
CREATE INDEX omnistock_sale_line_item ON omnistock_sale_line (item_id, sale_id);
CREATE INDEX omnistock_sale_line_original ON omnistock_sale_line (original_line_id) WHERE original_line_id IS NOT NULL;

CREATE TABLE omnistock_sale_tender (
    {{.ID}},
    sale_id bigint NOT NULL,
    {{.Varchar "method" 16}} NOT NULL,
    {{.Decimal "amount" 10 2}} NOT NULL
);
CREATE INDEX omnistock_sale_tender_sale ON omnistock_sale_tender (sale_id);

-- The last receipt number of each store. A transaction takes the next one as the last thing that it does, so that a number
-- that is taken is used.
CREATE TABLE omnistock_receipt_counter (
    {{.ID}},
    store_id bigint NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT omnistock_receipt_counter_store_id_key UNIQUE (store_id)
);
{{if .Postgres}}
CREATE TRIGGER omnistock_sale_append_only BEFORE UPDATE OR DELETE ON omnistock_sale
    FOR EACH ROW EXECUTE FUNCTION omnistock_append_only();
CREATE TRIGGER omnistock_sale_append_only_truncate BEFORE TRUNCATE ON omnistock_sale
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_append_only();
CREATE TRIGGER omnistock_sale_line_append_only BEFORE UPDATE OR DELETE ON omnistock_sale_line
    FOR EACH ROW EXECUTE FUNCTION omnistock_append_only();
CREATE TRIGGER omnistock_sale_line_append_only_truncate BEFORE TRUNCATE ON omnistock_sale_line
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_append_only();
CREATE TRIGGER omnistock_sale_tender_append_only BEFORE UPDATE OR DELETE ON omnistock_sale_tender
    FOR EACH ROW EXECUTE FUNCTION omnistock_append_only();
CREATE TRIGGER omnistock_sale_tender_append_only_truncate BEFORE TRUNCATE ON omnistock_sale_tender
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_append_only();
{{else}}
CREATE TRIGGER omnistock_sale_append_only_update BEFORE UPDATE ON omnistock_sale
    WHEN (new.id, new.vendor_id, new.store_id, new.receipt_number, new.kind, new.original_id, new.currency, new.subtotal, new.discount,
            new.tax, new.total, new.tendered, new.change_due, new.tax_rate, new.note, new.user_id, new.client_key, new.fingerprint, new.created_at)
        IS NOT (old.id, old.vendor_id, old.store_id, old.receipt_number, old.kind, old.original_id, old.currency, old.subtotal, old.discount,
            old.tax, old.total, old.tendered, old.change_due, old.tax_rate, old.note, old.user_id, old.client_key, old.fingerprint, old.created_at)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale is append-only: its rows are neither changed nor deleted');
END;
CREATE TRIGGER omnistock_sale_append_only_delete BEFORE DELETE ON omnistock_sale BEGIN
    SELECT raise(ABORT, 'omnistock_sale is append-only: its rows are neither changed nor deleted');
END;
CREATE TRIGGER omnistock_sale_line_append_only_update BEFORE UPDATE ON omnistock_sale_line
    WHEN (new.id, new.sale_id, new.position, new.item_id, new.sku, new.name, new.units, new.unit_price, new.discount, new.tax, new.total,
            new.movement_id, new.original_line_id)
        IS NOT (old.id, old.sale_id, old.position, old.item_id, old.sku, old.name, old.units, old.unit_price, old.discount, old.tax, old.total,
            old.movement_id, old.original_line_id)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line is append-only: its rows are neither changed nor deleted');
END;
CREATE TRIGGER omnistock_sale_line_append_only_delete BEFORE DELETE ON omnistock_sale_line BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line is append-only: its rows are neither changed nor deleted');
END;
CREATE TRIGGER omnistock_sale_tender_append_only_update BEFORE UPDATE ON omnistock_sale_tender
    WHEN (new.id, new.sale_id, new.method, new.amount) IS NOT (old.id, old.sale_id, old.method, old.amount)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale_tender is append-only: its rows are neither changed nor deleted');
END;
CREATE TRIGGER omnistock_sale_tender_append_only_delete BEFORE DELETE ON omnistock_sale_tender BEGIN
    SELECT raise(ABORT, 'omnistock_sale_tender is append-only: its rows are neither changed nor deleted');
END;
{{end}}
