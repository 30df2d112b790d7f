package backup_test

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// demoArchive returns the content of an archive with a shop and an image.
func demoArchive(t *testing.T) []byte {
	t.Helper()
	s := on(t, dbtest.SQLite)
	addDemo(t, s, 50)
	addImage(t, s, imageKey, "pixels")
	content, err := os.ReadFile(s.mustCreate(t).Path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// openContent opens an archive of that content.
func openContent(t *testing.T, content []byte) (*backup.Archive, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.tar.zst")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return backup.Open(t.Context(), path, nil)
}

// wantRefused fails the test unless the archive is refused with such a message.
func wantRefused(t *testing.T, content []byte, message string) {
	t.Helper()
	_, err := openContent(t, content)
	if err == nil || !strings.Contains(err.Error(), message) {
		t.Errorf("error = %v, want %q", err, message)
	}
}

func TestOpen_cutOffAnywhere(t *testing.T) {
	content := demoArchive(t)
	for n := range 300 {
		at := n * len(content) / 300
		if n < 30 { // its beginning and its end, byte for byte
			at = n
		} else if n < 60 {
			at = len(content) - (n - 29)
		}
		if _, err := openContent(t, content[:at]); err == nil {
			t.Errorf("cut off at %d of %d: no error", at, len(content))
		} else if at > 4 && !strings.Contains(err.Error(), "cut off") {
			t.Errorf("cut off at %d of %d: %v", at, len(content), err)
		}
	}
}

// TestOpen_oneBitFlipped accepts an archive only where the bit means nothing: all that it holds is as it was.
func TestOpen_oneBitFlipped(t *testing.T) {
	content := demoArchive(t)
	good, err := openContent(t, content)
	if err != nil {
		t.Fatal(err)
	}
	want := namesAndContents(unpack(t, content))
	for n := range 500 {
		at := rand.IntN(len(content))
		if n < 40 {
			at = n
		}
		damaged := bytes.Clone(content)
		damaged[at] ^= 1 << rand.IntN(8)
		a, err := openContent(t, damaged)
		if err != nil {
			continue
		}
		if diff := cmp.Diff(good.Manifest, a.Manifest); diff != "" {
			t.Errorf("bit flipped in byte %d: no error, but (-good +flipped):\n%s", at, diff)
		}
		if got := namesAndContents(unpack(t, damaged)); !slices.Equal(want, got) {
			t.Errorf("bit flipped in byte %d: no error, but other files", at)
		}
	}
}

// namesAndContents is what an archive is about: some bits of a tar mean nothing, such as those of the time of a file.
func namesAndContents(entries []entry) (all []string) {
	for _, e := range entries {
		all = append(all, e.Name+"\n"+string(e.content))
	}
	return all
}

// An entry is one of a tar, as a test changes it.
type entry struct {
	tar.Header
	content []byte
}

func unpack(t *testing.T, content []byte) (entries []entry) {
	t.Helper()
	unpacker, err := zstd.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer unpacker.Close()
	reader := tar.NewReader(unpacker)
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return entries
		}
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry{*header, all})
	}
}

func packed(t *testing.T, entries []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	packer, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	writer := tar.NewWriter(packer)
	for _, e := range entries {
		e.Size = int64(len(e.content))
		if err := writer.WriteHeader(&e.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := writer.Write(e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// changeManifest writes the manifest anew.
func changeManifest(t *testing.T, content []byte, change func(m *backup.Manifest)) []byte {
	t.Helper()
	entries := unpack(t, content)
	last := &entries[len(entries)-1]
	var m backup.Manifest
	if err := json.Unmarshal(last.content, &m); err != nil {
		t.Fatal(err)
	}
	change(&m)
	last.content, _ = json.Marshal(m)
	return packed(t, entries)
}

func TestOpen_refusals(t *testing.T) {
	good := demoArchive(t)
	entries := unpack(t, good)
	with := func(more ...entry) []byte { return packed(t, append(more, entries...)) }
	file := func(name string) entry {
		return entry{tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600}, []byte("x")}
	}
	for name, c := range map[string]struct {
		content []byte
		message string
	}{
		"empty":         {nil, "cut off"},
		"text":          {[]byte(strings.Repeat("hello, this is a text\n", 100)), "no archive of omnistock"},
		"zstd of text":  {zstdOf(t, "hello"), "no archive of omnistock"},
		"zstd of zeros": {zstdOf(t, strings.Repeat("\x00", 4096)), "no archive of omnistock"},
		"foreign tar":   {packed(t, []entry{file("readme.txt")}), "no archive of omnistock"},
		"path upwards":  {with(file("../x")), "no archive of omnistock: it holds"},
		"path in media": {with(file("media/../../x.png")), "no archive of omnistock: it holds"},
		"absolute path": {with(file("/etc/x")), "no archive of omnistock: it holds"},
		"symbolic link": {with(entry{tar.Header{Typeflag: tar.TypeSymlink, Name: "media/" + imageKey, Linkname: "/etc/passwd"}, nil}), "no archive of omnistock: it holds"},
		"hard link":     {with(entry{tar.Header{Typeflag: tar.TypeLink, Name: "media/" + imageKey, Linkname: "x"}, nil}), "no archive of omnistock: it holds"},
		"folder":        {with(entry{tar.Header{Typeflag: tar.TypeDir, Name: "media/"}, nil}), "no archive of omnistock: it holds"},
		"file too many": {with(file("tables/users_user/000009.jsonl")), "its manifest names"},
		"file missing":  {packed(t, entries[1:]), "its manifest names"},
		"files swapped": {packed(t, append([]entry{entries[1], entries[0]}, entries[2:]...)), "does not have the checksum"},
		"no manifest":   {packed(t, entries[:len(entries)-1]), "cut off: it has no manifest"},
		"twice":         {append(bytes.Clone(good), good...), "something follows its end"},
		"more behind":   {append(bytes.Clone(good), "more"...), "damaged"},
		"newer format":  {changeManifest(t, good, func(m *backup.Manifest) { m.Format, m.Version = 2, "9.9" }), "newer version of omnistock (9.9"},
		"newer schema": {changeManifest(t, good, func(m *backup.Manifest) {
			m.Steps = append(m.Steps, "20991231000001_moon")
		}), "whose schema has the step 20991231000001_moon"},
		"step missing": {changeManifest(t, good, func(m *backup.Manifest) { m.Steps = m.Steps[1:] }), "lacks the step"},
		"newer format with files of its own": {func() []byte {
			changed := unpack(t, changeManifest(t, good, func(m *backup.Manifest) { m.Format, m.Version = 2, "9.9" }))
			return packed(t, append([]entry{file("sounds/bell.ogg")}, changed...))
		}(), "newer version of omnistock (9.9"},
	} {
		t.Run(name, func(t *testing.T) { wantRefused(t, c.content, c.message) })
	}
}

func zstdOf(t *testing.T, text string) []byte {
	t.Helper()
	packer, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return packer.EncodeAll([]byte(text), nil)
}

// TestRestore_wrongManifestChangesNothing takes archives whose files are whole, but whose rows are not those that the
// manifest speaks of, or which no database takes.
func TestRestore_wrongManifestChangesNothing(t *testing.T) {
	good := demoArchive(t)
	tables := func(fn func(table *backup.Table)) []byte {
		return changeManifest(t, good, func(m *backup.Manifest) {
			for i := range m.Tables {
				if m.Tables[i].Name == "collectibles_collectible" {
					fn(&m.Tables[i])
				}
			}
		})
	}
	for name, c := range map[string]struct {
		content []byte
		message string
	}{
		"rows":     {tables(func(table *backup.Table) { table.Rows++ }), "collectibles_collectible has 50 rows instead of 51"},
		"checksum": {tables(func(table *backup.Table) { table.SHA256 = strings.Repeat("0", 64) }), "collectibles_collectible has other rows"},
		"sum": {tables(func(table *backup.Table) {
			table.SHA256, table.Sums["price"] = strings.Repeat("0", 64), "1.00"
		}), "collectibles_collectible.price adds up to"},
		"column":   {tables(func(table *backup.Table) { table.Columns[3] = "size" }), "there is no column collectibles_collectible.size"},
		"no store": {changeManifest(t, withoutStores(t, good), func(*backup.Manifest) {}), "rows refer to others that are not there"},
	} {
		for _, engine := range engines {
			t.Run(name+"/"+engine, func(t *testing.T) {
				s := on(t, engine)
				addDemo(t, s, 5)
				addImage(t, s, "users/2026/11/1-0123456789abcdef0123456789abcdef.png", "kept")
				before := s.dump(t)
				a, err := openContent(t, c.content)
				if err != nil {
					t.Fatal(err)
				}
				_, err = s.Restore(t.Context(), a, backup.RestoreOptions{Replace: true})
				if err == nil || !strings.Contains(err.Error(), c.message) {
					t.Errorf("error = %v, want %q", err, c.message)
				}
				if diff := cmp.Diff(before, s.dump(t), sameDocuments, sameDates); diff != "" {
					t.Errorf("rows changed (-before +after):\n%s", diff)
				}
				if found := files(t, s.media); len(found) != 1 {
					t.Errorf("images = %v, want the one from before", found)
				}
			})
		}
	}
}

// withoutStores drops the stores from the archive, and from its manifest.
func withoutStores(t *testing.T, content []byte) []byte {
	t.Helper()
	const file = "tables/collectibles_store/000001.jsonl"
	changed := unpack(t, changeManifest(t, content, func(m *backup.Manifest) {
		for i := range m.Tables {
			if m.Tables[i].Name == "collectibles_store" {
				m.Tables[i].Rows, m.Tables[i].SHA256 = 0, emptySHA256
			}
		}
		for i := range m.Files {
			if m.Files[i].Name == file {
				m.Files = append(m.Files[:i], m.Files[i+1:]...)
				break
			}
		}
	}))
	var rest []entry
	for _, e := range changed {
		if e.Name != file {
			rest = append(rest, e)
		}
	}
	return packed(t, rest)
}

const emptySHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
