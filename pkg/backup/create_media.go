package backup

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/progress"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// packMedia writes the images. It comes after the rows: an image that a row of the snapshot names was there before it.
func (s *Service) packMedia(ctx context.Context, w *archiveWriter, m *Manifest, o CreateOptions) error {
	for _, place := range []string{folderPlace, bucketPlace} {
		kept := s.places[place]
		if kept == nil {
			continue
		}
		media := Media{Place: strings.TrimSuffix(place, "/"), Included: place == folderPlace || o.Bucket}
		if media.Included {
			if err := packPlace(ctx, w, place, kept, &media, o.Progress); err != nil {
				return err
			}
		}
		m.Media = append(m.Media, media)
	}
	return nil
}

func packPlace(ctx context.Context, w *archiveWriter, place string, kept storage.Storage, media *Media, r *progress.Reporter) error {
	task := r.Start(media.Place, "images", progress.Unknown)
	defer task.Done()
	return kept.List(ctx, func(object storage.Object) error {
		if !storage.IsKey(object.Key) {
			return nil // being written just now, or never finished
		}
		content, err := kept.Open(ctx, object.Key)
		if err != nil && core.KindOf(err) == core.NotFound {
			return nil // deleted just now
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", object.Key, err)
		}
		media.Objects++
		media.Bytes += object.Size
		task.Add(1)
		return errors.Join(w.add(place+object.Key, object.Size, content), content.Close())
	})
}
