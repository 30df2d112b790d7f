// Package core holds the words that every domain shares: an error and its kind, the actor of a request, a field
// that may be absent, money, dates. It knows no domain, no database and no HTTP.
package core
