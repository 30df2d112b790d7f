package inventory_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/inventory"
)

const benchRows = 100_000

// benchTable is a table of cards, as a shop has them.
func benchTable(rows int) string {
	var b strings.Builder
	b.WriteString("sku,name,quantity,price,intake_price,projected_price,category,condition,description,image_url,psa_grade,card_condition,language,release_date,print_run,market_region,external_ids,last_estimated_at,notes\n")
	for i := range rows {
		fmt.Fprintf(&b, "SKU-%06d,Dragon of the %d. Summit,%d,%d.50,4.00,12.25,TCG,Near Mint,\"First owner, from a smoke-free home.\",https://images.example/%d.jpg,9.5,Mint,English,1999-01-09,First,US,\"{\"\"tcg\"\": %d}\",2025-11-30T12:00:00.500000Z,\n",
			i, i, i%9+1, i%100, i, i)
	}
	return b.String()
}

func tableFile(text string) inventory.TableFile {
	return inventory.TableFile{ReaderAt: strings.NewReader(text), Size: int64(len(text))}
}

// BenchmarkImport imports a table of 100,000 cards into an empty database, beside the engine's own bulk load of the same
// rows (items, card details, ledger), which parses no CSV and checks nothing: COPY on PostgreSQL, a prepared INSERT in one
// transaction on SQLite. Then it imports the table again, which changes nothing, and exports it. Compare the rows a second
// of one run.
func BenchmarkImport(b *testing.B) {
	table := benchTable(benchRows)
	created := inventory.ImportReport{Created: benchRows, LastRow: benchRows + 1}
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			measure := func(name string, prepare, work func(b *testing.B, db *bun.DB, s shop)) {
				b.Run(name, func(b *testing.B) {
					var spent time.Duration
					for b.Loop() {
						b.StopTimer()
						db := dbtest.Open(b, dbtest.NewURL(b, engine))
						s := shop{domainstest.New(b, db)}
						prepare(b, db, s)
						before := cpuTime()
						b.StartTimer()
						work(b, db, s)
						spent += cpuTime() - before
					}
					reportRows(b, spent)
				})
			}
			nothing := func(*testing.B, *bun.DB, shop) {}
			load := func(b *testing.B, db *bun.DB, _ shop) { importBench(b, db, table, created) }
			measure("bulk load", nothing, bulkLoad)
			measure("import", nothing, load)
			measure("import again", load, func(b *testing.B, db *bun.DB, _ shop) {
				importBench(b, db, table, inventory.ImportReport{Unchanged: benchRows, LastRow: benchRows + 1})
			})
			for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
				measure("export "+string(format), load, func(b *testing.B, db *bun.DB, _ shop) { exportBench(b, db, format) })
			}
		})
	}
}

func exportBench(b *testing.B, db *bun.DB, format sheet.Format) {
	b.Helper()
	is := domainstest.NewDomains(b, db).Inventory
	export, err := is.NewExportFor(b.Context(), "", inventory.ExportOptions{Format: format})
	if err != nil {
		b.Fatal(err)
	}
	if rows, err := export.Write(b.Context(), io.Discard); err != nil || rows != benchRows {
		b.Fatalf("%d rows: %v", rows, err)
	}
}

func importBench(b *testing.B, db *bun.DB, table string, want inventory.ImportReport) {
	b.Helper()
	is := domainstest.NewDomains(b, db).Inventory
	report, err := is.ImportFor(b.Context(), "", tableFile(table), inventory.ImportOptions{OnBad: func(bad *inventory.BadRow) error {
		return fmt.Errorf("%+v", bad)
	}})
	if err != nil || *report != want {
		b.Fatalf("%+v: %v", report, err)
	}
}

const (
	itemColumns  = "id,name,sku,quantity,updated_at,description,price,intake_price,projected_price,vendor_id,image_url,category,condition,created_at,store_id"
	cardColumns  = "psa_grade,condition,external_ids,last_estimated_at,language,release_date,print_run,market_region,created_at,updated_at,collectible_id"
	entryColumns = "delta,reason,metadata,created_at,collectible_id,to_store_id"
)

// bulkRows are the rows of a table in the database, as an engine takes them.
func bulkRows(s shop, table string, postgres bool) [][]any {
	var now, estimated, released any = "2026-01-01 00:00:00+00:00", "2025-11-30 12:00:00.5+00:00", "1999-01-09"
	money := func(whole, cents int) any { return whole*100 + cents }
	grade := any(95)
	if postgres {
		now, estimated, released = time.Now(), time.Date(2025, 11, 30, 12, 0, 0, 5e8, time.UTC), time.Date(1999, 1, 9, 0, 0, 0, 0, time.UTC)
		money = func(whole, cents int) any { return fmt.Sprintf("%d.%02d", whole, cents) }
		grade = "9.5"
	}
	rows := make([][]any, benchRows)
	for i := range rows {
		switch table {
		case itemColumns:
			rows[i] = []any{
				int64(i + 1), fmt.Sprintf("Dragon of the %d. Summit", i), fmt.Sprintf("SKU-%06d", i), int32(i%9 + 1), now,
				"First owner, from a smoke-free home.", money(i%100, 50), money(4, 0), money(12, 25), s.Vendor,
				fmt.Sprintf("https://images.example/%d.jpg", i), "TCG", "Near Mint", now, s.Store,
			}
		case cardColumns:
			rows[i] = []any{grade, "Mint", fmt.Sprintf(`{"tcg": %d}`, i), estimated, "English", released, "First", "US", now, now, int64(i + 1)}
		default:
			rows[i] = []any{int32(i%9 + 1), "intake", "{}", now, int64(i + 1), s.Store}
		}
	}
	return rows
}

func bulkLoad(b *testing.B, db *bun.DB, s shop) {
	b.Helper()
	conn, err := db.DB.Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	isPostgres := db.Dialect().Name() == dialect.PG
	for _, table := range [][2]string{
		{"collectibles_collectible", itemColumns}, {"collectibles_carddetails", cardColumns}, {"collectibles_stockledger", entryColumns},
	} {
		b.StopTimer()
		rows := bulkRows(s, table[1], isPostgres)
		b.StartTimer()
		names := strings.Split(table[1], ",")
		if isPostgres {
			err = conn.Raw(func(driver any) error {
				_, err := driver.(*stdlib.Conn).Conn().CopyFrom(context.Background(), pgx.Identifier{table[0]}, names, pgx.CopyFromRows(rows))
				return err
			})
		} else {
			err = insertPrepared(conn, table[0], table[1], rows)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func insertPrepared(conn *sql.Conn, table, columns string, rows [][]any) error {
	ctx := context.Background()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	marks := strings.Repeat("?,", len(rows[0]))
	stmt, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" ("+columns+") VALUES ("+marks[:len(marks)-1]+")")
	if err != nil {
		return err
	}
	defer func() { _ = stmt.Close() }()
	for _, row := range rows {
		if _, err := stmt.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// reportRows reports rows a second, and this process's processor time: on a loaded machine, the one that tells more. (Of
// PostgreSQL, which works in processes of its own, it is the client's share.)
func reportRows(b *testing.B, spent time.Duration) {
	b.ReportMetric(float64(spent.Microseconds())/float64(b.N)/benchRows, "cpu-µs/row")
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
