package article

import (
	"path"
	"strings"

	"pilcrow/internal/lexicon"
)

// A Role says what a document is for, where that is something else than to be read through: a list of changes, a
// license, an index. They hold every word of a project and explain none.
type Role uint8

// The roles of documents.
const (
	Page Role = iota // prose, as nearly all
	Changelog
	License
	Index // of an API, or a table of contents
)

// String names the role.
func (r Role) String() string { return [...]string{"page", "changelog", "license", "index"}[r] }

// The names of files, without extension and in small letters, that say what role they have; and words that the name or
// the title of an index has.
var (
	changelogNames = lexicon.Set(`changelog changes history releases release-notes release_notes changelist whatsnew
		whats-new`)
	licenseNames = lexicon.Set(`license licence copying copyright notice eula third-party-notices`)
	indexWords   = lexicon.Set(`api reference index summary contents toc sitemap`)
)

// Role tells what the document is for: by its file's name, and an index by its shape, too.
func (d Document) Role() Role {
	name := strings.ToLower(stem(path.Base(d.Path)))
	switch {
	case changelogNames[name], strings.HasPrefix(name, "changelog"):
		return Changelog
	case licenseNames[name], strings.HasPrefix(name, "license"), strings.HasPrefix(name, "licence"):
		return License
	}
	named := false
	for w := range strings.FieldsFuncSeq(strings.ToLower(d.Title+" "+name), notWord) {
		named = named || indexWords[w]
	}
	if named && d.enumerates() {
		return Index
	}
	return Page
}

// enumerates reports a document that is a list of names: four in five of its paragraphs are items or rows without a
// sentence.
func (d Document) enumerates() bool {
	const least = 8 // paragraphs
	bare := 0
	for _, p := range d.Passages {
		if (p.Kind == ListItem || p.Kind == TableRow) && !closed(p.Text) {
			bare++
		}
	}
	return len(d.Passages) >= least && bare*5 >= len(d.Passages)*4
}
