package inventory

// NewCursor is for the tests outside the package.
var NewCursor = newCursor
