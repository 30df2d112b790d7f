// Package anonymization makes the copy of a shop's database fit for those who try things out: it replaces what tells who
// somebody is, and deletes what opens a door. Ids, stock and the relations between rows stay, so that the copy behaves
// like the shop.
//
// What becomes of each column stands in rules.go. What is replaced depends on the row's id alone: two copies, made at
// different times, have the same people. The package stands on users.
package anonymization
