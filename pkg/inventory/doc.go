// Package inventory knows what vendors have in stock: collectibles with their card details and images, and the ledger
// of every change of a quantity. It stands on vendors and users.
package inventory
