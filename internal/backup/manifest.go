// Package backup keeps files in one archive, and puts them back.
//
// An archive is a ZIP whose members are not packed, so that it can hold no more than it is long, with a manifest that
// names every member with its size and SHA-256. It is written whole or not at all. Nothing of it is believed before all
// of it was checked: a restore extracts into hidden folders beside what is there, and then changes places by renaming,
// under a journal, so that a crash at any moment leaves what was before or what was restored, once Finish has been
// called.
package backup

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
	"unicode"
)

// Format is the version of archives that are written, and the newest that is read.
const Format = 1

const (
	manifestName = "manifest.json"
	program      = "pilcrow"

	maxMembers       = 50_000   // a folder of 10,000 documents with their originals has 30,000
	maxManifestBytes = 32 << 20 // of 50,000 members with long names
	maxNameBytes     = 1 << 10
	maxPartBytes     = 255 // of one name in a path: what file systems take
	maxDepth         = 20  // names in a path; documents are nested 16 deep at most
)

// A Manifest says what is in an archive.
type Manifest struct {
	Program string    `json:"program"`
	Format  int       `json:"format"`
	Schema  int       `json:"schema"` // of the database
	Made    time.Time `json:"made"`
	// Documents tells that the folder of documents is in it, were it empty.
	Documents bool     `json:"documents"`
	Members   []Member `json:"members"` // in the order of the archive
}

// A Member is one file.
type Member struct {
	Name     string    `json:"name"` // with slashes, such as documents/letters/may.md
	Size     int64     `json:"size"` // bytes
	SHA256   string    `json:"sha256"`
	Modified time.Time `json:"modified"`
}

// Size is how many bytes all members have.
func (m Manifest) Size() (bytes int64) {
	for _, f := range m.Members {
		bytes += f.Size
	}
	return bytes
}

// An Error says in one sentence what is wrong with an archive.
type Error struct{ Msg string }

// Error returns the sentence.
func (e *Error) Error() string { return e.Msg }

func refuse(sentence string) error { return &Error{sentence} }

// quoted is a member's name as errors show it.
func quoted(name string) string { return fmt.Sprintf("%.100q", name) }

// parseManifest reads a manifest and checks all that can be checked without the members.
func parseManifest(data []byte) (Manifest, error) {
	var m Manifest
	if json.Unmarshal(data, &m) != nil || m.Program != program {
		return Manifest{}, refuse("it is not a backup of Pilcrow")
	}
	switch {
	case m.Format > Format:
		return Manifest{}, refuse(fmt.Sprintf("a newer Pilcrow made it (format %d, this program reads up to %d): use "+
			"that one", m.Format, Format))
	case m.Format < 1 || m.Schema < 0 || len(m.Members) == 0 || len(m.Members) > maxMembers:
		return Manifest{}, refuse("its manifest is damaged")
	}
	seen := make(map[string]bool, len(m.Members))
	for _, f := range m.Members {
		if err := checkName(f.Name); err != nil {
			return Manifest{}, err
		}
		if seen[f.Name] || f.Size < 0 || len(f.SHA256) != 64 {
			return Manifest{}, refuse("its manifest is damaged")
		}
		seen[f.Name] = true
	}
	for name := range seen { // no file can be a folder of another
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if seen[dir] {
				return Manifest{}, refuse("its manifest is damaged")
			}
		}
	}
	return m, nil
}

// checkName lets through what names a file below a folder on every system, and looks like what it is.
func checkName(name string) error {
	bad := refuse("a member's name leads out of the folder, or is none: " + quoted(name))
	if !fs.ValidPath(name) || name == "." || len(name) > maxNameBytes || strings.Count(name, "/") >= maxDepth {
		return bad
	}
	for part := range strings.SplitSeq(name, "/") {
		if len(part) > maxPartBytes {
			return bad
		}
	}
	if strings.ContainsFunc(name, func(r rune) bool {
		return r == '\\' || r == unicode.ReplacementChar || unicode.IsControl(r)
	}) {
		return bad
	}
	return nil
}

// ValidName reports whether a file of that name, with slashes, can be kept.
func ValidName(name string) bool { return checkName(name) == nil }
