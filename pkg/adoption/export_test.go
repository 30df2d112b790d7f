package adoption

// For the tests outside the package.
var (
	ReadCatalog   = readCatalog
	Differences   = differences
	RollbackSteps = insertSteps + sessionSteps
)
