package adoption

import (
	_ "embed"
	"strings"

	"github.com/omni-stock/omnistock/migrations"
)

var (
	//go:embed older/prepare.sql
	prepareSQL string
	//go:embed older/accounts.sql
	accountsSQL string
	//go:embed older/shops.sql
	shopsSQL string
	//go:embed older/members.sql
	membersSQL string
	//go:embed older/stock.sql
	stockSQL string
	//go:embed older/drop.sql
	dropSQL string
)

// A Stage is a part of what taking a database over does.
type Stage struct {
	Name  string   `json:"name"` // what it does, such as "move the accounts"
	SQL   string   `json:"sql"`
	lines []string // queries for what to tell of it afterwards
}

// olderStages move an older database to the current state, one after the other.
func olderStages() ([]Stage, error) {
	tables, err := missingTables()
	return []Stage{
		{"prepare the tables", prepareSQL, nil},
		{"make the tables that are missing", tables, nil},
		{"move the accounts", accountsSQL, []string{emailLines}},
		{"give each vendor a store", shopsSQL, nil},
		{"make members of those whom profiles name", membersSQL, []string{memberLines, memberlessLines}},
		{"move the stock", stockSQL, []string{stockLines}},
	}, err
}

// missingTables is what the first step does, but for the tables and the indexes that are there.
func missingTables() (string, error) {
	text, _, err := migrations.SQL(firstStep, true)
	return strings.NewReplacer(
		"CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", "CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ",
	).Replace(text), err
}

// firstStep makes the tables of the current state.
const firstStep = "v1_schema"
