// Package users knows who may log in: accounts, their profiles and images, their passwords and tokens.
//
// A User is an account. A Profile is what its owner tells about themselves and the vendor they look at; each user has
// one, made at the latest when it is first asked for. Media are the user's images. A person logs in with user name and
// password and gets a pair of tokens: the access token, valid for minutes, goes with each request; the refresh token,
// valid for a day, is exchanged once for a new pair and blacklisted by that. A reset link lets its owner set a new
// password without the old one.
//
// The package stands on core alone. What it has to know of vendors it asks through the hooks of Service: where a user
// works, which vendor a profile may name, and what else goes when a user is deleted.
package users
