package db

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// postgresCloseTime is how long Close waits for statements that still run.
const postgresCloseTime = 5 * time.Second

func openPostgres(url string, o options) (*bun.DB, error) {
	config, err := postgresConfig(url)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.Tracer = postgresTracer(o.trace)
	// Without a minimum of connections the pool makes none before it is asked for one.
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, fmt.Errorf("open postgres: %w", err)
	}
	return bun.NewDB(stdlib.OpenDBFromPool(pool), pgdialect.New(), bun.WithConnResolver(postgresPool{pool})), nil
}

// readTimesInUTC replaces pgx's habit of giving times in the zone of this machine.
func readTimesInUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// postgresPool makes closing a bun.DB close its pool. It routes nothing.
type postgresPool struct{ pool *pgxpool.Pool }

func (postgresPool) ResolveConn(context.Context, bun.Query) bun.IConn { return nil }

// Close waits a while for the statements that still run, then gives up on them.
func (p postgresPool) Close() error {
	closed := make(chan struct{})
	go func() {
		p.pool.Close()
		close(closed)
	}()
	select {
	case <-closed:
		return nil
	case <-time.After(postgresCloseTime):
		return fmt.Errorf("close postgres: %d connections are still in use", p.pool.Stat().AcquiredConns())
	}
}

// postgresTracer hands each statement to a function of WithTrace.
type postgresTracer func(query string)

func (t postgresTracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	switch data.SQL {
	case "begin", "commit", "rollback":
	default:
		t(data.SQL)
	}
	return ctx
}

func (postgresTracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
