package migrations

// For the tests outside the package.
var (
	Files      = files
	UpFrom     = up
	StatusFrom = status
)

// HistoryTable is for the tests outside the package.
const HistoryTable = historyTable
