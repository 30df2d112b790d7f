package backup

import (
	"archive/tar"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// tableFile is the form of the names of files that hold rows.
var tableFile = regexp.MustCompile(`^tables/([a-z0-9_]{1,63})/\d{6}\.jsonl$`)

// places are where images may come from, with the slash behind which their keys stand.
const (
	folderPlace = "media/"
	bucketPlace = "bucket/"
)

// splitKey takes the name of an image apart into its place and its key. Both are "" for another name.
func splitKey(name string) (place, key string) {
	for _, place := range []string{folderPlace, bucketPlace} {
		if key, ok := strings.CutPrefix(name, place); ok && storage.IsKey(key) {
			return place, key
		}
	}
	return "", ""
}

// isEntry reports whether an archive may have a file of that name. None leads out of a folder.
func isEntry(name string) bool {
	place, _ := splitKey(name)
	return name == manifestName || place != "" || tableFile.MatchString(name)
}

// errForeign is about a file that this program did not write.
var errForeign = errors.New("it is no archive of omnistock")

// readArchive calls fn with each file of the archive at the path, in their order, until fn fails. It reads to the very
// end, so that an archive that is cut off anywhere, or goes on, is an error. Errors do not name the path.
func readArchive(ctx context.Context, path string, fn func(name string, size int64, content io.Reader) error) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	unpacker, err := zstd.NewReader(&untilDone{ctx, file}, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8*windowSize))
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	defer unpacker.Close()
	reader := tar.NewReader(unpacker)
	var foreign error // the first; reading goes on, for the manifest may explain it
	for n := 0; ; n++ {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) && n > 0 {
			return errors.Join(foreign, checkEnd(unpacker))
		}
		if err != nil {
			return unpackError(err, n)
		}
		if header.Typeflag != tar.TypeReg || !isEntry(header.Name) {
			foreign = cmp.Or(foreign, fmt.Errorf("%w: it holds %.100q", errForeign, header.Name))
			continue
		}
		if err := fn(header.Name, header.Size, reader); err != nil {
			return unpackError(err, n+1)
		}
	}
}

// untilDone is a file that can be read until the context ends.
type untilDone struct {
	ctx  context.Context //nolint:containedctx // that of the one reading
	file *os.File
}

func (u *untilDone) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.file.Read(b)
}

// checkEnd reads what stands behind the last file, which is nothing but the zeros that end a tar.
func checkEnd(r io.Reader) error {
	rest, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return unpackError(err, 1)
	}
	if strings.Trim(string(rest), "\x00") != "" || len(rest) == 1<<20 {
		return errors.New("it is damaged: something follows its end")
	}
	return nil
}

// unpackError says what an error of unpacking means after n files.
func unpackError(err error, n int) error {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, zstd.ErrMagicMismatch) && n == 0, errors.Is(err, tar.ErrHeader) && n == 0:
		return errForeign
	case errors.Is(err, io.ErrUnexpectedEOF) && n == 0, errors.Is(err, io.EOF) && n == 0:
		return errors.New("it is cut off, or no archive of omnistock")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("it is cut off: it was not written, or not copied, to its end")
	case errors.Is(err, zstd.ErrMagicMismatch), errors.Is(err, zstd.ErrCRCMismatch), errors.Is(err, zstd.ErrReservedBlockType),
		errors.Is(err, zstd.ErrCompressedSizeTooBig), errors.Is(err, zstd.ErrBlockTooSmall), errors.Is(err, zstd.ErrUnexpectedBlockSize),
		errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrWindowSizeTooSmall), errors.Is(err, tar.ErrHeader):
		return fmt.Errorf("it is damaged: %w", err)
	}
	return err
}

// readHashed hands the content to fn, if there is one, and returns the file with the checksum of all of it.
func readHashed(name string, size int64, content io.Reader, fn func(io.Reader) error) (File, error) {
	hash := sha256.New()
	tee := io.TeeReader(content, hash)
	if fn != nil {
		if err := fn(tee); err != nil {
			return File{}, err
		}
	}
	if _, err := io.Copy(io.Discard, tee); err != nil {
		return File{}, err
	}
	return File{Name: name, Size: size, SHA256: hex.EncodeToString(hash.Sum(nil))}, nil
}
