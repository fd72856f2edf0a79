package article

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

const (
	maxLines          = 150_000  // of a file; ten megabytes of wrapped text have 130,000
	maxPassages       = 20_000   // of one document: the longest novels have ten thousand
	maxParagraphBytes = 64 << 10 // eleven thousand words; a question about one of a megabyte took half a minute
)

// Parse reads one file: Markdown by the extension .md, .mdx, .markdown, .mkd or .mdown, plain text by any other. Either
// may begin with front matter: YAML between two lines "---", with title, author, source, url and published (a day such
// as 2022-04-28). The title falls back to the first heading of level 1, in Markdown, and then to the file's name; the
// slug always comes from the file's name.
//
// The encoding is UTF-8, UTF-16 with a byte order mark, or Windows-1252. Characters that a reader cannot see are
// dropped: controls, marks of direction, characters without width. The error joins a *FileError for each thing that
// is wrong, in the order of lines; with an error there is no document.
func Parse(file string, data []byte) (Document, error) {
	return parseAs(slugOf(file), file, data, nil)
}

// parseAs is Parse of a document that is called otherwise than its file, and stands on a site, nil for none.
func parseAs(slug, file string, data []byte, on *site) (Document, error) {
	p := &problems{path: file}
	raw, bad := decode(file, data)
	if bad != nil {
		return Document{}, bad
	}
	d := Document{Slug: slug, Path: file}
	body, skipped := frontMatter(&d, clean(raw), p)
	if n := strings.Count(body, "\n"); n > maxLines {
		p.add(skipped+maxLines, fmt.Sprintf("%d lines, at most %d: part the file", n, maxLines))
		return Document{}, p.err()
	}
	markdown := isMarkdown(file)
	var blocks []block
	if markdown {
		if line := tooDeep(body); line > 0 {
			p.add(skipped+line, fmt.Sprintf("lists and quotations are nested deeper than %d: flatten them", maxNesting))
			return Document{}, p.err()
		}
		if line := tooMany(body); line > 0 {
			p.add(skipped+line, fmt.Sprintf("more than %d paragraphs, headings, items and cells of tables: part the file",
				maxBlocks))
			return Document{}, p.err()
		}
		if line := tooMarked(body); line > 0 {
			p.add(skipped+line, "too many Markdown marks, in the file or without a blank line between: part it")
			return Document{}, p.err()
		}
		blocks = markdownBlocks(body, isMDX(file))
	} else {
		blocks = plainBlocks(body)
	}
	if !bounded(blocks, skipped, p) {
		return Document{}, p.err()
	}
	blocks, d.Promos = withoutPromos(blocks, &vocabulary{blocks: blocks})
	if !markdown {
		markHeadings(blocks)
	}
	number(&d, blocks, on, p)
	if len(p.all) > 0 {
		return Document{}, p.err()
	}
	return d, nil
}

// bounded reports whether the blocks are neither too many nor too long, and says so if they are.
func bounded(blocks []block, skipped int, p *problems) bool {
	for i, b := range blocks {
		switch {
		case len(b.text) > maxParagraphBytes:
			p.add(skipped+b.line, fmt.Sprintf("a paragraph of %d bytes, at most %d: part it with blank lines", len(b.text),
				maxParagraphBytes))
			return false
		case i == maxPassages:
			p.add(skipped+b.line, fmt.Sprintf("more than %d paragraphs: part the file", maxPassages))
			return false
		}
	}
	return true
}

// cut shortens a text to at most limit characters.
func cut(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:limit-1])) + "…"
}

func isMDX(file string) bool { return strings.ToLower(path.Ext(file)) == ".mdx" }

// markdownExtensions are those of Markdown files. MDX is Markdown with components in it.
var markdownExtensions = lexicon.Set(".md .markdown .mdx .mkd .mdown")

func isMarkdown(file string) bool {
	return markdownExtensions[strings.ToLower(path.Ext(file))]
}
