// Package check runs system checks as Django does: each looks at one thing that may be wrong with an installation and
// answers with messages, each with a level, an id such as security.W009 and a hint. It knows how checks are chosen, run
// and reported, and nothing of what they look at.
package check
