// Package mail sends plain-text mails: by SMTP, or, for development and tests, to the console, to files or to memory.
// A mail has one recipient and no header that its caller could add one to.
package mail
