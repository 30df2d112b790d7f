//go:build roots

package main

// The image holds no certificates, and mail and storage over TLS need some. A program on a system has the system's.
import _ "golang.org/x/crypto/x509roots/fallback"
