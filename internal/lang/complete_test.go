package lang

import (
	"flag"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// complete makes TestComplete fail where a catalog lacks a sentence, and not only say so.
var complete = flag.Bool("complete", false, "fail on what has no translation yet")

// TestComplete holds the catalogs against the code: every sentence that a printer is given is a constant, a translation
// has the same arguments, and no catalog has a sentence that nobody writes. A sentence without a translation is shown
// in English: it is listed here, and make i18n fails on it.
func TestComplete(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	if err := load().err; err != nil {
		t.Fatal(err)
	}
	lacks := t.Logf
	if *complete {
		lacks = t.Errorf
	}
	c := collect(t)
	said, names := c.said, c.names
	if len(said) == 0 || len(names) == 0 {
		t.Fatal("no sentence was found in the code")
	}
	for _, locale := range locales {
		file, err := read(locale)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Sorted(maps.Keys(said)) {
			s, there := file.Sentences[key]
			switch {
			case !there && locale != English:
				lacks("%s: missing: %q (%s)", locale, key, said[key])
			case there:
				for _, problem := range unlike(key, s) {
					t.Errorf("%s: %q: %s", locale, key, problem)
				}
				if n := utf8.RuneCountInString(s.Text); c.limits[key] > 0 && n > c.limits[key] && len(file.Discord) > 0 {
					t.Errorf("%s: %q: %d characters are too long for Discord: %s", locale, key, n, s.Text)
				}
			}
		}
		for _, key := range slices.Sorted(maps.Keys(file.Sentences)) {
			if _, ok := said[key]; !ok {
				t.Errorf("%s: nobody says: %q", locale, key)
			}
		}
		for _, word := range slices.Sorted(maps.Keys(names)) {
			if locale != English && file.Names[word] == "" {
				lacks("%s: no name for: %q", locale, word)
			}
		}
		for _, word := range slices.Sorted(maps.Keys(file.Names)) {
			if !names[word] || len(file.Discord) > 0 && !wellNamed.MatchString(file.Names[word]) {
				t.Errorf("%s: nothing is called, or can be called: %q, %q", locale, word, file.Names[word])
			}
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([-+# 0-9.]*)([a-zA-Z%])`)

// verbs returns the arguments of a format as "1d", each once, in order.
func verbs(format string) []string {
	var out []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[3] == "%" {
			continue
		}
		if m[1] != "" {
			next = int(m[1][0] - '0')
		}
		out = append(out, string(rune('0'+next))+m[3])
		next++
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// unlike says how a translation differs from the sentence in its arguments.
func unlike(key string, s sentence) []string {
	var out []string
	want := verbs(key)
	match := func(text string, may []string, all bool) {
		got := verbs(text)
		for _, v := range got {
			if !slices.Contains(may, v) {
				out = append(out, "has argument "+v+" of its own: "+text)
			}
		}
		if all && !slices.Equal(got, want) {
			out = append(out, "has the arguments "+strings.Join(got, " ")+", want "+strings.Join(want, " ")+": "+text)
		}
	}
	if s.Text == "" {
		if s.Other == "" {
			return []string{"is empty"}
		}
		for _, form := range []string{s.Zero, s.One, s.Other} {
			if form != "" {
				match(form, want, form == s.Other)
			}
		}
		return out
	}
	whole := s.Text
	for name, part := range s.Parts {
		if !strings.Contains(s.Text, "${"+name+"}") {
			out = append(out, "part "+name+" is not used")
		}
		whole = strings.ReplaceAll(whole, "${"+name+"}", part.Other)
		for _, form := range []string{part.Zero, part.One} {
			match(form, want, false)
		}
	}
	match(whole, want, true)
	return out
}

// wellNamed are the names that Discord takes; they have no capitals.
// https://discord.com/developers/docs/interactions/application-commands (naming)
var wellNamed = regexp.MustCompile(`^[-_'\p{Ll}\p{Lo}\p{Mn}\p{N}]{1,32}$`)

// What Discord takes of a description and of a name.
const (
	maxDescription = 100
	maxName        = 32
)

// collect finds the sentences of the program and where each stands, and the words that commands and parameters are
// called by.
func collect(t *testing.T) *checker {
	root := filepath.Join("..", "..")
	c := &checker{t: t, root: root, files: token.NewFileSet(), done: map[string]*types.Package{},
		said: map[string]string{}, names: map[string]bool{},
		limits: map[string]int{}, values: map[types.Object]ast.Expr{}}
	err := fs.WalkDir(os.DirFS(root), ".", func(dir string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir():
			return nil
		case entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") && dir != ".":
			return fs.SkipDir
		case strings.HasPrefix(dir, "cmd/") || strings.HasPrefix(dir, "internal/"):
			_, err := c.Import("pilcrow/" + dir)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A checker reads the types of our own packages, as far as they can be told without anybody else's.
type checker struct {
	t      *testing.T
	root   string
	files  *token.FileSet
	done   map[string]*types.Package
	said   map[string]string
	names  map[string]bool
	values map[types.Object]ast.Expr // what a variable begins with
	limits map[string]int            // characters of a sentence in Discord; 0 for any
}

// Import is what go/types asks for a package.
func (c *checker) Import(name string) (*types.Package, error) {
	if p, ok := c.done[name]; ok {
		return p, nil
	}
	dir, ours := strings.CutPrefix(name, "pilcrow/")
	if !ours {
		p := types.NewPackage(name, path.Base(name))
		p.MarkComplete()
		c.done[name] = p
		return p, nil
	}
	names, err := filepath.Glob(filepath.Join(c.root, dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var parsed []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(c.files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{},
		Defs: map[*ast.Ident]types.Object{}}
	// other people's packages are empty: that is an error at every use
	config := types.Config{Importer: c, Error: func(error) {}}
	p, _ := config.Check(name, c.files, parsed, info)
	c.done[name] = p
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == len(spec.Names) {
				for i, name := range spec.Names {
					c.values[info.Defs[name]] = spec.Values[i]
				}
			}
			return true
		})
	}
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				c.call(info, n)
			case *ast.CompositeLit:
				c.row(info, n)
			}
			return true
		})
	}
	return p, nil
}

func (c *checker) call(info *types.Info, call *ast.CallExpr) {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 ||
		c.files.Position(call.Pos()).Filename == filepath.Join(c.root, "internal", "lang", "sentence.go") {
		return
	}
	const ours = "pilcrow/internal/lang"
	if name, ok := fun.X.(*ast.Ident); ok && fun.Sel.Name == "Say" {
		if p, ok := info.Uses[name].(*types.PkgName); ok && p.Imported().Path() == ours {
			c.sentence(info, call)
			return
		}
	}
	of := ""
	if receiver := info.Types[fun.X].Type; receiver != nil {
		of = types.TypeString(receiver, nil)
	}
	switch lit, ok := call.Args[0].(*ast.BasicLit); {
	case fun.Sel.Name != "Text":
	case of == ours+".Printer":
		c.sentence(info, call)
	case ok && lit.Kind == token.STRING:
		c.t.Errorf("%s: is that a sentence? its printer has the type %q", c.files.Position(call.Pos()), of)
	}
}

// sentence takes the sentence that a call says.
func (c *checker) sentence(info *types.Info, call *ast.CallExpr) {
	c.constant(info, call.Args[0])
	if value := info.Types[call.Args[0]].Value; value != nil && !call.Ellipsis.IsValid() {
		if want := len(verbs(constant.StringVal(value))); want != len(call.Args)-1 {
			c.t.Errorf("%s: %d arguments, want %d", c.files.Position(call.Pos()), len(call.Args)-1, want)
		}
	}
}

func (c *checker) constant(info *types.Info, e ast.Expr) {
	where := c.files.Position(e.Pos())
	value := info.Types[e].Value
	if value == nil || value.Kind() != constant.String {
		c.t.Errorf("%s: a sentence is a constant text", where)
		return
	}
	text := constant.StringVal(value)
	if strings.Contains(text, "%q") || strings.Contains(text, "%v") {
		c.t.Errorf("%s: %q: write “%%s” and %%d, which readers of every language can read", where, text)
	}
	c.said[text] = filepath.Base(where.Filename)
}

// row takes what a row of the command table shows to readers of a chat.
func (c *checker) row(info *types.Info, lit *ast.CompositeLit) {
	t := info.Types[lit].Type
	if t == nil {
		return
	}
	switch types.TypeString(t, nil) {
	case "pilcrow/internal/commands.Command", "pilcrow/internal/commands.Param":
	default:
		return
	}
	var shown, names []ast.Expr
	typed := true
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch key, _ := kv.Key.(*ast.Ident); key.Name {
		case "Name":
			names = append(names, kv.Value)
		case "Summary", "Menu":
			shown = append(shown, kv.Value)
			if value := info.Types[kv.Value].Value; value != nil {
				c.limits[constant.StringVal(value)] = map[string]int{"Summary": maxDescription, "Menu": maxName}[key.Name]
			}
		case "Choices":
			choices := kv.Value
			if name, ok := choices.(*ast.Ident); ok && c.values[info.Uses[name]] != nil {
				choices = c.values[info.Uses[name]]
			}
			ast.Inspect(choices, func(n ast.Node) bool {
				if e, ok := n.(ast.Expr); ok && info.Types[e].Value != nil {
					shown = append(shown, e)
					return false
				}
				return true
			})
		case "Only":
			v, _ := kv.Value.(*ast.Ident)
			isParam := strings.HasSuffix(types.TypeString(t, nil), "Param")
			if v != nil && (v.Name == "Terminal" || v.Name == "Button" && isParam) {
				return // nobody in a chat sees it
			}
			typed = v == nil || v.Name != "Button"
		}
	}
	for _, e := range shown {
		c.constant(info, e)
	}
	for _, e := range names {
		if value := info.Types[e].Value; value != nil && typed {
			for word := range strings.FieldsSeq(constant.StringVal(value)) {
				c.names[word] = true
			}
		}
	}
}
