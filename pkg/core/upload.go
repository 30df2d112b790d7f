package core

import "io"

// An Upload is a file that a client sent. Name and type that the client gave are not kept: nobody should believe them.
type Upload struct {
	Content []byte
	Origin  string // scheme and host that the client called, such as https://shop.example
}

// A LargeUpload is a file that a client sent, too large for the memory. It is there as long as the request is carried out.
type LargeUpload struct {
	Content io.ReaderAt
	Size    int64 // bytes
}
