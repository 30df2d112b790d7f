// Package app puts the domains' modules together: one HTTP API, one document, one list of checks and of commands.
package app
