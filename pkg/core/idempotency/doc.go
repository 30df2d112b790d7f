// Package idempotency lets a client send a POST request again without doing its work again: under the same
// Idempotency-Key, the same request gets the first one's answer once more (the header of
// draft-ietf-httpapi-idempotency-key-header).
package idempotency
