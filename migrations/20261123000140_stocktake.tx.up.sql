-- Stocktakes: what people count in a store while it goes on selling. No foreign keys, as in the ledger: items, stores and
-- users go without knowing these tables.
CREATE TABLE omnistock_stocktake (
    {{.ID}},
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Varchar "state" 16}} NOT NULL,
    {{.Varchar "category" 100}},
    {{.Varchar "note" 255}} NOT NULL,
    user_id bigint,
    {{.Varchar "client_key" 255}},
    {{.Time "created_at"}} NOT NULL,
    {{.Time "closed_at"}}
);
CREATE INDEX omnistock_stocktake_vendor ON omnistock_stocktake (vendor_id, id);
CREATE INDEX omnistock_stocktake_open ON omnistock_stocktake (store_id) WHERE state = 'open';
CREATE UNIQUE INDEX omnistock_stocktake_client_key ON omnistock_stocktake (vendor_id, client_key) WHERE client_key IS NOT NULL;

-- What was counted of an item. least and most are how many units the ledger had in the store when it was scanned;
-- expected and the movement come with the posting.
CREATE TABLE omnistock_stocktake_line (
    {{.ID}},
    stocktake_id bigint NOT NULL,
    item_id bigint NOT NULL,
    {{.Varchar "sku" 50}} NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Decimal "unit_cost" 10 2}} NOT NULL,
    {{.Integer "counted"}} NOT NULL,
    {{.Integer "least"}} NOT NULL,
    {{.Integer "most"}} NOT NULL,
    {{.Time "counted_at"}} NOT NULL,
    {{.Integer "expected"}},
    movement_id bigint,
    CONSTRAINT omnistock_stocktake_line_counted_check CHECK (counted >= 0 AND least <= most),
    CONSTRAINT omnistock_stocktake_line_stocktake_id_item_id_key UNIQUE (stocktake_id, item_id)
);

CREATE TABLE omnistock_stocktake_scan (
    {{.ID}},
    stocktake_id bigint NOT NULL,
    item_id bigint NOT NULL,
    {{.Integer "units"}} NOT NULL,
    {{.Varchar "client_key" 255}} NOT NULL,
    user_id bigint,
    {{.Time "scanned_at"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    CONSTRAINT omnistock_stocktake_scan_units_check CHECK (units <> 0),
    CONSTRAINT omnistock_stocktake_scan_stocktake_id_client_key_key UNIQUE (stocktake_id, client_key)
);
