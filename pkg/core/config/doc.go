// Package config knows the settings of the program: their names, defaults and limits, where each value came from, and
// which combinations are unsafe. A setting is a variable of the environment or a line of a .env file; the names are
// those of the Django deployment that the program replaces. Nothing here prints a secret.
package config
