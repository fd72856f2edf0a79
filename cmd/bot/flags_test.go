package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

// TestFlagsAgreeWithTable holds the subcommands against the command table, in both directions.
func TestFlagsAgreeWithTable(t *testing.T) {
	engine, err := ask.New(ask.Config{Load: newSource(nil, "", nil).load, Embedder: local.NewEmbedder(),
		Index:     chromemindex.New(),
		Extractor: local.NewExtractor()})
	if err != nil {
		t.Fatal(err)
	}
	table, err := dispatch.New(dispatch.Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	var f flags
	parser, err := kong.New(&f)
	if err != nil {
		t.Fatal(err)
	}
	// of the program, not of the table
	ours := []string{"serve", "doctor", "eval", "backup", "restore", "migrate", "cluster", "usage", "model", "web",
		"health"}
	for _, node := range parser.Model.Children {
		if _, ok := table.Lookup(node.Name); !ok && !slices.Contains(ours, node.Name) {
			t.Errorf("subcommand %s is not in the table of dispatch.New: give it a row there, or add it to ours, above",
				node.Name)
		}
	}
	for _, c := range table.Commands() {
		i := slices.IndexFunc(parser.Model.Children, func(n *kong.Node) bool { return n.Name == c.Name })
		if offered := c.Only != commands.Chat && c.Only != commands.Button; offered != (i >= 0) {
			t.Errorf("%s: subcommand %v, offered to a terminal %v: give it a field in flags.go, or, if it is not for a "+
				"terminal, Only: commands.Chat in its row", c.Name, i >= 0, offered)
			continue
		}
		if i < 0 {
			continue
		}
		node := parser.Model.Children[i]
		var names []string
		for _, flag := range slices.Concat(node.Flags, parser.Model.Flags) {
			names = append(names, flag.Name)
		}
		for _, positional := range node.Positional {
			names = append(names, positional.Name)
		}
		for _, p := range c.At(commands.Terminal) {
			if !slices.Contains(names, p.Name) {
				t.Errorf("%s has no %s, but %v: add it to its struct in flags.go", c.Name, p.Name, names)
			}
		}
	}
}

// TestEnvExample holds .env.example and README.md against the variables that config.go declares.
func TestEnvExample(t *testing.T) {
	declared := declaredVariables(t)
	example, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	var explained []string
	for _, m := range regexp.MustCompile(`(?m)^#?([A-Z][A-Z_]+)=`).FindAllStringSubmatch(string(example), -1) {
		explained = append(explained, m[1])
	}
	slices.Sort(explained)
	if !slices.Equal(explained, declared) {
		t.Errorf(".env.example explains %v\nconfig.go declares     %v: make the two agree, then run make golden", explained,
			declared)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range declared {
		if !strings.Contains(string(readme), "`"+name+"`") {
			t.Errorf("README.md has no %s: give it a row under “Configuration”", name)
		}
	}
}

// TestEnvExampleIsValid takes the # away everywhere: what the file proposes must be accepted.
func TestEnvExampleIsValid(t *testing.T) {
	example, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/.env"
	set := regexp.MustCompile(`(?m)^#([A-Z][A-Z_]+=)`).ReplaceAll(example, []byte("$1"))
	if err := os.WriteFile(path, set, 0o600); err != nil {
		t.Fatal(err)
	}
	env, err := withDotenv(environment("OPENAI_API_KEY=k"), path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(env)
	if err != nil || c.maxPassages != defaultMaxPassages || c.modelTimeout != defaultModelTimeout || c.chatModel == "" {
		t.Errorf("%+v, %v", c, err)
	}
}

// declaredVariables are the constants of config.go whose names begin with env, sorted.
func declaredVariables(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "config.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "env") {
			return true
		}
		name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
		return true
	})
	slices.Sort(names)
	return names
}
