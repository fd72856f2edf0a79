package article

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// maxNesting bounds lists and quotations inside each other. A reader loses track at four.
const maxNesting = 64

// markdownBlocks reads Markdown: CommonMark with tables, footnotes, struck-out text and the dialects of documentation.
// A paragraph, an item of a list, a row of a table and a block of code are a block each; marks, tags, comments and
// pictures are dropped.
func markdownBlocks(body string, mdx bool) []block {
	source := withoutReferences([]byte(body))
	about := bytes.Count(source, []byte("\n\n")) + 2 // blocks, but for items and rows
	w := walker{source: source, mdx: mdx, blocks: make([]block, 0, about)}
	w.walk(parseTree(source, mdx), para)
	return w.blocks
}

// parseTree parses Markdown, or MDX.
func parseTree(source []byte, mdx bool) ast.Node {
	p := markdownParser()
	if mdx {
		p = mdxParser()
	}
	return p.Parse(text.NewReader(source))
}

// withoutReferences blanks the shortcodes that stand where the address of a link does, `[words]({{< ref "a page" >}})`:
// no address has spaces. The text keeps its length, so that lines and places stay what they are.
func withoutReferences(source []byte) []byte {
	const opens = "]({{"
	if !bytes.Contains(source, []byte(opens)) {
		return source
	}
	masked := bytes.Clone(source)
	for at := 0; ; {
		i := bytes.Index(masked[at:], []byte(opens))
		if i < 0 {
			return masked
		}
		at += i + len("](")
		line, _, _ := bytes.Cut(masked[at:], []byte("\n"))
		if end := bytes.Index(line, []byte("}})")); end >= 0 {
			for k := range line[:end+len("}}")] {
				line[k] = 'x'
			}
		}
	}
}

// maxBlocks bounds the memory that the parser's tree takes: some 800 bytes a block, which may be a heading of three.
const maxBlocks = 50_000

// tooMany finds the line where the blocks, as far as they can be told without parsing, have become more than maxBlocks,
// or returns 0.
func tooMany(body string) int {
	n, blocks, blank := 0, 0, true
	for line := range strings.Lines(body) {
		n++
		line = strings.TrimLeft(line, " \t")
		switch {
		case line == "\n" || line == "":
			blank = true
			continue
		case blank || strings.IndexByte("#>-*+<|[=", line[0]) >= 0 || line[0] >= '0' && line[0] <= '9':
			blocks++
		}
		blank = false
		if blocks += strings.Count(line, "|"); blocks > maxBlocks {
			return n
		}
	}
	return 0
}

// maxMarkPairs bounds the time that the parser takes to match marks: it compares each with those before it in the
// same paragraph, some 3 ns a pair, so this is about a second. A table of a thousand rows with four links each has a
// twentieth.
const maxMarkPairs = 300_000_000

// maxMarks bounds the memory for what marks set apart, some 370 bytes a mark, and twice as much for a link: one in a
// hundred bytes of the largest file.
const maxMarks = 100_000

// tooMarked finds the line where the marks have become more than maxMarks, or their pairs within paragraphs more than
// maxMarkPairs, or returns 0.
func tooMarked(body string) int {
	n, all, pairs, marks, links := 0, 0, 0, 0, 0
	for line := range strings.Lines(body) {
		n++
		if strings.TrimSpace(line) == "" {
			all, pairs, marks = all+marks, pairs+marks*marks, 0
			continue
		}
		for i := range len(line) {
			switch line[i] {
			case '[':
				links++
				marks++
			case '*', '_', '~', '`', '<', '!':
				marks++
			}
		}
		if pairs+marks*marks > maxMarkPairs || all+marks+links > maxMarks {
			return n
		}
	}
	return 0
}

// tooDeep finds a line that opens more than maxNesting quotations and lists, or returns 0: the parser's time and depth
// grow with them.
func tooDeep(body string) int {
	n := 0
	for line := range strings.Lines(body) {
		n++
		depth, indent := 0, 0
		for _, r := range line {
			if unicode.IsSpace(r) {
				indent++
				continue
			}
			if !strings.ContainsRune(">-*+0123456789.)", r) {
				break
			}
			depth++
		}
		const perLevel = 2 // columns
		if depth > maxNesting && !rule(strings.TrimSpace(line)) || indent > maxNesting*perLevel && depth > 0 {
			return n
		}
	}
	return 0
}
