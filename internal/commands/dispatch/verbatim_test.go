package dispatch

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// betweenMarks matches what a reply shows as somebody's words.
var betweenMarks = regexp.MustCompile(`“([^“”]+)”|"([^"]+)"`)

// TestShownIsPrinted holds all that is shown between marks, or as a quotation, to the paragraph that is cited with it:
// it stands there, and not in its neighbor. It reads every shared article, and the paragraphs of one of its own.
func TestShownIsPrinted(t *testing.T) {
	folders := map[string]fstest.MapFS{"own": {"pump.md": {Data: []byte(pump)}}}
	if shared := os.Getenv("PILCROW_SHARED"); shared != "" && !testing.Short() {
		sharedArticles(t, shared, folders)
	}
	shown := 0
	for name, folder := range folders {
		table := newTable(t, folder)
		for _, command := range []string{"quote", "summary", "timeline"} {
			r, err := table.Run(t.Context(), command, commands.Input{})
			if err != nil {
				continue // no summary of several, or of a line
			}
			shown += held(t, name+" "+command, r, table)
		}
	}
	t.Logf("%d stretches of words from %d folders", shown, len(folders))
	if shown < 8 {
		t.Errorf("%d stretches shown, which shows nothing", shown)
	}
}

const pump = `# The pump

"The pump is old. The pump will fail on 3 May 2024. Nobody on the board cares," said Ann Lee, a diver.

"The crane is unsafe," said Tor Vik. "It was never tested. The owner is a liar."

MR. BERG: We close the pump on Monday. It is not safe. The board met on 4 May 2024.

MS. HOLM: I object. The pump was tested in March 2023.

Ola Moe called the plan "a leaky boat" and left on 5 June 2024.
`

// held counts what a reply shows as words of its paragraphs, and reports what is not there.
func held(t *testing.T, name string, r commands.Reply, table *Table) (shown int) {
	t.Helper()
	corpus := table.Engine.Edition().Corpus
	printed := func(words string, refs []article.Ref) {
		shown++
		for _, ref := range refs {
			if p, ok := corpus.Passage(ref); ok && strings.Contains(p.Text, words) {
				return
			}
		}
		t.Errorf("%s: %q is not in %v", name, words, refs)
	}
	for i, b := range r.Blocks {
		switch {
		case b.Kind == commands.Quote && i+1 < len(r.Blocks):
			printed(b.Text, r.Blocks[i+1].Cites)
		case b.Kind == commands.Item:
			text := b.Text
			if _, after, ok := strings.Cut(text, ") – "); ok { // the phrase of a date stands before
				text = after
			}
			for _, m := range betweenMarks.FindAllStringSubmatch(text, -1) {
				printed(m[1]+m[2], b.Cites)
			}
		}
	}
	return shown
}

// sharedArticles adds a folder for each shared article and case.
func sharedArticles(t *testing.T, shared string, folders map[string]fstest.MapFS) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(shared, "articles", "dated", "*.txt"))
	cases, _ := filepath.Glob(filepath.Join(shared, "cases", "[qs]*", "docs", "*.md"))
	for _, file := range append(files, cases...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		folders[file] = fstest.MapFS{"a" + filepath.Ext(file): {Data: data}}
	}
	f, err := os.Open(filepath.Join(shared, "data", "timeline_docs.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		var d struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		folders[fmt.Sprint("news ", n)] = fstest.MapFS{"a.md": {Data: []byte(strings.ReplaceAll("# "+d.Text, "\n", "\n\n"))}}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
