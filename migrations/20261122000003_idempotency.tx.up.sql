-- Answers to POST requests with an Idempotency-Key. No foreign key to the user: Django, which may delete one, does not
-- know this table, and the rows go by themselves.

CREATE TABLE omnistock_idempotencykey (
    {{.ID}},
    user_id bigint NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Varchar "fingerprint" 64}} NOT NULL,
    {{.Bool "executed"}} NOT NULL,
    {{.Integer "status"}},
    body text,
    {{.Time "started_at"}} NOT NULL,
    {{.Time "expires_at"}} NOT NULL,
    CONSTRAINT omnistock_idempotencykey_user_id_name_key UNIQUE (user_id, name)
);
CREATE INDEX omnistock_idempotencykey_expires_at ON omnistock_idempotencykey (expires_at);
