package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
)

const refused = "I cannot keep anything just now"

// keeping is an office with a document and a channel that is tied to another, so that the first does not answer there.
func keeping(t *testing.T) office {
	t.Helper()
	o := office{serve(t, discordtest.NewConfig(t, discordtest.Config{IdentifyGap: -1}), nil,
		map[string]string{envPersonLimit: "off"}), t}
	o.adds()
	o.wants(o.discord.Admin().Slash(o.discord.General(), "documents scope", discordtest.Opt("documents", "lighthouse")),
		"documents alone")
	o.hidden()
	return o
}

// adds adds the document, or has it refused with other words than that it is added.
func (o office) adds() discordtest.Message {
	o.t.Helper()
	upload := discordtest.OptFile("file", discordtest.File{Name: "harbor.md", MediaType: "text/markdown",
		Data: []byte(harbor)})
	preview := o.wants(o.discord.Admin().Slash(o.discord.General(), "documents add", upload))
	return o.wants(o.discord.Admin().Click(preview.ID, "Confirm"))
}

// hidden holds the bot to what the admins chose: it does not say what only the document says.
func (o office) hidden() {
	o.t.Helper()
	m := o.wants(o.discord.User("Mia").Slash(o.discord.General(), "ask",
		discordtest.Opt("question", "When does the harbor freeze?")))
	if strings.Contains(m.Text(), "January") {
		o.t.Errorf("what is hidden is shown: %s", m.Text())
	}
}

// What happens to the database while the bot serves: nothing is said to be added that is not kept, what is hidden stays
// hidden, and the status, the doctor and the log name it.
func TestDatabaseHarmedWhileServing(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name           string
		harm           func(t *testing.T, path string)
		status, doctor string
	}{
		{"removed", func(t *testing.T, path string) { must(t, os.Remove(path)) }, "not where it was",
			"the database that was here is gone"},
		{"moved", func(t *testing.T, path string) { must(t, os.Rename(path, path+".away")) }, "not where it was",
			"the database that was here is gone"},
		{"without its log", func(t *testing.T, path string) { must(t, os.Remove(path+"-wal")) }, "not where it was",
			"pilcrow.db-wal"},
		{"its folder removed", func(t *testing.T, path string) {
			deadline := time.Now().Add(patience)
			err := os.RemoveAll(filepath.Dir(path))
			for err != nil && time.Now().Before(deadline) { // the program may have written a file into it meanwhile
				err = os.RemoveAll(filepath.Dir(path))
			}
			must(t, err)
		},
			"not where it was", "a bot has run with this token before"},
		{"overwritten", func(t *testing.T, path string) {
			overwrite(t, path, 4096)
		}, "damaged", "damaged"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := keeping(t)
			o.stopped(t) // so that what was written is in the file, and not in the log
			o.start(t)
			path := filepath.Join(o.env[envData], store.FileName)
			c.harm(t, path)
			o.hidden()
			status := func() string {
				return o.wants(o.discord.Admin().Slash(o.discord.General(), "status")).Text()
			}
			m := o.discord.Admin().Slash(o.discord.General(), "documents scope", discordtest.Opt("documents", "all"))
			if got := o.wants(m).Text(); !strings.Contains(got, refused) && c.status != "damaged" {
				t.Errorf("a setting: %s", got)
			}
			wait, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			for text := status(); !strings.Contains(text, c.status); text = status() {
				if wait.Err() != nil {
					t.Fatalf("status: %s", text)
				}
			}
			if text := status(); strings.Contains(text, "Everything works") {
				t.Errorf("status: %s", text)
			}
			upload := discordtest.OptFile("file", discordtest.File{Name: "quay.md", MediaType: "text/markdown",
				Data: []byte("# The quay\n\nIt is long.\n")})
			preview := o.wants(o.discord.Admin().Slash(o.discord.General(), "documents add", upload))
			before := strings.Count(o.discord.Transcript(), refused)
			if strings.Contains(preview.Text(), refused) {
				before--
			} else {
				o.discord.Admin().Click(preview.ID, "Confirm")
			}
			if err := o.discord.WaitFor(wait, func() bool {
				return strings.Count(o.discord.Transcript(),
					refused) > before
			}); err != nil {
				t.Errorf("a document is not refused: %s", o.discord.Transcript())
			}
			doctor := bot(t.Context(), o.env, "", "doctor")
			if doctor.code != exitNothing || !strings.Contains(doctor.stdout, c.doctor) {
				t.Errorf("doctor: %d %s", doctor.code, doctor.stdout)
			}
			if r := o.stopped(t); !strings.Contains(r.stderr, "the database is not as it should be") ||
				!strings.Contains(r.stderr, path) {
				t.Errorf("log: %s", r.stderr)
			}
		})
	}
}

// What is found at the start: it is refused, or answered without what servers have, and what is hidden is not shown.
func TestDatabaseHarmedAtStart(t *testing.T) {
	o := keeping(t)
	o.stopped(t)
	path := filepath.Join(o.env[envData], store.FileName)
	dir := filepath.Dir(path)
	for _, c := range []struct {
		name, want string
		harm       func()
	}{
		{"removed", "the database that was here is gone", func() { must(t, os.Remove(path)) }},
		{"emptied", "the database that was here is gone", func() { must(t, os.Truncate(path, 0)) }},
		{"the folder absent", "a bot has run with this token before", func() { must(t, os.RemoveAll(dir)) }},
		{"the folder empty", "a bot has run with this token before", func() {
			must(t, os.RemoveAll(dir))
			must(t, os.Mkdir(dir, 0o700))
		}},
	} {
		must(t, os.CopyFS(dir+".whole", os.DirFS(dir)))
		c.harm()
		for range 2 { // the doctor changes nothing
			r := bot(t.Context(), o.env, "", "doctor")
			if r.code != exitNothing || !strings.Contains(r.stdout, c.want) {
				t.Errorf("%s: doctor: %d %s", c.name, r.code, r.stdout)
			}
			r = bot(t.Context(), o.env, "", "serve")
			if r.code != exitConfig || !strings.Contains(r.stderr, c.want) || !strings.Contains(r.stderr, "--new") {
				t.Errorf("%s: %d %s", c.name, r.code, r.stderr)
			}
		}
		must(t, os.RemoveAll(dir))
		must(t, os.Rename(dir+".whole", dir))
	}

	// Damaged, it takes down what servers have, and not what all share.
	overwrite(t, path, 0)
	o.start(t)
	if reply, err := o.discord.WaitReply(o.discord.User("Ada").DM("What happened in 1902?"), patience); err != nil ||
		!strings.Contains(reply.Text(), "storm") {
		t.Errorf("direct message: %q, %v", reply.Text(), err)
	}
	o.hidden()
	o.wants(o.discord.User("Mia").Slash(o.discord.General(), "ask", discordtest.Opt("question", "What happened in 1902?")),
		"I do not know what I may show here")
	o.wants(o.discord.Admin().Slash(o.discord.General(), "status"), "My database is damaged")
	o.wants(o.discord.User("Mia").Slash(o.discord.General(), "privacy"), "My database is damaged")
	if r := o.stopped(t); !strings.Contains(r.stderr, "the database cannot be opened") {
		t.Errorf("log: %s", r.stderr)
	}

	// One command brings the copy of the day back, with what was hidden; it is of before the document and the tie.
	if r := bot(t.Context(), o.env, "", "restore", "--replace", "latest"); r.code != exitOK ||
		!strings.Contains(r.stdout, "Restored the backup of") {
		t.Fatalf("restore: %d %s%s", r.code, r.stdout, r.stderr)
	}
	o.start(t)
	o.wants(o.discord.Admin().Slash(o.discord.General(), "status"), "Everything works")
}

// The newest copy is brought back as it was made.
func TestRestoreLatest(t *testing.T) {
	data, docs := filepath.Join(t.TempDir(), "data"), folder(t)
	if code, _, stderr := at(t, data, docs, "restore", "latest"); code != exitFailure ||
		!strings.Contains(stderr, "there is no copy of the database") {
		t.Errorf("without one: %d %s", code, stderr)
	}
	p, _ := loaded(t, data, docs)
	vote := store.Vote{Server: "a", Answer: "b", Person: "c", Up: true, At: p.vitals.now()}
	_, err := p.store.Vote(t.Context(), vote)
	must(t, err)
	must(t, p.store.Generation(t.Context(), p.vitals.now(), 1))
	vote.Person = "d"
	_, err = p.store.Vote(t.Context(), vote)
	must(t, err)
	must(t, p.Close())
	all, err := store.Generations(data)
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, name := range []string{"latest", all[0].Path} {
		if code, stdout, stderr := at(t, data, docs, "restore", "--replace", name); code != exitOK ||
			!strings.Contains(stdout, "the database into") {
			t.Fatalf("%d %s%s", code, stdout, stderr)
		}
		p, _ := loaded(t, data, docs)
		votes, err := p.store.Votes(t.Context(), "a", vote.At.AddDate(0, 0, -1))
		if err != nil || votes.Up != 1 {
			t.Errorf("%+v, %v", votes, err)
		}
		must(t, p.Close())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// overwrite writes over some pages of a file, in place.
func overwrite(t *testing.T, path string, at int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xa5}, 3*4096), at)
	must(t, err)
	must(t, f.Close())
}
