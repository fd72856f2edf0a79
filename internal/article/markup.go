package article

import (
	"path"
	"strings"
)

// markups holds the formats of documents that are text, and would be loaded with their marks as words: what they are
// called, and how they become Markdown. No reader of them is kept in Go, but for such as read a part.
var markups = map[string][2]string{
	".rst":      {"reStructuredText", "pandoc -f rst -t gfm"},
	".rest":     {"reStructuredText", "pandoc -f rst -t gfm"},
	".adoc":     {"AsciiDoc", "asciidoctor -b docbook, then pandoc -f docbook -t gfm"},
	".asciidoc": {"AsciiDoc", "asciidoctor -b docbook, then pandoc -f docbook -t gfm"},
	".org":      {"Org", "pandoc -f org -t gfm"},
	".tex":      {"LaTeX", "pandoc -f latex -t gfm"},
	".latex":    {"LaTeX", "pandoc -f latex -t gfm"},
	".ipynb":    {"a Jupyter notebook", "jupyter nbconvert --to markdown"},
	".rtf":      {"RTF", "pandoc -f rtf -t gfm"},
}

// Markup returns the format of a file that is text and not read, by its name, and the command that makes Markdown of
// it. Both are "" for any other file.
func Markup(name string) (format, command string) {
	m := markups[strings.ToLower(path.Ext(name))]
	return m[0], m[1]
}

// unread says why a file is not loaded that people expect to be, and what to do; "" for any other.
func unread(name string) string {
	if format, command := Markup(name); format != "" {
		return "it is " + format + ", which is not read here: convert it to Markdown (" + command + ")"
	}
	if remedy := convertible[strings.ToLower(path.Ext(name))]; remedy != "" {
		return "not a text file that is read here (.md, .mdx, .markdown, .txt): " + remedy
	}
	return ""
}
