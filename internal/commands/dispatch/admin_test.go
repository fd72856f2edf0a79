package dispatch

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/commands"
)

func TestHouse(t *testing.T) {
	h := newHouse(t)
	h.note("adding")
	h.do("mia", "documents add", nil, file("harbor.md", harbor))
	h.do("ada", "documents add", nil)
	h.do("ada", "documents add", commands.Args{"address": "harbor.md"})
	h.do("ada", "documents add", commands.Args{"address": "https://example.org/x"}, file("harbor.md", harbor))
	h.do("ada", "documents add", commands.Args{"published": "yesterday"}, file("notes.txt", "A note."))
	h.do("dan", "documents add", nil, file("harbor.md", harbor))
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	h.click("eve", "Confirm")
	h.now = h.now.Add(15*time.Minute + time.Second)
	h.click("ada", "Confirm")
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	confirm := h.last.Actions[0]
	h.press("ada", confirm)
	h.press("ada", confirm)
	h.do("mia", "ask", commands.Args{"question": "When does the harbor freeze?"})
	h.do("eve", "ask", commands.Args{"question": "When does the harbor freeze?"})
	h.do("ada", "documents add", nil, file("harbor.md", strings.Replace(harbor, "ninety", "eighty", 1)))
	h.do("ada", "documents add", commands.Args{"title": "A note"},
		file("x/../../no\u202ete.txt", "See\u200bn and \u200bunseen.\n"))
	h.click("ada", "Cancel")

	h.note("replacing")
	h.do("ada", "documents replace", commands.Args{"document": "harbor"}, file("again.md", harbor))
	h.do("ada", "documents replace", commands.Args{"document": "harbour"}, file("again.md", harbor))
	changed := strings.Replace(strings.Replace(harbor, "ninety meters long", "ninety-five meters long", 1),
		"The harbor freezes in January.\n\n",
		"The harbor freezes in December.\n\nA new crane came in 2023.\n\n", 1)
	h.do("ada", "documents replace", commands.Args{"document": "harbor"}, file("again.md", changed))
	h.embed.broken = true
	confirm = h.last.Actions[0]
	h.press("ada", confirm)
	h.embed.broken = false
	h.press("ada", confirm)

	h.note("looking")
	h.do("mia", "documents list", nil)
	h.do("mia", "documents list", commands.Args{"private": "true"})
	h.do("ada", "documents list", commands.Args{"private": "true"})
	h.do("eve", "documents list", nil)
	h.do("mia", "documents show", commands.Args{"document": "harbor"})
	h.do("ada", "documents show", commands.Args{"document": "harbor"})
	h.do("eve", "documents show", commands.Args{"document": "harbor"})

	h.note("removing and undoing")
	h.do("ada", "documents remove", commands.Args{"document": "harbor"})
	h.click("ada", "Confirm")
	h.do("mia", "ask", commands.Args{"question": "When does the harbor freeze?"})
	undo := h.last
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents undo", nil)
	h.last = undo
	h.do("ada", "documents remove", commands.Args{"document": "ferry"})
	h.click("ada", "Confirm")
	hide := h.last.Actions[0]
	h.do("ada", "documents list", commands.Args{"private": "true"})
	h.click("ada", "Show ferry again")
	h.press("ada", hide)
	h.do("ada", "documents history", nil)
	h.do("eve", "documents history", nil)
	h.compare("house.txt")
}

func TestHouseAddresses(t *testing.T) {
	h := newHouse(t)
	h.do("ada", "documents add", commands.Args{"address": "http://10.1.2.3/secret"})
	h.do("ada", "documents add", commands.Args{"address": h.web})
	h.page = "The Oster Post\n\nThe council meets on Monday."
	h.do("ada", "documents add", commands.Args{"address": h.web, "title": "The Oster Post", "published": "2026-05-01"})
	h.click("ada", "Confirm")
	h.do("ada", "reload", nil)
	h.page = "The Oster Post\n\nThe council meets on Tuesday."
	h.now = h.now.Add(3 * time.Hour)
	h.do("ada", "reload", commands.Args{"document": "the-oster-post"})
	h.page = ""
	h.now = h.now.Add(30 * time.Hour)
	h.do("ada", "reload", nil)
	h.do("ada", "documents show", commands.Args{"document": "the-oster-post"})
	h.do("ada", "status", nil)
	h.do("eve", "status", nil)
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents history", nil)
	h.shared["news.md"] = &fstest.MapFile{Data: []byte("The mayor of Oster resigned.\n")}
	delete(h.shared, "ferry.md")
	h.do("eve", "reload", nil)
	h.shared["paper.pdf"] = &fstest.MapFile{Data: []byte("%PDF-1.7")}
	h.do("eve", "reload", nil)
	h.do("mia", "reload", nil)
	h.do("mia", "status", nil)
	h.compare("addresses.txt")
}

func TestHouseScopes(t *testing.T) {
	h := newHouse(t)
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	h.click("ada", "Confirm")
	h.script.Reset()
	h.do("ada", "documents scope", nil)
	h.do("ada", "documents scope", commands.Args{"documents": "harbor, nowhere"})
	h.do("ada", "documents scope", commands.Args{"documents": " , "})
	h.do("ada", "documents scope", commands.Args{"documents": "harbor", "channel": "501", "server": "true"})
	h.do("ada", "documents scope", commands.Args{"documents": "harbor, The ferry to Oster"})
	h.do("ada", "documents scope", commands.Args{"documents": "lighthouse", "server": "true"})
	h.do("ada", "documents scope", nil)
	h.do("mia", "documents list", nil)
	h.do("ada", "documents list", commands.Args{"private": "true"})
	h.do("mia", "ask", commands.Args{"question": "When was the lighthouse lit for the first time?"})
	h.do("mia", "documents show", commands.Args{"document": "lighthouse"})
	h.do("ada", "documents scope", commands.Args{"documents": "all"})
	h.do("ada", "documents scope", commands.Args{"documents": "all", "server": "true"})
	h.do("ada", "documents undo", nil)
	h.do("ada", "documents scope", nil)
	h.note("roles")
	h.do("rob", "documents undo", nil)
	h.do("ada", "documents role", commands.Args{"role": "900"})
	h.do("rob", "documents undo", nil)
	h.do("rob", "documents role", commands.Args{"role": "901"})
	h.do("rob", "documents role", nil)
	h.do("ada", "documents role", commands.Args{"role": "900"})
	h.do("rob", "documents history", nil)
	h.do("ada", "documents history", nil)
	h.compare("scopes.txt")
	for typed, want := range map[string][]string{
		"":                 {"ferry", "harbor", "lighthouse", "all"},
		"li":               {"lighthouse"},
		"harbor, li":       {"harbor, lighthouse"},
		"harbor,ferry,":    {"harbor,ferry, lighthouse"},
		"harbor, ":         {"harbor, ferry", "harbor, lighthouse"},
		"al":               {"all"},
		"harbor, zeppelin": nil,
	} {
		in := people["ada"]
		if got := h.Complete(t.Context(), "documents scope", "documents", in, typed); !slices.Equal(got, want) {
			t.Errorf("%q offers %q, want %q", typed, got, want)
		}
		if got := h.Complete(t.Context(), "documents scope", "documents", people["mia"], typed); got != nil {
			t.Errorf("a member is offered %q", got)
		}
	}
}

func TestHouseOverShared(t *testing.T) {
	h := newHouse(t)
	h.do("ada", "documents replace", commands.Args{"document": "ferry"},
		file("f.md", "The ferry to Oster carries 50 passengers.\n"))
	h.click("ada", "Confirm")
	h.do("ada", "documents list", commands.Args{"private": "true"})
	h.do("ada", "documents scope", commands.Args{"documents": "ferry", "channel": "501"})
	h.do("ada", "documents remove", commands.Args{"document": "ferry"})
	sure := h.last.Actions[0]
	h.do("ada", "documents replace", commands.Args{"document": "ferry"},
		file("f.md", "The ferry to Oster carries 60 passengers.\n"))
	h.click("ada", "Confirm")
	h.press("ada", sure)
	h.do("ada", "documents remove", commands.Args{"document": "ferry"})
	h.click("ada", "Cancel")
	h.do("ada", "documents remove", commands.Args{"document": "ferry"})
	h.click("ada", "Confirm")
	h.do("mia", "ask", commands.Args{"question": "How many passengers does the ferry carry?"})
	for _, slug := range []string{"ferry", "lighthouse"} {
		h.do("ada", "documents remove", commands.Args{"document": slug})
		h.click("ada", "Confirm")
	}
	h.do("mia", "documents list", nil)
	h.do("ada", "documents list", commands.Args{"private": "true"})
	h.do("ada", "documents unhide", commands.Args{"document": "lighthouse"})
	h.do("ada", "documents unhide", commands.Args{"document": "lighthouse"})
	h.click("ada", "Undo")
	h.do("ada", "documents undo", nil)
	h.compare("shared.txt")
}

func TestHouseErrorsNameNothingOfOurs(t *testing.T) {
	h := newHouse(t)
	h.embed.broken = true
	h.do("ada", "documents add", nil, file("harbor.md", harbor))
	h.click("ada", "Confirm")
	if said := h.script.String(); strings.Contains(said, "10.0.0.7") || !strings.Contains(said, "Not embedded yet: 3.") ||
		!strings.Contains(h.log.String(), "10.0.0.7") {
		t.Errorf("said %s\nlogged %s", said, h.log.String())
	}
}

func TestStatus(t *testing.T) {
	h := newHouse(t)
	health := commands.Health{Models: []string{"m at example.com answers"}, TokensToday: 12_345, TokenBudget: 100_000,
		LastReload:   h.now.Add(-90 * time.Minute),
		LastReloadBy: "folder", LastReloadTook: 1234 * time.Millisecond, Queue: 3}
	h.admin.Health = func() commands.Health { return health }
	h.do("ada", "status", nil)
	health.LastReloadError, health.TokenBudget, health.Models = "harbor.md:3: no text", 0, nil
	health.Degraded = []string{"The model has not answered since 11:40 UTC."}
	h.do("ada", "status", nil)
	h.do("ada", "reload", nil) // later than what the whole program knows of
	h.do("ada", "status", nil)
	h.compare("status.txt")
}

// Who has several connections to Discord is told which of them are missing; who has one would not be told.
func TestStatusOfShards(t *testing.T) {
	h := newHouse(t)
	health := commands.Health{
		Shards: []commands.Shard{{ID: 0, Count: 3, Connected: true, Since: h.now}, {ID: 1, Count: 3, Since: h.now},
			{ID: 2, Count: 3}},
	}
	h.admin.Health = func() commands.Health { return health }
	h.do("ada", "status", nil)
	for _, want := range []string{"Connections to Discord: 1 of 3",
		"Shard 1 is not connected to Discord: its servers get no answers. (2026-",
		"Shard 2 is not connected to Discord yet."} {
		if !strings.Contains(h.script.String(), want) {
			t.Errorf("no %q in\n%s", want, h.script.String())
		}
	}
	h.script.Reset()
	health.Shards = health.Shards[:1]
	h.do("ada", "status", nil)
	if strings.Contains(h.script.String(), "Connections") || !strings.Contains(h.script.String(), "Everything works.") {
		t.Errorf("one connection:\n%s", h.script.String())
	}
}

// Where vectors are in the database, it is said how they are searched, and what is known of what that misses.
func TestStatusOfVectors(t *testing.T) {
	h := newHouse(t)
	var health commands.Health
	h.admin.Health = func() commands.Health { return health }
	for _, c := range []struct {
		deposited *commands.Deposited
		says      string // "" for nothing
		machine   string // "" for nothing
	}{
		{nil, "", ""},
		{&commands.Deposited{}, "", `"vectors":{"vectors":0,"indexed":false,"recall":0,"samples":0,"lost":0}`},
		{&commands.Deposited{Vectors: 12}, "Vectors in the database: 12, compared one by one", `"indexed":false`},
		{&commands.Deposited{Vectors: 12_000, Indexed: true}, "Vectors in the database: 12,000, with an index",
			`"indexed":true`},
		{&commands.Deposited{Vectors: 12_000, Indexed: true, Recall: .985, Samples: 20, Lost: 1},
			"Vectors in the database: 12,000, with an index that finds 0.985 of the ten nearest (20 samples)",
			`"vectors":{"vectors":12000,"indexed":true,"recall":0.985,"samples":20,"lost":1}`},
	} {
		health.Deposited = c.deposited
		h.script.Reset()
		h.do("ada", "status", nil)
		said := h.script.String()
		if !strings.Contains(said, c.says) || (c.says == "") == strings.Contains(said, "Vectors in the database") ||
			strings.HasSuffix(c.says, "an index") && strings.Contains(said, "that finds") {
			t.Errorf("%+v: no %q in\n%s", c.deposited, c.says, said)
		}
		bytes, err := h.last.JSON.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		machine := string(bytes)
		if !strings.Contains(machine, c.machine) || (c.machine == "") == strings.Contains(machine, `"vectors"`) {
			t.Errorf("%+v: no %q in\n%s", c.deposited, c.machine, machine)
		}
	}
}

// While one reload runs, another is told so, and questions are answered.
func TestReloadWhileReloading(t *testing.T) {
	h := newHouse(t)
	h.embed.waiting = make(chan chan struct{})
	h.shared["harbor.md"] = &fstest.MapFile{Data: []byte(harbor)}
	first := make(chan error, 1)
	go func() { // the test waits for it below
		_, err := h.Run(t.Context(), "reload", people["ada"])
		first <- err
	}()
	ended := <-h.embed.waiting
	h.do("ada", "reload", nil)
	h.do("mia", "ask", commands.Args{"question": "When was the lighthouse lit for the first time?"})
	close(ended)
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	h.do("mia", "ask", commands.Args{"question": "When does the harbor freeze?"})
	for _, want := range []string{"! A reload is already running: wait for it to end.", "1871", "January"} {
		if !strings.Contains(h.script.String(), want) {
			t.Errorf("no %q in\n%s", want, h.script.String())
		}
	}
}
