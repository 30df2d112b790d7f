// Package vendors knows the shops that own stock, who works for them, and where they sell.
//
// A vendor has stores and members; a member has a role at the vendor and, beside owners and admins, access to single
// stores. Each user works for one vendor at a time: their affiliation. The package stands on users.
package vendors
