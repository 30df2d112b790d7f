-- What a movement cost, and up to which movement an item is worked out, have the ids of those: the database gives none,
-- and has no count of its own that falls behind them.
{{if .Postgres}}
ALTER TABLE omnistock_stock_cost ALTER COLUMN id DROP IDENTITY;
ALTER TABLE omnistock_stock_costed ALTER COLUMN id DROP IDENTITY;
{{end}}
