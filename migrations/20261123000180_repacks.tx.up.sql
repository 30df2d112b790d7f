-- What is undone is told where it stands: the movements say it, too.
ALTER TABLE omnistock_acquisition ADD COLUMN {{.Time "undone_at"}};

-- Units of some items that became units of others. No foreign keys, as in the ledger.
CREATE TABLE omnistock_repack (
    {{.ID}},
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Varchar "kind" 16}} NOT NULL,
    {{.Decimal "cost" 10 2}} NOT NULL,
    {{.Varchar "note" 255}} NOT NULL,
    user_id bigint,
    {{.Varchar "client_key" 255}},
    {{.Time "created_at"}} NOT NULL,
    {{.Time "undone_at"}}
);
CREATE INDEX omnistock_repack_vendor ON omnistock_repack (vendor_id, id);
CREATE UNIQUE INDEX omnistock_repack_client_key ON omnistock_repack (vendor_id, client_key) WHERE client_key IS NOT NULL;
CREATE TABLE omnistock_repack_line (
    {{.ID}},
    repack_id bigint NOT NULL,
    is_made boolean NOT NULL,
    item_id bigint NOT NULL,
    {{.Varchar "sku" 50}} NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Integer "units"}} NOT NULL,
    {{.Decimal "weight" 10 2}} NOT NULL,
    {{.Decimal "cost" 10 2}} NOT NULL,
    CONSTRAINT omnistock_repack_line_units_check CHECK (units > 0)
);
CREATE INDEX omnistock_repack_line_repack ON omnistock_repack_line (repack_id);
