package core

// An Upload is a file that a client sent. Name and type that the client gave are not kept: nobody should believe them.
type Upload struct {
	Content []byte
	Origin  string // scheme and host that the client called, such as https://shop.example
}
