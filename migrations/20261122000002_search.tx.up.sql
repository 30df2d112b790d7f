-- Pages and search of stock. Each order of a list gets an index that a page starts in, wherever it is: vendor, the
-- column, the id that breaks ties.

CREATE INDEX omnistock_collectible_created_at ON collectibles_collectible (vendor_id, created_at, id);
CREATE INDEX omnistock_collectible_name ON collectibles_collectible (vendor_id, name, id);
CREATE INDEX omnistock_collectible_price ON collectibles_collectible (vendor_id, price, id);
CREATE INDEX omnistock_collectible_quantity ON collectibles_collectible (vendor_id, quantity, id);
CREATE INDEX omnistock_collectible_sku ON collectibles_collectible (vendor_id, sku, id);
CREATE INDEX omnistock_collectible_updated_at ON collectibles_collectible (vendor_id, updated_at, id);

-- Parts of words are found by the sequences of three characters in them, in capitals. (Words hold no space: none is
-- found from the end of one column to the start of the next.)
{{if .Postgres -}}
-- An expression needs no trigger: what another program writes is found, too.
CREATE INDEX omnistock_collectible_search_gin ON collectibles_collectible
    USING gin (upper(name || ' ' || sku || ' ' || coalesce(description, '')) gin_trgm_ops);
{{else -}}
-- The table keeps neither the texts nor the places in them: whoever searches looks at the items that it names.
CREATE VIRTUAL TABLE omnistock_collectible_search
    USING fts5 (item, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');
INSERT INTO omnistock_collectible_search (rowid, item)
    SELECT id, upper(name || ' ' || sku || ' ' || coalesce(description, '')) FROM collectibles_collectible;
CREATE TRIGGER omnistock_collectible_search_insert AFTER INSERT ON collectibles_collectible BEGIN
    INSERT INTO omnistock_collectible_search (rowid, item)
        VALUES (new.id, upper(new.name || ' ' || new.sku || ' ' || coalesce(new.description, '')));
END;
CREATE TRIGGER omnistock_collectible_search_update AFTER UPDATE OF id, name, sku, description ON collectibles_collectible BEGIN
    DELETE FROM omnistock_collectible_search WHERE rowid = old.id;
    INSERT INTO omnistock_collectible_search (rowid, item)
        VALUES (new.id, upper(new.name || ' ' || new.sku || ' ' || coalesce(new.description, '')));
END;
CREATE TRIGGER omnistock_collectible_search_delete AFTER DELETE ON collectibles_collectible BEGIN
    DELETE FROM omnistock_collectible_search WHERE rowid = old.id;
END;
{{end -}}
