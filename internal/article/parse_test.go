package article

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// parseCases are bodies; a line of want is a paragraph, and "# x" is the heading of those that follow.
var parseCases = []struct{ name, file, text, want string }{
	{"blank lines", "a.txt", "One.\n\nTwo\ngoes on.\n\n\n\nThree.", "One.\nTwo goes on.\nThree."},
	{"no blank line", "a.txt", "One.\nTwo.\n\tThree.\n\n", "One.\nTwo.\nThree."},
	{"line ends", "a.txt", "One\r\ngoes on.\r\n\r\nTwo.\rIt\u2028ends.", "One goes on.\nTwo. It ends."},
	{"rules", "a.txt", "One.\n\n* * *\n\nTwo.\n-----\nThree.", "One.\nTwo.\nThree."},
	{"underlined", "a.txt", "The first days\n==============\n\nOne.", "# The first days\nOne."},
	{"bullets", "a.txt", "They want:\n\n- bread\n- a roof\n  over it\n1. rest\n2. peace\n\nEnd.",
		"They want:\nbread\na roof over it\n1. rest\n2. peace\nEnd."},
	{"long lines in one block", "a.txt", strings.Repeat("word ", 30) + "end.\n" + strings.Repeat("other ", 30) +
		"end.\n\nLast.",
		strings.Repeat("word ", 30) + "end.\n" + strings.Repeat("other ", 30) + "end.\nLast."},

	{"title case", "a.txt", "One came.\nDemands For Action\nTwo came, as they had said.",
		"One came.\n# Demands For Action\nTwo came, as they had said."},
	{"small words", "a.txt", "One came.\nThe End of the War\nTwo came.", "One came.\n# The End of the War\nTwo came."},
	{"capitals", "a.txt", "One came.\n\nBACKGROUND\n\nTwo came.", "One came.\n# BACKGROUND\nTwo came."},
	{"a question", "a.txt", "One came.\n\nWhat Comes Next?\n\nTwo came.", "One came.\n# What Comes Next?\nTwo came."},
	{"an ordinary line", "a.txt", "One came.\n\nWhat is at stake\n\nThe river has left its bed, and nobody knows when " +
		"it will be back in it.",
		"One came.\n# What is at stake\nThe river has left its bed, and nobody knows when it will be back in it."},
	{"no heading: a statement", "a.txt", "One came.\n\nThe ship was lost\n\nThe river has left its bed, and nobody " +
		"knows when it will be back in it.",
		"One came.\nThe ship was lost\nThe river has left its bed, and nobody knows when it will be back in it."},
	{"no heading: a quotation", "a.txt", "One came.\n\n“Peace At Last”\n\nTwo came.",
		"One came.\n“Peace At Last”\nTwo came."},
	{"no heading: at the end", "a.txt", "One came.\n\nSami Khan", "One came.\nSami Khan"},
	{"no heading: a full stop", "a.txt", "One came.\n\nPeace At Last.\n\nTwo came.",
		"One came.\nPeace At Last.\nTwo came."},
	{"no heading: a date", "a.txt", "March 1, 2008\n\nOne came.", "March 1, 2008\nOne came."},
	{"no headings: a list of names", "a.txt", "Guests\nAda Byron\nKarl Gauss\nEmmy Noether\nLeo Euler\nThey all came.",
		"Guests\nAda Byron\nKarl Gauss\nEmmy Noether\nLeo Euler\nThey all came."},
	{"marked heading", "a.txt", "## Later\n\nOne came.", "# Later\nOne came."},

	{"Markdown", "a.md", "# Title\n\nOne *two* **three** `four` [five](x) ![six](y)\nseven\\* &amp; <b>eight</b><!-- " +
		"no -->.\n\n## Later\n\nNine<br>ten.",
		"One two three four five seven* & eight.\n# Later\nNine ten."},
	{"lists", "a.md", "- one\n- two\n  three\n\n  four\n  - five\n1. six", "one\ntwo three\nfour\nfive\n1. six"},
	{"quotation", "a.md", "> one\n> two\n>\n> three", "one two\nthree"},
	{"code", "a.md", "```go\na := 1\nb := 2\n```\n\n    indented", "a := 1\nb := 2\nindented"},
	{"table", "a.md", "| Year | Attacks |\n|---|---|\n| 2021 | **294** |\n| 2020 | |",
		"Year: 2021; Attacks: 294\nYear: 2020"},
	{"HTML", "a.md", "<div class=\"a>b\">\n<p>one<br>\ntwo &lt; three</p>\n<script>no()</script>\n<!-- no " +
		"-->\n</div>\n\nfour <script>no</script>five", "one\ntwo < three\nfour five"},
	{"footnote", "a.md", "One.[^1]\n\n[^1]: Two.\n\nThree.", "One.\nThree.\nTwo."},
	{"addresses", "a.md", "See <https://example.org> or [it][1].\n\n[1]: https://example.org",
		"See https://example.org or it."},
	{"bold heading", "a.md", "One came.\n\n**Demands for action**\n\nTwo came.",
		"One came.\n# Demands for action\nTwo came."},
	{"setext", "a.md", "Title\n=====\n\nOne.\n\nLater\n-----\n\nTwo.", "One.\n# Later\nTwo."},

	{"unseen characters", "a.txt", "a\u202eb\u200bc\u0007d\ufeffe\u00adf\u2066g\U000e0041h", "abcdefgh"},
	{"joiners", "a.txt", "می\u200cخواهم a\u200cb \U0001f469\u200d\U0001f680 ❤\ufe0f",
		"می\u200cخواهم ab \U0001f469\u200d\U0001f680 ❤\ufe0f"},
	{"as an entity", "a.md", "a&#x202e;b&#0;c&#8203;d", "ab\ufffdcd"},
}

func TestParse(t *testing.T) {
	for _, c := range parseCases {
		d, err := Parse(c.file, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		over := ""
		for _, p := range d.Passages {
			if p.Heading != over {
				over = p.Heading
				got = append(got, "# "+over)
			}
			got = append(got, p.Text)
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, s, c.want)
		}
	}
}

func TestFrontMatter(t *testing.T) {
	d, err := Parse("dir/A File.md", []byte("---\ntitle: \"One: two\"\nauthor: Ada\nsource: \"The\\u202e Paper\"\nurl: "+
		"https://example.org/a\n"+
		"published: 2022-04-28\ntags: [a, b]\n---\n# Other\n\nText."))
	if err != nil {
		t.Fatal(err)
	}
	want := Document{Slug: "a-file", Title: "One: two", Author: "Ada", Source: "The Paper", URL: "https://example.org/a",
		Published: time.Date(2022, 4, 28, 0, 0, 0, 0, time.UTC), Path: "dir/A File.md"}
	got := d
	got.Passages = nil
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if len(d.Passages) != 1 || d.Passages[0] != (Passage{Ref: Ref{"a-file", 1}, Title: "One: two", Heading: "Other",
		Path: "Other", Text: "Text."}) {
		t.Errorf("got %+v", d.Passages)
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ file, text, title, slug string }{
		{"border-war.txt", "Text.", "Border war", "border-war"},
		{"x.md", "# A *fine* title\n\nText.", "A fine title", "x"},
		{"x.md", "---\ntitle:\n---\n## Second\n\nText.", "X", "x"},
		{"Ünï_Çödé (2).txt", "Text.", "Ünï Çödé (2)", "uni-code-2"},
		{"Straße & Ærø.txt", "Text.", "Straße & Ærø", "strasse-aero"},
		{"دوحه توافق.txt", "Text.", "دوحه توافق", "دوحه-توافق"},
		{"서울.txt", "Text.", "서울", "서울"},
		{"---.txt", "Text.", "Untitled", "document"},
		{strings.Repeat("long ", 20) + ".md", "Text.", strings.TrimSpace("L" + strings.Repeat("long ", 20)[1:]),
			"long-long-long-long-long-long-long-long-long-lon"},
		{"\xff.txt", "Text.", "Untitled", "document"},
		{"nothing.txt", "---\n---\nText.", "Nothing", "nothing"},
		{"rule.md", "---\n\nText.", "Rule", "rule"},
	} {
		d, err := Parse(c.file, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		if d.Title != c.title || d.Slug != c.slug || len(d.Passages) != 1 {
			t.Errorf("%s: title %q, slug %q, %d passages; want %q, %q, 1", c.file, d.Title, d.Slug, len(d.Passages), c.title,
				c.slug)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"date", "a.md", "---\ntitle: x\npublished: April 28\n---\nText.",
			"a.md:3: published: want a day such as 2022-04-28"},
		{"no such day", "a.md", "---\npublished: 2022-02-30\n---\nText.",
			`a.md:2: published: want a day such as 2022-04-28 (year-month-day), got "2022-02-30"`},
		{"list", "a.md", "---\ntitle: [a, b]\n---\nText.", "a.md:2: title is a list"},
		{"keys", "a.md", "---\nauthor: {a: b}\n---\nText.", "a.md:2: author is a set of keys"},
		{"address", "a.md", "---\nurl: javascript:alert(1)\n---\nText.", "a.md:2: url: want an address"},
		{"twice", "a.md", "---\ntitle: a\ntitle: b\n---\nText.", "a.md:3: title is given twice"},
		{"no YAML", "a.txt", "---\ntitle: \"a\nb: c\n---\nText.", "a.txt:"},
		{"no end", "a.txt", "---\ntitle: a\n\nText.", `a.txt:1: the front matter that begins here has no end`},
		{"two at once", "a.md", "---\ntitle: []\npublished: x\n---\nText.", "a.md:2: title is a list: write one text " +
			"behind the colon\na.md:3: published:"},
		{"empty", "a.txt", " \n", "a.txt:1: no paragraph in it"},
		{"promo alone", "a.txt", "SEE ALSO: Another Fine Story", "a.txt:1: no paragraph in it"},
		{"PDF", "a.txt", "%PDF-1.7\n...", "a.txt:1: not a text but a PDF"},
		{"ZIP", "a.md", "PK\x03\x04...", "a.md:1: not a text but a ZIP archive or an Office document"},
		{"program", "a.md", "\x7fELF\x02", "a.md:1: not a text but a program"},
		{"NUL", "notes.txt", "one\ntwo\nth\x00ree", "notes.txt:3: byte 10: a NUL byte"},
		{"broken UTF-8", "notes.txt", "żółw\r\ngę\xc5\r\nślą", "notes.txt:2: byte 12: not UTF-8"},
		{"undefined byte", "notes.txt", "caf\xe9\n\x81", "notes.txt:2: byte 5: neither UTF-8 nor Windows-1252"},
		{"Cyrillic", "notes.txt", "\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0", "notes.txt:1: byte 0: neither UTF-8 nor " +
			"Windows-1252"},
		{"Polish", "notes.txt", "by\xb3y mia\xb3 kt\xf3ra d\xb3ugo sta\xb3a za\xbf\xf3\xb3\xe6",
			"notes.txt:1: byte 2: neither UTF-8 nor Windows-1252"},
		{"UTF-16 cut short", "notes.txt", "\xff\xfea\x00\n\x00b", "notes.txt:2: byte 6: broken UTF-16"},
		{"half a surrogate pair", "notes.txt", "\xfe\xff\x00a\xd8\x00\x00b", "notes.txt:1: byte 4: broken UTF-16"},
		{"UTF-32", "notes.txt", "\xff\xfe\x00\x00a\x00\x00\x00", "notes.txt:1: byte 0: UTF-32"},
		{"deep", "a.md", "text\n" + strings.Repeat("> ", 200) + "x", "a.md:2: lists and quotations are nested"},
		{"marks", "a.md", "text\n\n" + strings.Repeat("[a](", 20_000), "a.md:3: too many Markdown marks"},
		{"long", "a.txt", "text\n\n" + strings.Repeat("word ", 300_000), "a.txt:3: a paragraph of 1499999 bytes"},
		{"many", "a.txt", strings.Repeat("a\n", 150_000), "a.txt:20001: more than 20000 paragraphs"},
		{"lines", "a.md", strings.Repeat("a\n", 500_000), "500000 lines, at most 150000"},
		{"marks apart", "a.md", strings.Repeat(strings.Repeat("*a* ", 50)+"\n\n", 1001),
			"a.md:2001: too many Markdown marks"},
		{"links apart", "a.md", strings.Repeat(strings.Repeat("[a](b) ", 50)+"\n\n", 1001),
			"a.md:2001: too many Markdown marks"},
		{"headings", "a.md", strings.Repeat("# a\n", 50_001), "a.md:50001: more than 50000 paragraphs, headings"},
		{"cells", "a.md", "\n" + strings.Repeat("|a", 50_001), "a.md:2: more than 50000 paragraphs, headings"},
	} {
		d, err := Parse(c.file, []byte(c.text))
		if err == nil {
			t.Errorf("%s: no error, %d passages", c.name, len(d.Passages))
		} else if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	const want = "Café “Öl” – naïve’s end."
	for name, data := range map[string]string{
		"UTF-8":        want,
		"UTF-8 BOM":    "\xef\xbb\xbf" + want,
		"UTF-16 LE":    "\xff\xfe" + utf16Bytes(want, false),
		"UTF-16 BE":    "\xfe\xff" + utf16Bytes(want, true),
		"Windows-1252": "Caf\xe9 \x93\xd6l\x94 \x96 na\xefve\x92s end.",
	} {
		d, err := Parse("a.txt", []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if d.Passages[0].Text != want {
			t.Errorf("%s: got %q", name, d.Passages[0].Text)
		}
	}
}

// utf16Bytes encodes a text of the basic plane.
func utf16Bytes(text string, big bool) string {
	var b []byte
	for _, r := range text {
		pair := []byte{byte(r), byte(r >> 8)}
		if big {
			slices.Reverse(pair)
		}
		b = append(b, pair...)
	}
	return string(b)
}

// Hostile files of 128 KiB must be refused or read in a time that nobody notices, some 200 ms. Two minutes are for
// machines with much else to do: what grows with the square of the size takes longer.
func TestParseHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	const size, patience = 1 << 17, 2 * time.Minute
	for _, ext := range []string{"txt", "md"} {
		for _, unit := range []string{"a\n\n", "SEE ALSO:aSEE ALSO:b", "see:", "- a\n", "> ", "> a\n", "[", "[a](", "*a_ ",
			"<a ", "<!--\n",
			"<div> <a ", "|a|b\n|-|-\n", "Title Case Line\n\n", "[a]: b\n", "[^1]: a\n", "<script>\n", "a\n\nSEE ALSO: X Y\n",
			"a.B", "\xe9t\xe9 "} {
			begin := time.Now()
			_, _ = Parse("a."+ext, []byte(strings.Repeat(unit, size/len(unit))))
			if took := time.Since(begin); took > patience {
				t.Errorf("%s: %q again and again took %v", ext, unit, took)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add(strings.HasSuffix(c.file, ".md"), []byte(c.text))
	}
	for _, c := range promoCases {
		f.Add(c.ext == "md", []byte(promoFirst+"\n\n"+c.text))
	}
	f.Add(true, []byte("---\ntitle: &a [*a]\npublished: 2022\n---\n\xff\xfe"))
	f.Add(false, []byte("\xff\xfea\x00\n\x00"))
	f.Fuzz(func(t *testing.T, markdown bool, data []byte) {
		file := "a.txt"
		if markdown {
			file = "a.md"
		}
		d, err := Parse(file, data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), file+":") {
				t.Fatalf("%v does not name the file and line", err)
			}
			return
		}
		if len(d.Passages) == 0 || d.Slug != "a" || d.Title == "" {
			t.Fatalf("%+v", d)
		}
		for i, p := range d.Passages {
			if p.Ref != (Ref{"a", i + 1}) || p.Title != d.Title {
				t.Fatalf("%d: %+v", i, p)
			}
			if text := strings.TrimLeft(p.Text, " \t"); p.Kind == Code && text != "" && text[0] != '\n' {
				p.Text = strings.ReplaceAll(text, "\n", " ") // of code, the indentation and the lines are kept
			}
			if p.Text == "" || strings.TrimSpace(p.Text) != p.Text || !utf8.ValidString(p.Text) {
				t.Fatalf("%q", p.Text)
			}
			if i := strings.IndexFunc(p.Text, func(r rune) bool {
				return r != '\t' && unicode.IsControl(r) ||
					r == '\u202e'
			}); i >= 0 {
				t.Fatalf("%q has a character that nobody sees at %d", p.Text, i)
			}
		}
	})
}

// What is wrong with a file is one line that is safe to show, whatever the file is called.
func TestFileErrorIsOneLine(t *testing.T) {
	_, err := Parse("a\nb\u202e\x1b[31m\xff.md", nil)
	if got, want := err.Error(), "a\ufffdb\ufffd\ufffd[31m\ufffd.md:1: no paragraph in it"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	d, err := Parse("\u202egnp.md", []byte("Text."))
	if err != nil || d.Title != "Gnp" {
		t.Errorf("title %q, %v", d.Title, err)
	}
}
