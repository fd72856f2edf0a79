package article

import (
	"path"
	"strings"
)

// Reads reports whether a file of that name is loaded from a folder, by LoadWith where it needs a conversion. known
// is false for a file that nobody takes for a document: a picture, a program.
func Reads(name string) (reads, known bool) {
	ext := strings.ToLower(path.Ext(name))
	reads = markdownExtensions[ext] || ext == ".txt" || converted[ext]
	return reads, reads || unread(name) != ""
}
