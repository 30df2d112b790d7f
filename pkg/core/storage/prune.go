package storage

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/app"
)

// PruneOptions say what to delete.
type PruneOptions struct {
	Columns   []app.ImageColumn // all in which records name images
	OlderThan time.Duration     // younger objects stay: a request may be about to name them
	DryRun    bool              // delete nothing
}

// Pruned is what Prune found.
type Pruned struct {
	Objects int      // stored
	Images  int      // that records name
	Young   int      // objects that no record names, and that stay because of their age
	Orphans []Object // that no record names; deleted unless it was a dry run
	Missing []Missing
}

// A Missing image is one that a record names, and that is not stored.
type Missing struct {
	Table   string
	ID      int64
	Column  string
	Address string
}

// Prune deletes stored objects that no record names: of requests that failed, and what a crash left. It looks for an
// object's key anywhere in the addresses of all records, whosever they are, and touches nothing that this package did
// not name. It reports records whose image is gone, too.
func (im *Images) Prune(ctx context.Context, bunDB *bun.DB, o PruneOptions) (*Pruned, error) {
	named, err := im.namedImages(ctx, bunDB, o.Columns)
	if err != nil {
		return nil, err
	}
	p := &pruning{named: named, before: im.now().Add(-o.OlderThan), options: o, pruned: &Pruned{Images: len(named)}}
	for _, place := range im.places() {
		err := place.List(ctx, func(object Object) error { return p.look(ctx, place, object) })
		if err != nil {
			return p.pruned, err
		}
	}
	for _, image := range named {
		if !image.found {
			p.pruned.Missing = append(p.pruned.Missing, image.Missing)
		}
	}
	slices.SortFunc(p.pruned.Missing, func(a, b Missing) int {
		return strings.Compare(fmt.Sprintf("%s %020d", a.Table, a.ID), fmt.Sprintf("%s %020d", b.Table, b.ID))
	})
	return p.pruned, nil
}

// places are where images lie: the storage, and the folder that was in use before it.
func (im *Images) places() []Storage {
	if im.folder == nil || im.storage == Storage(im.folder) {
		return []Storage{im.storage}
	}
	return []Storage{im.storage, im.folder}
}

// A namedImage is one that a record names, perhaps one of several.
type namedImage struct {
	Missing
	found bool
}

// keyInside finds keys anywhere in a text.
var keyInside = regexp.MustCompile(`(?:items|stores|users)/\d{4}/\d{2}/\d+-[0-9a-f]{32}(?:\.thumb)?\.(?:jpg|png)`)

// namedImages returns the images that records name, by their keys.
func (im *Images) namedImages(ctx context.Context, bunDB *bun.DB, columns []app.ImageColumn) (map[string]*namedImage, error) {
	named := map[string]*namedImage{}
	for _, column := range columns {
		table := bunDB.Table(reflect.TypeOf(column.Model).Elem()).Name
		err := selectAddresses(ctx, bunDB, table, column.Column, func(id int64, address string) {
			for _, key := range keyInside.FindAllString(address, -1) {
				key = wholeKey(key)
				if named[key] == nil {
					named[key] = &namedImage{Missing: Missing{Table: table, ID: id, Column: column.Column, Address: address}}
				}
			}
		})
		if err != nil {
			return nil, fmt.Errorf("read %s.%s: %w", table, column.Column, err)
		}
	}
	return named, nil
}

// wholeKey is the key of the image that an object belongs to: itself, a thumbnail of it, or a part.
func wholeKey(key string) string {
	return strings.Replace(strings.TrimSuffix(key, partSuffix), ".thumb.", ".", 1)
}

// A pruning is one run of Prune.
type pruning struct {
	named   map[string]*namedImage
	before  time.Time
	options PruneOptions
	pruned  *Pruned
}

func (p *pruning) look(ctx context.Context, place Storage, object Object) error {
	p.pruned.Objects++
	if image := p.named[wholeKey(object.Key)]; image != nil && IsKey(object.Key) {
		image.found = image.found || wholeKey(object.Key) == object.Key
		return nil
	}
	if object.Modified.After(p.before) {
		p.pruned.Young++
		return nil
	}
	if !p.options.DryRun {
		if err := place.Delete(ctx, object.Key); err != nil {
			return err
		}
	}
	p.pruned.Orphans = append(p.pruned.Orphans, object)
	return nil
}
