package migrations

// For the tests outside the package.
var (
	Files      = files
	UpFrom     = up
	StatusFrom = status
)
