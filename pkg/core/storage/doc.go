// Package storage keeps the images that people upload: in a folder, which it serves, or in an S3 bucket.
//
// An image belongs to an Owner, a collectible for instance, for which its key is made. Nothing that a client sends is
// kept as it came: the image is decoded, turned upright and encoded anew, which leaves nothing but its pixels, and a
// thumbnail is kept beside it. Records hold the image's address. When an address leaves a record of its owner, the
// object goes, after the commit; an address that was not made for that owner, such as one on another server, is never
// touched.
package storage
