package event

import (
	"mime"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/discord/render"
	"pilcrow/internal/text"
)

// MaxAttached is how large a text file is that belongs to a question.
const MaxAttached = 1 << 20 // bytes

const (
	maxUploadName  = 200 // ours: characters of a file's name
	fallbackUpload = "file"
)

// A File is a file that a person has sent, as Discord describes it.
type File struct {
	ID        string `json:"id"`
	Filename  string `json:"filename"`
	MediaType string `json:"content_type"`
	Size      int64  `json:"size"` // bytes
	URL       string `json:"url"`
}

// Name is the file's name without the folders that a name may claim to be in.
func (s File) Name() string {
	name := path.Base(strings.ReplaceAll(render.Clean(s.Filename), `\`, "/"))
	if name = strings.TrimSpace(name); name == "" || name == "." || name == "/" || name == ".." {
		return fallbackUpload
	}
	return text.Clip(name, maxUploadName)
}

// Attached is the text file of a message that belongs to its question, and the names of those that do not.
func Attached(files []File) (file File, found bool, leftOut []string) {
	for _, f := range files {
		if !found && f.Size <= MaxAttached && looksText(f) {
			file, found = f, true
			continue
		}
		leftOut = append(leftOut, f.Name())
	}
	return file, found, leftOut
}

// textEndings are those of files that hold text as people write it.
var textEndings = []string{".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".log", ".json", ".xml", ".yaml",
	".yml", ".toml",
	".ini", ".htm", ".html", ".rst", ".adoc", ".org", ".srt", ".vtt", ".tex"}

// looksText tells by a file's type, or by its name where Discord knows no type, whether it holds text.
func looksText(f File) bool {
	kind, _, err := mime.ParseMediaType(f.MediaType)
	switch {
	case err == nil && (strings.HasPrefix(kind, "text/") || kind == "application/json" || kind == "application/xml"):
		return true
	case err == nil && !strings.HasPrefix(kind, "application/"):
		return false
	}
	return slices.Contains(textEndings, strings.ToLower(path.Ext(f.Name())))
}

// IsText tells whether the bytes are text, whatever the file's name says.
func IsText(data []byte) bool {
	return utf8.Valid(data) && !slices.Contains(data, 0)
}
