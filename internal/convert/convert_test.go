package convert

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
)

// TestMain is the program's main where the tests start themselves as a child.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == ChildCommand {
		os.Exit(Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func newConverter(t *testing.T) *Converter {
	t.Helper()
	c, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// parsed is the converted file as package article reads it.
func parsed(t *testing.T, d Document) article.Document {
	t.Helper()
	p, err := article.Parse("test.md", d.Markdown())
	if err != nil {
		t.Fatalf("%v in\n%.2000s", err, d.Markdown())
	}
	return p
}

// texts are the paragraphs of a document, each with its heading in front where that is another than the one before.
func texts(d article.Document) []string {
	var all []string
	over := ""
	for _, p := range d.Passages {
		if p.Heading != over {
			over = p.Heading
			all = append(all, "# "+over)
		}
		all = append(all, p.Text)
	}
	return all
}

func TestConvert(t *testing.T) {
	c := newConverter(t)
	page := []byte("<html><title>The ferry</title><body><p>The ferry sails twice a day, and carries forty " +
		"people.</p></body></html>")
	d, err := c.Convert(t.Context(), HTML, page, Source{})
	if err != nil {
		t.Fatal(err)
	}
	d.URL = "https://example.org/ferry"
	p := parsed(t, d)
	if p.Title != "The ferry" || p.URL != d.URL || len(p.Passages) != 1 {
		t.Errorf("%+v", p)
	}
	if c.kept.Len() != 1 {
		t.Errorf("%d outcomes kept", c.kept.Len())
	}
	c.config.Program = "/nowhere" // kept: no child is started
	if again, err := c.Convert(t.Context(), HTML, page, Source{}); err != nil || again.Body != d.Body {
		t.Errorf("%+v, %v", again, err)
	}
	if _, err := c.Convert(t.Context(), HTML, page, Source{URL: "https://example.org/"}); err == nil {
		t.Error("another source, the same outcome")
	}
}

// A child that misbehaves is ended, and one sentence says why.
func TestChildMisbehaves(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	for script, want := range map[string]string{
		"sleep 60 & sleep 60": "longer than 200ms",
		"yes '{'":             "more than 10 MiB",
		"exit 3":              "more than 512 MiB of memory",
		"exit 2":              "more than 512 MiB of memory",
		"kill -9 $$":          "more than 512 MiB of memory",
		"exit 1":              "its reader fails",
		"echo nonsense":       "its reader fails",
		"cat >/dev/null; echo '{\"error\":\"no\"}'": "no",
		"env": "its reader fails",
	} {
		c := newConverter(t)
		c.config.Timeout = time.Minute
		if strings.HasPrefix(script, "sleep") {
			c.config.Timeout = 200 * time.Millisecond
		}
		dir := t.TempDir()
		c.config.Program = dir + "/child"
		if err := os.WriteFile(c.config.Program, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		_, err := c.Convert(t.Context(), HTML, []byte("<p>Text."), Source{})
		if bad, ok := errors.AsType[*Error](err); !ok || !strings.Contains(bad.Msg, want) {
			t.Errorf("%s: %v, want %q", script, err, want)
		}
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s: took %v", script, took)
		}
	}
}

func TestCanceled(t *testing.T) {
	c := newConverter(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Convert(ctx, HTML, []byte("<p>Text."), Source{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	c.turn <- struct{}{}
	if _, err := c.Convert(ctx, HTML, []byte("<p>Text."), Source{}); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting: %v", err)
	}
	if c.kept.Len() != 0 {
		t.Error("an outcome of the caller's was kept")
	}
}

// Nothing of our environment reaches a child.
func TestChildEnvironment(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	t.Setenv("OPENAI_API_KEY", "hunter2")
	c := newConverter(t)
	dir := t.TempDir()
	c.config.Program = dir + "/child"
	script := "#!/bin/sh\ncat >/dev/null\nif [ -n \"$OPENAI_API_KEY\" ]; then echo '{\"error\":\"leaked\"}'; else echo " +
		"'{\"error\":\"clean\"}'; fi\n"
	if err := os.WriteFile(c.config.Program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Convert(t.Context(), HTML, []byte("<p>Text."), Source{}); err == nil || err.Error() != "clean" {
		t.Error(err)
	}
}

func TestKindOf(t *testing.T) {
	cases := []struct {
		name, mediaType, data string
		want                  Kind
	}{
		{"a.pdf", "", "%PDF-1.7", PDF},
		{"a.txt", "", "%PDF-1.7", PDF},
		{"a.pdf", "", "junk in front\n%PDF-1.7", PDF},
		{"a.txt", "", "About %PDF-1.7", Text},
		{"a.pdf", "", "Only text.", Text},
		{"a.docx", "", "PK\x03\x04", Archive},
		{"a.md", "", "PK\x03\x04", Archive},
		{"a.txt", "", "\ufeff \n<!DOCTYPE html><p>Text.", HTML},
		{"a.txt", "", "<!-- saved from --><HTML lang=en>", HTML},
		{"a.xhtml", "", "<?xml version='1.0'?>\n<html xmlns='x'>", HTML},
		{"a.xml", "", "<?xml version='1.0'?>\n<rss>", Text},
		{"a.md", "", "<p>Markdown may begin with a tag.", Text},
		{"a.html", "", "<p>A piece of a page.", HTML},
		{"", "text/html", "Text.", HTML},
		{"", "text/plain", "Text.", Text},
		{"a.html", "", "\x89PNG\r\n\x1a\n\x00", Text},
		{"", "application/pdf", "Text.", Text},
		{"a.txt", "", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", HTML},
		{"", "", "", Text},
	}
	for _, c := range cases {
		if got := KindOf(c.name, c.mediaType, []byte(c.data)); got != c.want {
			t.Errorf("%s %s %q: %s, want %s", c.name, c.mediaType, c.data, got, c.want)
		}
	}
}

func TestParseDay(t *testing.T) {
	for in, want := range map[string]string{
		"2022-04-28": "2022-04-28", "2022-04-28T23:30:00-05:00": "2022-04-28", "2022/04/28": "2022-04-28",
		"20220428":       "2022-04-28",
		"20220428101500": "2022-04-28", "2022-04-281": "", "28 April 2022": "", "": "", "2022": "", "0000-00-00": "",
		"2022-13-01": "",
	} {
		if got := formatDay(parseDay(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzMarkdown holds what is written against how package article reads it.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"Text.", "# a", "1. b", "- c", "a*b*c _d_ [e](f) <g> &amp; h&#38;", `\`, "`x`", "~~y~~",
		"a | b", "--- x", "= x", "C#", "a #",
		"![x](y)", "^a^[^1]", "http://example.org/a_b_c", "    four", "+ x", "> x", "***", "a\\", "::: x"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		first, second = field(first), field(second)
		if !hasWord(first) || !hasWord(second) {
			return
		}
		for _, kind := range []blockKind{para, item} {
			blocks := []block{{kind: para, text: "The first."}, {kind: kind, text: first}, {kind: kind, text: second},
				{kind: para, text: "The last."}}
			d, err := article.Parse("a.md", Document{Title: "T", Body: markdown(blocks)}.Markdown())
			if err != nil {
				t.Fatal(err)
			}
			if d.Promos > 0 || len(d.Passages) != 4 {
				if d.Promos == 0 {
					t.Errorf("%d paragraphs of %q, %q:\n%s", len(d.Passages), first, second, markdown(blocks))
				}
				continue
			}
			for i, want := range []string{first, second} {
				want = strings.Join(strings.Fields(want), " ")
				if got := d.Passages[i+1].Text; got != want && !foreign(want) {
					t.Errorf("kind %d: %q became %q in\n%s", kind, want, got, markdown(blocks))
				}
			}
		}
	})
}

// foreign reports characters that package article drops.
func foreign(s string) bool {
	d, err := article.Parse("a.txt", []byte("First.\n\nX "+s+"\n\nLast."))
	return err != nil || len(d.Passages) != 3 || d.Passages[1].Text != "X "+s
}

// FuzzHTML gives a child in this process any page.
func FuzzHTML(f *testing.F) {
	for _, p := range pages {
		f.Add(p)
	}
	f.Add("<style>@media x{p{color:rgb(1,2,3%)}}</style><p style='font:0/1 x;clip:rect(,)'>Text.<table><th>a<tr><td>b")
	f.Fuzz(func(t *testing.T, data string) {
		r := answer(request{Kind: HTML}, []byte(data))
		if r.Error == childFailure(exitBroken) {
			t.Error("the reader panics")
		}
		if r.Error != "" && (r.Body != "" || strings.Contains(r.Error, "\n")) {
			t.Errorf("%+v", r)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	})
}
