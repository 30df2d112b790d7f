package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Decoding an image of 40 megapixels takes 160 MB and more, so only two are decoded at once; a heavy one, alone. Who
// has to wait longer than decodeWait is sent away.
const (
	decodeSlots = 2
	decodeWait  = 20 * time.Second
)

// deleteTimeout bounds the removal of one object: the request whose commit it follows waits for it.
const deleteTimeout = 5 * time.Second

// maxAddress is the length of the columns that hold addresses.
const maxAddress = 200

// Options set Images up.
type Options struct {
	Storage  Storage
	Folder   *Folder // what GET /media/ serves: the storage itself, or the one that was in use before it
	MaxBytes int64   // of one file
	Now      func() time.Time
	Log      *slog.Logger
}

// Images takes images in and gives them back.
type Images struct {
	storage  Storage
	folder   *Folder
	maxBytes int64
	now      func() time.Time
	log      *slog.Logger
	slots    *semaphore.Weighted
}

// NewImages returns the images in a storage. It does no I/O.
func NewImages(o Options) *Images {
	return &Images{
		storage: o.Storage, folder: o.Folder, maxBytes: o.MaxBytes, now: o.Now, log: o.Log,
		slots: semaphore.NewWeighted(decodeSlots),
	}
}

// An Image is one that was kept, as a record shows it.
type Image struct {
	URL           string
	Width, Height int32     // pixels
	SizeKB        int32     // kilobytes, rounded up
	Metadata      core.JSON // path: its key; thumbnail: the address of its thumbnail
}

// Keep stores an image and its thumbnail for the owner. Invalid where the file is no image of a known format, is broken
// or has too many pixels; TooLarge; ServiceUnavailable where the storage fails or too many images are being decoded.
// Whoever then fails to write the record calls Discard.
func (im *Images) Keep(ctx context.Context, owner Owner, file core.Upload) (*Image, error) {
	if int64(len(file.Content)) > im.maxBytes {
		return nil, core.Errorf(core.TooLarge, "The file is too large: at most %d bytes.", im.maxBytes)
	}
	p, err := im.decode(ctx, file.Content)
	if err != nil {
		return nil, err
	}
	key := newKey(owner, im.now(), p.extension)
	kept, err := im.newImage(key, p, file.Origin)
	if err != nil {
		return nil, err
	}
	err = im.storage.Put(ctx, key, contentTypes[p.extension], p.whole)
	if err == nil {
		err = im.storage.Put(ctx, thumbnailKey(key), contentTypes[p.extension], p.thumbnail)
	}
	if err != nil {
		im.remove(context.WithoutCancel(ctx), []string{key})
		return nil, &core.Error{Kind: core.ServiceUnavailable, Msg: "The image could not be stored. Try again later.", Err: err}
	}
	return kept, nil
}

func (im *Images) newImage(key string, p *picture, origin string) (*Image, error) {
	address, thumbnail := im.address(key, origin), im.address(thumbnailKey(key), origin)
	if len(address) > maxAddress {
		return nil, core.Errorf(core.Invalid, "The image's address would be longer than %d characters.", maxAddress)
	}
	metadata, err := json.Marshal(map[string]string{"path": key, "thumbnail": thumbnail})
	if err != nil {
		return nil, fmt.Errorf("describe an image: %w", err)
	}
	return &Image{
		URL: address, Width: int32(p.width), Height: int32(p.height), //nolint:gosec // at most maxSide
		SizeKB:   int32((len(p.whole) + 1023) / 1024), //nolint:gosec // far below 2^31
		Metadata: metadata,
	}, nil
}

// address is where an object is found: a whole URL, so that clients can send it back, built on the host that the client
// called where no public URL is set. That host is one of ours: the web package checks it.
func (im *Images) address(key, origin string) string {
	address := im.storage.URL(key)
	if address[0] == '/' {
		return origin + address
	}
	return address
}

// decode checks and re-encodes an image when it is its turn.
func (im *Images) decode(ctx context.Context, content []byte) (*picture, error) {
	f, heavy, err := check(content)
	if err != nil {
		return nil, err
	}
	weight := int64(1)
	if heavy {
		weight = decodeSlots
	}
	waiting, cancel := context.WithTimeout(ctx, decodeWait)
	defer cancel()
	if err := im.slots.Acquire(waiting, weight); err != nil {
		return nil, &core.Error{Kind: core.ServiceUnavailable, Msg: "Too many images at once. Try again later.", Err: err}
	}
	defer im.slots.Release(weight)
	return newPicture(content, f)
}

// Discard removes images that Keep stored and no record shows.
func (im *Images) Discard(ctx context.Context, owner Owner, addresses ...string) {
	im.remove(context.WithoutCancel(ctx), owner.keys(addresses, nil))
}

// Replace removes, once the transaction of ctx has committed, the owner's images that its record showed before and
// shows no longer. Addresses that are not the owner's are left alone.
func (im *Images) Replace(ctx context.Context, owner Owner, before, after []string) {
	keys := owner.keys(before, after)
	if len(keys) == 0 {
		return
	}
	db.AfterCommit(ctx, func(ctx context.Context) { im.remove(ctx, keys) })
}

// keys are those of the owner's images at the addresses, but for those at the addresses to keep.
func (o Owner) keys(addresses, keep []string) (keys []string) {
	for _, address := range addresses {
		key := o.key(address)
		isKept := slices.ContainsFunc(keep, func(other string) bool { return o.key(other) == key })
		if key != "" && !isKept && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// remove deletes images with their thumbnails. What fails is logged: an object that is left over harms nobody. A
// storage that does not answer is not asked again.
func (im *Images) remove(ctx context.Context, keys []string) {
	for _, key := range keys {
		for _, object := range []string{key, thumbnailKey(key)} {
			err := im.delete(ctx, object)
			if err == nil {
				continue
			}
			im.log.WarnContext(ctx, "an object was not removed", "key", object, "error", err)
			if errors.Is(err, context.DeadlineExceeded) {
				return
			}
		}
	}
}

func (im *Images) delete(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, deleteTimeout)
	defer cancel()
	return im.storage.Delete(ctx, key)
}
