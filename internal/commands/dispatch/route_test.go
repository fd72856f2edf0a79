package dispatch

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/followup"
)

// newReader is a table over the files whose words are the only ones that anybody writes, but for some.
func newReader(t *testing.T, files map[string]string, known ...string) *Table {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	table := newTable(t, folder)
	table.excerpts.Knows = func(word string) bool { return slices.Contains(known, word) }
	return table
}

const harborNews = `---
title: Pilots of Havn stop work
author: Jon Rask
source: Havn Gazette
url: https://example.org/pilots
published: 2023-05-04
---

The pilots of Havn stopped work on 2 May 2023. "The tug is unsafe. The engine will fail before winter," said Ada
Moe, who leads the pilots.

Port director Karl Bru called the strike "a bad joke." He said that the tug would be mended in June.

## Conditions of the pilots

- A new tug
- Two people on each watch

## May I still sail?

Boats under ten meters may leave the harbor without a pilot. The Harbor Safety Board (HSB) must be told.
`

// TestAskRoutes asks for what the commands show, as people do.
func TestAskRoutes(t *testing.T) {
	table := newReader(t, map[string]string{"news.md": harborNews})
	for _, tt := range []struct{ ask, want, route string }{
		{"who wrote this?", "“Pilots of Havn stop work” is by Jon Rask.", "metadata"},
		{"wer hat das geschrieben", "is by Jon Rask", "metadata"},
		{"when was the article published", "was published on 4 May 2023", "metadata"},
		{"what is the source", "Havn Gazette, https://example.org/pilots", "metadata"},
		{"what's the link?", "https://example.org/pilots", "metadata"},
		{"whats the title", "It is called “Pilots of Havn stop work”.", "metadata"},
		{"how long is the article", "minute", "metadata"},
		{"tldr", "The pilots of Havn stopped work on 2 May 2023.", "summary"},
		{"de quoi parle cet article ?", "The pilots of Havn stopped work", "summary"},
		{"list everyone quoted", "Ada Moe", "people"},
		{"who is mentioned", "Karl Bru", "people"},
		{"how many people are quoted?", "2 people are quoted:", "counting"},
		{"how often is the tug mentioned", "3 times, in 3 paragraphs", "counting"},
		{"what did ada moe say about the engine", `said Ada Moe`, "quotation"},
		{"give me a timeline", "2 May 2023", "timeline"},
		{"what documents do you have", "Pilots of Havn stop work", "documents"},
		{"do you know anything about boats?", "Boats under ten meters", "documents"},
		{"what does HSB stand for?", "The Harbor Safety Board (HSB) must be told.", "definition"},
		{"thx!", "You are welcome.", "smalltalk"},
		{"what are the conditions of the pilots?", "A new tug", "section"},
		{"can i still sail?", "Boats under ten meters may leave the harbor without a pilot.", "section"},
	} {
		r := run(t, table, "ask", commands.Input{Args: commands.Args{"question": tt.ask}})
		if got := text(r); !strings.Contains(got, tt.want) {
			t.Errorf("%q: no %q in\n%s", tt.ask, tt.want, got)
		}
		if line, err := r.JSON.MarshalJSON(); err != nil || !strings.Contains(string(line), `"route":"`+tt.route+`"`) {
			t.Errorf("%q: not read as %s: %s %v", tt.ask, tt.route, line, err)
		}
	}
}

// TestAskNotRouted holds near misses: what stands in the text is asked of the text.
func TestAskNotRouted(t *testing.T) {
	table := newReader(t, map[string]string{"book.md": "# The bell\n\nEdda Moll wrote the novel in 1926. It was " +
		"published by Hale in Dunmore.\n\n" +
		"The novel has 412 pages. Its source is a song of the fishermen.\n"})
	for ask, want := range map[string]string{
		"who wrote the novel":            "Edda Moll",
		"who published the novel?":       "Hale",
		"how many pages has the novel?":  "412",
		"what is the source of the bell": "", // whatever it says, it is no field
	} {
		r := run(t, table, "ask", commands.Input{Args: commands.Args{"question": ask}})
		line, _ := r.JSON.MarshalJSON()
		if !strings.Contains(string(line), want) || strings.Contains(string(line), `"route":"metadata"`) {
			t.Errorf("%q: %s", ask, line)
		}
	}
}

// TestAskMetadataOfConversation takes the document that the conversation is at, of several.
func TestAskMetadataOfConversation(t *testing.T) {
	table := newReader(t, map[string]string{"news.md": harborNews, "toad.md": "---\ntitle: The toad\nauthor: Ina " +
		"Lund\n---\n\nThe toad eats flies.\n"})
	in := commands.Input{Args: commands.Args{"question": "who is the author?"}}
	if got := text(run(t, table, "ask", in)); !strings.Contains(got, "Jon Rask") || !strings.Contains(got, "Ina Lund") {
		t.Errorf("of no document:\n%s", got)
	}
	in.Turns = []followup.Turn{{Question: "What does the toad eat?", Answer: "The toad eats flies.",
		Cited: []article.Ref{{Slug: "toad", N: 1}}}}
	if got := text(run(t, table, "ask", in)); strings.Contains(got, "Jon Rask") || !strings.Contains(got, "Ina Lund") {
		t.Errorf("in a conversation about the toad:\n%s", got)
	}
}

// TestAskEverydayWords asks with slips, background, short forms and other spellings.
func TestAskEverydayWords(t *testing.T) {
	table := newReader(t, map[string]string{"tower.md": "# The tower\n\nThe tower is 38 metres tall and was built of " +
		"granite.\n\n" +
		"The lighthouse was automated in 1988, and the keeper left the rock.\n\nThe society has 640 members.\n\n" +
		"Visitors cannot climb the stairs in winter, as they are icy.\n\nEight ferries a day sail to the grey " +
		"rock.\n\nThe accident was at the pier of Tveit.\n"}, "loud", "power")
	for _, tt := range []struct{ ask, want, read string }{
		{"How tall is the towr?", "38 metres", "How tall is the tower?"},
		{"When was the lighthose automated?", "1988", "When was the lighthouse automated?"},
		{"where did the accidnet happen?", "at the pier", "where did the accident happen?"},
		{"how many membres does the society have", "640", "how many members does the society have"},
		{"when was the light house automated?", "1988", "when was the lighthouse automated?"},
		{"how many ferries sail to the gray rock?", "Eight ferries", "how many ferries sail to the grey rock?"},
		{"My daughter is writing an essay. How tall is the tower?", "38 metres", "How tall is the tower?"},
		{"Hello everybody, I was wondering something. When was the lighthouse automated? Thank you so much!", "1988",
			"When was the lighthouse automated?"},
		{"Why can't visitors climb the stairs in winter?", "as they are icy", ""},
		{"why cant visitors climb the stairs in winter", "as they are icy", ""},
		{"how loud is the tower?", "", ""}, // a word that people write is no slip
	} {
		r := run(t, table, "ask", commands.Input{Args: commands.Args{"question": tt.ask}})
		got := text(r)
		if !strings.Contains(got, tt.want) || strings.Contains(got, "It says otherwise") {
			t.Errorf("%q: no %q in\n%s", tt.ask, tt.want, got)
		}
		if read := strings.Contains(got, "Read as: "+tt.read+"\n"); read != (tt.read != "") {
			t.Errorf("%q: want to be read as %q:\n%s", tt.ask, tt.read, got)
		}
	}
}

// TestAskSeveral answers each question of a message, also where one leans on another, and says what it leaves out.
func TestAskSeveral(t *testing.T) {
	table := newReader(t, map[string]string{"lake.md": "# Lake Orrin\n\nLake Orrin is 61 kilometers long.\n\nThe ferry " +
		"Aurora sank in 1904.\n\nEdda Moll wrote a novel.\n"})
	for _, tt := range []struct {
		ask  string
		want []string
	}{
		{"How long is Lake Orrin and when did the Aurora sink?", []string{"61 kilometers", "1904"}},
		{"How long is Lake Orrin? Who wrote a novel?", []string{"61 kilometers", "Edda Moll"}},
		{"1. How long is Lake Orrin?\n2. When did the Aurora sink?\n3. Who wrote a novel?",
			[]string{"61 kilometers", "1904", "Edda Moll"}},
		{strings.Repeat("- How long is Lake Orrin?\n", 7), []string{"2 more questions were left out"}},
	} {
		got := text(run(t, table, "ask", commands.Input{Args: commands.Args{"question": tt.ask}}))
		for _, w := range tt.want {
			if !strings.Contains(got, w) {
				t.Errorf("%q: no %q in\n%s", tt.ask, w, got)
			}
		}
	}
}

// TestInItsVoice shows pieces of quotations with their marks and speaker, however they are cut and printed.
func TestInItsVoice(t *testing.T) {
	table := newReader(t, map[string]string{
		"a.md": "\"The pump is old. The pump will fail in May. Nobody on the board cares,\" said Ann Lee, a diver.\n\n" +
			"\"The crane is unsafe,\" said Tor Vik. \"It was never tested. The owner is a liar.\"\n\n" +
			"“Der Kran fällt um. The bridge will fall in June,” said Ida Berg.\n\n" +
			"Abdul Basit is an expert. He said that the dispute would spoil the ties.\n\nThe dam was built in 1931.\n",
	})
	for ask, want := range map[string]string{
		"When will the pump fail?":         `"The pump will fail in May." (Ann Lee)`,
		"Who is a liar?":                   `"The owner is a liar." (Tor Vik)`,
		"When will the bridge fall?":       `“The bridge will fall in June,” said Ida Berg.`,
		"What would the dispute spoil?":    `He (Abdul Basit) said that the dispute would spoil the ties.`,
		"When was the dam built?":          "The dam was built in 1931. [",
		"Who on the board cares about it?": `"Nobody on the board cares," said Ann Lee, a diver.`,
	} {
		if got := text(run(t, table, "ask", commands.Input{Args: commands.Args{"question": ask}})); !strings.Contains(got,
			want) {
			t.Errorf("%q: no %q in\n%s", ask, want, got)
		}
	}
}
