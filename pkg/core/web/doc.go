// Package web turns operations into an HTTP API: one declaration is route, access rule, input validation, response
// and OpenAPI entry at once. It speaks the dialect of Django REST framework, which the clients of the v1 contract
// know: its status codes, headers and messages.
package web
