package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// TestConfigDepot: vectors go into a database of PostgreSQL, from some paragraphs on.
func TestConfigDepot(t *testing.T) {
	const address = "PILCROW_DATABASE_URL=postgres://u@localhost/x"
	for _, c := range []struct {
		env  []string
		from int
		want string // "" for no problem
	}{
		{[]string{address}, 0, ""},
		{[]string{address, "PILCROW_DATABASE_VECTORS=1"}, 1, ""},
		{[]string{address, "PILCROW_DATABASE_VECTORS=0"}, 0, "PILCROW_DATABASE_VECTORS: want 1 to 1000000000"},
		{[]string{address, "PILCROW_DATABASE_VECTORS=20000"}, 20000, ""},
		{[]string{address, "PILCROW_DATABASE_VECTORS=1000000001"}, 0, "PILCROW_DATABASE_VECTORS: want "},
		{[]string{address, "PILCROW_DATABASE_VECTORS=-1"}, 0, "PILCROW_DATABASE_VECTORS: want "},
		{[]string{address, "PILCROW_DATABASE_VECTORS=all"}, 0, "PILCROW_DATABASE_VECTORS: want "},
		{[]string{"PILCROW_DATABASE_VECTORS=20000"}, 0,
			"PILCROW_DATABASE_VECTORS: needs a database of PostgreSQL: set PILCROW_DATABASE_URL too"},
	} {
		got, err := loadConfig(environment(c.env...))
		switch {
		case c.want == "" && (err != nil || got.vectorsFrom != c.from):
			t.Errorf("%v: %d, %v, want %d", c.env, got.vectorsFrom, err, c.from)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v: %v, want %q", c.env, err, c.want)
		}
	}
}

func TestDeposited(t *testing.T) {
	d, trouble := deposited(store.DepotStatus{Vectors: 7, Indexed: true, Recall: .95, Samples: 20})
	if want := (commands.Deposited{Vectors: 7, Indexed: true, Recall: .95, Samples: 20}); d != want || trouble != "" {
		t.Errorf("%+v, %q", d, trouble)
	}
	if d, trouble = deposited(store.DepotStatus{Lost: 2}); d.Lost != 2 ||
		!strings.Contains(trouble, "of 2 documents are not") {
		t.Errorf("%+v, %q", d, trouble)
	}
}

// town writes documents that are asked in other words than they have.
func town(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	text := "---\ntitle: A town by the sea\n---\n\n" +
		"The fiddle hangs in the tavern, and nobody has played it since the war.\n\n" +
		"Bread costs four crowns at the bakery on the corner.\n\nThe physician comes on Mondays and sees whoever is ill.\n"
	if err := os.WriteFile(filepath.Join(dir, "town.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A depotBot is a bot whose vectors are in the database, behind a wire that can be cut.
type depotBot struct {
	*serving
	wire *storetest.Wire
}

// serveDepot begins it, or skips the test where the server has no pgvector.
func serveDepot(t *testing.T, model *openaitest.Server) depotBot {
	t.Helper()
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	address := storetest.URL(t, t.TempDir())
	if err := (store.Config{URL: address}).TryPgvector(t.Context()); err != nil {
		t.Skip(err)
	}
	wire, through := storetest.NewWire(t, address)
	env := map[string]string{envDocs: town(t), envDatabase: through, envDatabaseFrom: "3"}
	if model != nil {
		env[envChatModel] = noModel
	}
	return depotBot{serve(t, discordtest.New(t), model, env), wire}
}

// says asks in Discord, and returns what is answered.
func (b depotBot) says(t *testing.T, question string) string {
	t.Helper()
	m, err := b.discord.WaitAnswer(b.discord.User("Ada").Slash(b.discord.General(), "ask",
		discordtest.Opt("question", question)), patience)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(m.Text(), `\_`, "_")
}

func (b depotBot) status(t *testing.T) string {
	t.Helper()
	m, err := b.discord.WaitAnswer(b.discord.Admin().Slash(b.discord.General(), "status"), patience)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(m.Text(), `\_`, "_")
}

// loaves asks, in other words each time, what no word of the documents answers.
var loaves = []string{"How much is a loaf?", "How much is this loaf?", "How much are loaves?", "How much is one loaf?"}

// Questions in Discord are answered with vectors that are in the database: what no word finds is found there. While the
// server is away words find what they can, and after that all is as before.
func TestAnswersThroughDepot(t *testing.T) {
	b := serveDepot(t, nil)
	for round, asked := range [][3]string{
		{loaves[0], loaves[1], "Who comes on Mondays?"},
		{loaves[2], loaves[3], "Who comes on a Monday?"},
	} {
		if got := b.says(t, asked[0]); !strings.Contains(got, "four crowns") {
			t.Errorf("round %d: by meaning %q", round, got)
		}
		if !waitFor(func() bool { return strings.Contains(b.status(t), "Vectors in the database: 3, compared one by one") }) {
			t.Errorf("round %d: %s", round, b.status(t))
		}
		b.wire.Cut()
		if got := b.says(t, asked[1]); strings.Contains(got, "four crowns") {
			t.Errorf("round %d: without the database %q", round, got)
		}
		if got := b.says(t, asked[2]); !strings.Contains(got, "physician") {
			t.Errorf("round %d: by words %q", round, got)
		}
		b.wire.Mend()
		if !waitFor(func() bool { return strings.Contains(b.status(t), "Everything works.") }) {
			t.Fatalf("round %d: %s", round, b.status(t))
		}
	}
	if r := b.stopped(t); !strings.Contains(r.stderr, "finding by words alone") {
		t.Error("the log does not say that the database was away")
	}
}

// A new start finds the vectors where they are, and embeds nothing. What leaves the documents is not found any more.
func TestDepotOutlastsBot(t *testing.T) {
	b := serveDepot(t, nil)
	if r := b.stopped(t); !strings.Contains(r.stderr, "embedded=3 known=0") {
		t.Error("at first not all was embedded")
	}
	b.start(t)
	if got := b.says(t, loaves[0]); !strings.Contains(got, "four crowns") {
		t.Errorf("after a restart %q", got)
	}
	file := filepath.Join(b.env[envDocs], "town.md")
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, []byte(strings.Replace(string(text), "Bread costs", "Honey costs", 1)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	answer, err := b.discord.WaitAnswer(b.discord.Admin().Slash(b.discord.General(), "reload"), patience)
	if err != nil || !strings.Contains(answer.Text(), "1 to embed") {
		t.Errorf("reload: %q, %v", answer.Text(), err)
	}
	if got := b.says(t, loaves[1]); strings.Contains(got, "Bread") {
		t.Errorf("of a paragraph that is gone %q", got)
	}
	if r := b.stopped(t); !strings.Contains(r.stderr, "embedded=0 known=3") {
		t.Error("after a restart something was embedded")
	}
}

// When the server of embeddings gives vectors of another dimension under the same name, they take the place of the
// others.
func TestDepotOtherDimension(t *testing.T) {
	model := openaitest.New(t)
	b := serveDepot(t, model)
	searched := func(when, question string) {
		t.Helper()
		if got := b.says(t, question); !strings.Contains(got, "physician") {
			t.Errorf("%s %q", when, got)
		}
		if !waitFor(func() bool { return strings.Contains(b.status(t), "Vectors in the database: 3, compared") }) {
			t.Errorf("%s %s", when, b.status(t))
		}
	}
	searched("at first", "Who comes on Mondays?")
	b.stopped(t)
	model.Always(openaitest.Reply{Fault: openaitest.OtherDimension})
	b.start(t)
	searched("when that is seen", "Who comes on a Monday?")
	if !waitFor(func() bool { return strings.Contains(b.status(t), "Everything works.") }) {
		t.Fatal(b.status(t))
	}
	searched("with the other dimension", "Who comes on every Monday?")
	r := b.stopped(t)
	if !strings.Contains(r.stderr, `msg="all paragraphs are embedded" now=3`) {
		t.Error("not all was embedded again")
	}
	if n := strings.Count(r.stderr, "finding by words alone"); n != 1 { // by who saw that it is another
		t.Errorf("%d questions found by words alone", n)
	}
}

// Without pgvector, or the right to install it, all vectors are in memory: /status says so, and the doctor what to do.
func TestNoPgvector(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	address := storetest.WithoutPgvector(t)
	says := "the server has no pgvector: install its package"
	if strings.Contains(address, storetest.Nobody) { // it has
		says = "as a superuser, run CREATE EXTENSION vector in database " + storetest.Nobody
	}
	env := map[string]string{envDocs: town(t), envDatabase: address, envDatabaseFrom: "3", envData: t.TempDir()}
	if r := bot(t.Context(), env, "", "doctor"); r.code != exitNothing || !strings.Contains(r.stdout, "✗ vectors ") ||
		!strings.Contains(strings.Join(strings.Fields(r.stdout), " "), says) {
		t.Errorf("%d: %s%s, want %q", r.code, r.stdout, r.stderr, says)
	}
	b := depotBot{serve(t, discordtest.New(t), nil, env), nil}
	if got := b.says(t, loaves[0]); !strings.Contains(got, "four crowns") {
		t.Errorf("by meaning %q", got)
	}
	if got := b.status(t); !strings.Contains(got, envDatabaseFrom+" has no effect, and all vectors are in memory") ||
		strings.Contains(got, "Vectors in the database") {
		t.Errorf("status %q", got)
	}
}

// The doctor says where vectors go.
func TestDoctorDepot(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	data := t.TempDir()
	env := map[string]string{envDocs: town(t), envDatabase: storetest.URL(t, data), envData: data}
	doctor := func(want string) {
		t.Helper()
		if r := bot(t.Context(), env, "", "doctor"); !strings.Contains(r.stdout, want) {
			t.Errorf("%q is not in\n%s%s", want, r.stdout, r.stderr)
		}
	}
	doctor("– vectors        in memory; PILCROW_DATABASE_VECTORS=N")
	env[envDatabaseFrom], env[envEmbeddingModel] = "3", noModel
	doctor("! vectors        PILCROW_DATABASE_VECTORS has no effect: nothing makes vectors")
	delete(env, envEmbeddingModel)
	if err := (store.Config{URL: env[envDatabase]}).TryPgvector(t.Context()); err != nil {
		t.Skip(err)
	}
	for range 2 { // before there is anything, and after
		doctor("✓ vectors        from 3 paragraphs on in the database, which has pgvector")
		s, err := store.Config{URL: env[envDatabase]}.Open(data)
		if err == nil {
			err = s.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
