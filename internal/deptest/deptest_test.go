// Package deptest holds the import graph: who may import whom, and which package is the door to which library.
package deptest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "pilcrow/"

// floors orders the packages: each imports floors below its own only. Two on one floor do not know each other.
var floors = []struct {
	packages []string
	idea     string
}{
	{[]string{"internal/lexicon", "internal/steps", "internal/recent", "internal/calendar"},
		"words, as data; counted work; what is kept " +
			"for a while"},
	{[]string{"internal/text", "internal/byline"}, "how a text is cut; who says that he wrote it: they know no document"},
	{[]string{"internal/words"}, "what words are: folded, stemmed, with their like"},
	{[]string{"docs", "internal/article", "internal/lang", "internal/turns", "internal/budget", "internal/pdfium"},
		"the documents and their words know nothing above them"},
	{[]string{"internal/quote", "internal/timeline", "internal/question", "internal/followup", "internal/summary"},
		"what one text says, on its own"},
	{[]string{"internal/claim"}, "verdicts on sentences, and the names of what decides: it knows no rule"},
	{[]string{"internal/claim/quantity", "internal/claim/when"}, "which number, and which date, follows from which"},
	{[]string{"internal/claim/syntax"},
		"a text cut into units: kinds, parts of speech, negations, hedges, bounds, and whose words they are"},
	{[]string{"internal/claim/clause"}, "clauses, shallowly: verb, subject, objects, agent, modals, appositions"},
	{[]string{"internal/claim/premise"}, "the passages of a document, and what the whole document knows"},
	{[]string{"internal/claim/match"}, "where the words of a hypothesis stand in a premise"},
	{[]string{"internal/claim/value"}, "numbers and dates held against those of a premise"},
	{[]string{"internal/claim/mention"}, "whether two noun phrases speak of the same"},
	{[]string{"internal/claim/inference"}, "other constructions that say the same: a table"},
	{[]string{"internal/claim/entail"}, "whether each clause of a hypothesis stands in a premise"},
	{[]string{"internal/claim/polarity"}, "what is denied, canceled, hedged or weakened"},
	{[]string{"internal/claim/attribution"}, "who says it, and in which words"},
	{[]string{"internal/claim/wording"}, "whether a hypothesis is kept: by clauses, or by the order of its words"},
	{[]string{"internal/claim/qualifier"}, "what takes back what was found kept: a table"},
	{[]string{"internal/claim/verdict"}, "the rules that refuse, in their order: a table; what is concluded"},
	{[]string{"internal/claim/check", "internal/claim/exam"}, "what passages say of a sentence, and of a draft's"},
	{[]string{"internal/rag"}, "the contract of the engine and its parts: it knows no engine"},
	{[]string{"internal/rag/prompt", "internal/rag/packed"}, "what a model is told, and how what it writes is read; the " +
		"form of files"},
	{[]string{"internal/rag/inverted"}, "the words of the documents, and what a question shares with them"},
	{[]string{"internal/rag/rank", "internal/rag/evidence", "internal/rag/review", "internal/rag/vectors"},
		"which passages come first; whether they answer; what may be shown of a draft; who embeds"},
	{[]string{"internal/rag/corpus"}, "documents with their indexes"},
	{[]string{"internal/rag/ask"}, "the engine; it knows its parts by interfaces alone"},
	{[]string{"internal/local", "internal/openai", "internal/chromemindex", "internal/flatindex", "internal/static",
		"internal/store", "internal/picture",
		"internal/fetch", "internal/convert", "internal/backup", "internal/watch"},
		"adapters: each can be replaced in a day, so none knows another"},
	{[]string{"internal/intake"}, "how a document comes into the folder"},
	{[]string{"internal/mirror"}, "folders of documents that follow a repository or a site"},
	{[]string{"internal/library"}, "the documents of each server, in the hands of its admins"},
	{[]string{"internal/commands"}, "the contract of commands and transports: it knows no command"},
	{[]string{"internal/commands/access"}, "whose documents: what every command stands on"},
	{[]string{"internal/commands/paragraph"}, "the paragraph behind a citation"},
	{[]string{"internal/commands/excerpt"}, "sentences that answer as they stand"},
	{[]string{"internal/commands/settings"}, "what the admins of a server set"},
	{[]string{"internal/commands/admin"}, "the documents in the hands of admins"},
	{[]string{"internal/commands/reading"}, "what stands in the documents, without a model"},
	{[]string{"internal/commands/feedback"}, "what people give of their own"},
	{[]string{"internal/commands/answers"}, "ask and check"},
	{[]string{"internal/commands/dispatch", "internal/eval"},
		"what a person can ask for, whatever the transport, and how well it is answered"},
	{[]string{"internal/discord/rest", "internal/discord/limits"},
		"requests to Discord, and how much may be asked: they know nothing of what is asked"},
	{[]string{"internal/discord/gateway", "internal/discord/render"},
		"connections to Discord, which pass on what comes; what a reply looks like there"},
	{[]string{"internal/discord/offer", "internal/discord/event"}, "what people can call there, and what they call"},
	{[]string{"internal/discord/journal"}, "which questions are being answered"},
	{[]string{"internal/discord/channel", "internal/discord/callback"},
		"what is written in channels, and given back to an interaction"},
	{[]string{"internal/discord/mend", "internal/discord/delivery"},
		"questions that a crash cut off; how an answer gets to whoever asked"},
	{[]string{"internal/discord", "internal/web"}, "transports: a wire on one side, the command table on the other"},
	{[]string{"cmd/bot", "tools/fit"}, "flags, environment and wiring"},
}

// adapters is the floor up to which tests may use everything: real parts are better than mocks.
const adapters = 27

// testOnly packages are imported by tests alone, and import no more of ours than is named.
var testOnly = map[string][]string{
	"internal/deptest": nil,

	"internal/article/articletest": nil, // documents as text
	"internal/texttest":            nil, // what is read of many short texts

	"internal/commands/commandstest": {"internal/commands"}, // what a reply says

	"internal/pipenet":     nil,                  // a network in memory
	"internal/discordtest": {"internal/pipenet"}, // an independent witness of the wire
	"internal/openaitest":  {"internal/pipenet"}, // likewise
	"internal/rag/ragtest": {"internal/rag", "internal/article"},

	"internal/store/storetest": nil, // a schema for each test

	"internal/discordtest/screen": {"internal/discordtest"},
}

// doors says which packages may import a library, by the longest matching prefix. No other may: its types stay behind
// the door, so that it can be replaced there.
var doors = map[string][]string{
	"github.com/alecthomas/kong":    {"cmd/bot"},
	"github.com/joho/godotenv":      {"cmd/bot"},
	"github.com/mattn/go-runewidth": {"cmd/bot"},
	"golang.org/x/term":             {"cmd/bot"},
	"github.com/bwmarrin/discordgo": {"internal/discord", "internal/discord/callback", "internal/discord/channel",
		"internal/discord/delivery", "internal/discord/event", "internal/discord/gateway", "internal/discord/offer",
		"internal/discord/render"},
	"github.com/gorilla/websocket":        {"internal/discord/gateway", "internal/discordtest"},
	"github.com/philippgille/chromem-go":  {"internal/chromemindex"},
	"github.com/viterin/vek":              {"internal/flatindex"},
	"github.com/sashabaranov/go-openai":   {"internal/openai"},
	"github.com/cenkalti/backoff/v5":      {"internal/openai", "internal/discord/rest"},
	"database/sql":                        {"internal/store"},
	"github.com/jackc/pgx/v5":             {"internal/store", "internal/store/storetest"},
	"modernc.org/sqlite":                  {"internal/store"},
	"github.com/blevesearch/snowballstem": {"internal/words"},
	"github.com/go-text/typesetting":      {"internal/picture"},
	"eliasnaur.com/font":                  {"internal/picture"},
	"git.sr.ht/~sbinet/gg":                {"internal/picture", "internal/discordtest/screen"},
	"golang.org/x/image":                  {"internal/picture", "internal/discordtest/screen"},
	"github.com/yuin/goldmark":            {"internal/article"},
	"go.yaml.in/yaml/v3":                  {"internal/article"},
	"github.com/BurntSushi/toml":          {"internal/article"},
	"github.com/wlynxg/chardet":           {"internal/convert"},
	"golang.org/x/text": {"internal/static", "internal/article", "internal/convert", "internal/words",
		"internal/quote", "internal/timeline", "internal/lang"},
	"code.dny.dev/ssrf":                   {"internal/fetch"},
	"codeberg.org/readeck/go-readability": {"internal/convert"},
	"github.com/ledongthuc/pdf":           {"internal/convert"},
	"github.com/tetratelabs/wazero":       {"internal/pdfium"},
	"github.com/andybalholm/cascadia":     {"internal/convert"},
	"golang.org/x/net":                    {"internal/article", "internal/convert", "internal/fetch", "internal/web"},
	"golang.org/x/time/rate":              {"internal/discord/limits", "internal/discord/rest", "internal/openai"},
	"golang.org/x/sync":                   {"internal/rag/ask", "internal/openai", "internal/local", "internal/store"},
	"golang.org/x/sys":                    {"internal/store", "internal/static", "cmd/bot"},
	"github.com/fsnotify/fsnotify":        {"internal/watch"},
	"github.com/hashicorp/golang-lru":     {"internal/recent"},
	"github.com/gofrs/flock":              {"internal/store"},
	"github.com/jalaali/go-jalaali":       {"internal/calendar"},

	"github.com/KimMachineGun/automemlimit": {"internal/budget"},
	"github.com/VictoriaMetrics/metrics":    {"internal/web"},

	"github.com/rogpeppe/go-internal": nil, // tests, anywhere
	"github.com/google/go-cmp":        nil, // likewise
	"go.uber.org/goleak":              nil, // likewise
}

// refusal says why the package may not import the path, "" where it may.
func refusal(pkg, imported string, test bool) string {
	ours, isOurs := strings.CutPrefix(imported, module)
	switch {
	case isOurs && ours == pkg: // an external test of the package itself
		return ""
	case isOurs:
		return floorRefusal(pkg, ours, test)
	}
	door := ""
	for library := range doors {
		if within(imported, library) && len(library) > len(door) {
			door = library
		}
	}
	switch {
	case door == "" && strings.Contains(strings.Split(imported, "/")[0], "."):
		return "the library has no door: name in doors the one package that hides it"
	case door == "" || slices.Contains(doors[door], pkg) || doors[door] == nil && test:
		return ""
	case doors[door] == nil:
		return "the library is for tests"
	}
	return "the library stays behind its door, " + strings.Join(doors[door], " and ")
}

const noFloor = " stands on no floor: give it one in floors, in this file, above all that it imports, and name it in " +
	"ARCHITECTURE.md; an adapter goes beside internal/static"

func floorRefusal(pkg, imported string, test bool) string {
	if may, special := testOnly[pkg]; special {
		if slices.Contains(may, imported) || test {
			return ""
		}
		return pkg + " is a witness: it must not know what it tests"
	}
	if _, special := testOnly[imported]; special {
		if test {
			return ""
		}
		return imported + " is for tests"
	}
	from, to := floor(pkg), floor(imported)
	switch {
	case from < 0:
		return pkg + noFloor
	case to < 0:
		return imported + noFloor
	case to < from, test && to <= adapters:
		return ""
	}
	return "arrows point down: " + imported + " is not below " + pkg + " (" + floors[from].idea + ")"
}

func floor(pkg string) int {
	for i, f := range floors {
		if slices.Contains(f.packages, pkg) {
			return i
		}
	}
	return -1
}

func within(imported, library string) bool {
	return imported == library || strings.HasPrefix(imported, library+"/")
}

func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	files := token.NewFileSet()
	seen := 0
	err := fs.WalkDir(os.DirFS(root), ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") && file != "."):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(file) != ".go":
			return nil
		}
		parsed, err := parser.ParseFile(files, filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		seen++
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if why := refusal(path.Dir(file), imported, strings.HasSuffix(file, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", files.Position(spec.Pos()), imported, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatal("no file was looked at")
	}
}

func TestRefusal(t *testing.T) {
	cases := []struct {
		pkg, imported string
		test          bool
		want          string // "" for allowed
	}{
		{"internal/rag", "pilcrow/internal/article", false, ""},
		{"cmd/bot", "pilcrow/internal/store", false, ""},
		{"internal/article", "pilcrow/internal/rag", false, "arrows point down"},
		{"internal/store", "pilcrow/internal/local", false, "arrows point down"},
		{"internal/commands", "pilcrow/internal/discord", false, "arrows point down"},
		{"internal/commands", "pilcrow/internal/commands/dispatch", false, "arrows point down"},
		{"internal/rag", "pilcrow/internal/rag/ragtest", false, "for tests"},
		{"internal/rag", "pilcrow/internal/rag/ragtest", true, ""},
		{"internal/rag", "pilcrow/internal/local", true, ""},
		{"internal/rag", "pilcrow/internal/commands", true, "arrows point down"},
		{"internal/discordtest", "pilcrow/internal/commands", false, "witness"},
		{"internal/unheard", "pilcrow/internal/article", false, "no floor"},
		{"internal/commands", "github.com/bwmarrin/discordgo", false, "behind its door"},
		{"internal/discord", "github.com/bwmarrin/discordgo", false, ""},
		{"internal/discordtest", "github.com/bwmarrin/discordgo", true, "behind its door"},
		{"internal/rag", "database/sql", false, "behind its door"},
		{"internal/rag", "github.com/google/go-cmp/cmp", true, ""},
		{"internal/rag", "github.com/google/go-cmp/cmp", false, "for tests"},
		{"internal/rag", "example.org/new/thing", false, "no door"},
		{"internal/rag", "net/http", false, ""},
	}
	for _, c := range cases {
		got := refusal(c.pkg, c.imported, c.test)
		if c.want == "" && got != "" || c.want != "" && !strings.Contains(got, c.want) {
			t.Errorf("%s imports %s (test %v): %q, want %q", c.pkg, c.imported, c.test, got, c.want)
		}
	}
}
