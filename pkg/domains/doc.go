// Package domains puts the domains together on a database. It holds the only list of them: the program and the tests of
// more than one domain take it from here. A new domain gets a field, a line in New and one in Modules.
package domains
