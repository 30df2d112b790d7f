// Package inventory knows what vendors have in stock: collectibles with their card details and images. It
// stands on stock, which keeps the ledger of every change of a quantity, on vendors and users.
package inventory
