// Package console knows how commands speak to an operator: how much they say, tables whose columns stand in line, JSON
// for programs, and groups of commands such as "omnistock user list".
package console
