// Package apptest drives an app over HTTP in tests, on both engines, and holds every response against the OpenAPI
// document.
package apptest
