package mirror

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/intake"
)

// news is what reading a source brought.
type news struct {
	texts map[string][]byte // by path below its folder: what is new; nil takes the file away
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// write brings what is new into the folder: first what is known of it, then the files.
func (m *Mirrors) write(s *state, n news, r *Report) error {
	root, err := os.OpenRoot(m.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.Mkdir(s.name, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	todo := s.compare(root, n, r)
	s.Read = m.now()
	if err := s.keepIn(root); err != nil {
		return err
	}
	if err := todo.put(root, s.name); err != nil || len(todo.removes) == 0 {
		return err
	}
	if err := s.take(root, todo.removes); err != nil {
		return err
	}
	return s.keepIn(root)
}

// An errand is what is to be done in a source's folder.
type errand struct {
	writes  map[string][]byte // by path below the folder
	removes []string
}

// compare tells what is to be written and removed, notes it in what is known of the files, and reports it: a file that
// somebody edited is left alone.
func (s *state) compare(root *os.Root, n news, r *Report) errand {
	todo := errand{writes: map[string][]byte{}}
	for _, name := range slices.Sorted(maps.Keys(n.texts)) {
		text, f := n.texts[name], s.Files[name]
		there, known := f.found(root, path.Join(s.name, name))
		switch {
		case there != "" && !known:
			r.Edited = append(r.Edited, path.Join(s.name, name))
			if text == nil {
				delete(s.Files, name) // it is theirs now
			}
		case text == nil:
			todo.removes = append(todo.removes, name)
			if f.Written != "" {
				r.Removed++
			}
		case there == checksum(text):
			f.Written, f.Before = there, ""
			r.Same++
		default:
			if r.Added++; f.Written != "" {
				r.Added, r.Changed = r.Added-1, r.Changed+1
			}
			f.Written, f.Before = checksum(text), there
			todo.writes[name] = text
		}
	}
	return todo
}

// put writes the files of a folder.
func (todo errand) put(root *os.Root, folder string) error {
	for _, name := range slices.Sorted(maps.Keys(todo.writes)) {
		at := path.Join(folder, name)
		if err := root.MkdirAll(path.Dir(at), 0o755); err != nil {
			return err
		}
		if err := intake.WriteWhole(root, at, todo.writes[name]); err != nil {
			return err
		}
	}
	return nil
}

// take removes files, and the folders that are empty then.
func (s *state) take(root *os.Root, names []string) error {
	for _, name := range names {
		at := path.Join(s.name, name)
		if err := root.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		delete(s.Files, name)
		for dir := path.Dir(at); dir != s.name && root.Remove(dir) == nil; dir = path.Dir(dir) { // while they are empty
		}
	}
	return nil
}

// found is the checksum of what stands in the file's place, "" for nothing, and whether it was written from here.
func (f *file) found(root *os.Root, at string) (sum string, known bool) {
	info, err := root.Lstat(at)
	if err != nil {
		return "", true
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return "none of ours", false
	}
	data, err := root.ReadFile(at)
	if err != nil {
		return "none of ours", false
	}
	sum = checksum(data)
	return sum, sum == f.Written || sum == f.Before
}

// The bounds of a path, below those that file systems have.
const (
	maxPathBytes = 400
	maxNameBytes = 120
	maxDepth     = 12 // folders; a folder of documents is read 16 deep
)

// goodPath reports whether a path of somebody else's may be one of ours: it leads nowhere else, hides nothing, and
// every file system takes it.
func goodPath(at string) bool {
	if at == "" || len(at) > maxPathBytes || !fs.ValidPath(at) || strings.Count(at, "/") > maxDepth ||
		!utf8.ValidString(at) {
		return false
	}
	for part := range strings.SplitSeq(at, "/") {
		if part[0] == '.' || len(part) > maxNameBytes || strings.ContainsFunc(part, badInName) || strings.HasSuffix(part,
			".") ||
			strings.HasSuffix(part, " ") {
			return false
		}
	}
	return true
}

func badInName(r rune) bool {
	return strings.ContainsRune(`<>:"\|?*`, r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// pathOf is where the page of an address is kept, without its extension: the address's own path, "index" for the page
// of a folder.
func pathOf(u *url.URL) string {
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(u.Path, "/"), "/") {
		if name := fileName(part); name != "" {
			parts = append(parts, name)
		}
	}
	if len(parts) > 0 && !strings.HasSuffix(u.Path, "/") {
		last := &parts[len(parts)-1]
		switch ext := strings.ToLower(path.Ext(*last)); ext {
		case ".html", ".htm", ".xhtml", ".md", ".mdx", ".markdown", ".txt", ".pdf", ".docx", ".odt", ".epub", ".php", ".aspx":
			*last = strings.TrimSuffix(*last, path.Ext(*last))
		}
	} else {
		parts = append(parts, "index")
	}
	if query := fileName(u.RawQuery); query != "" {
		parts[len(parts)-1] += "-" + query
	}
	if at := strings.Join(parts, "/"); goodPath(at) {
		return at
	}
	sum := checksum([]byte(u.String())) // too long or too deep: the sum tells it from others
	return "page-" + sum[:12]
}

// fileName is what of a part of an address every file system takes.
func fileName(part string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '-', r == '_', r == '.':
			return r
		}
		return '-'
	}, strings.ToValidUTF8(part, "-"))
	return strings.Trim(name, ".-")
}

// placeFor finds a path that no other address has.
func (s *state) placeFor(u *url.URL, ext string, taken map[string]string) string {
	base := pathOf(u)
	at := base + ext
	for n := 2; taken[at] != "" && taken[at] != u.String(); n++ {
		at = fmt.Sprintf("%s-%d%s", base, n, ext)
	}
	taken[at] = u.String()
	return at
}
