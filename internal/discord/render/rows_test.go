package render

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// cited is an answer that cites paragraphs of documents, each with a button, as "ferry 4".
func cited(sentences int, refs ...string) commands.Reply {
	var r commands.Reply
	for _, written := range refs {
		ref := article.Ref{}
		_, _ = fmt.Sscan(written, &ref.Slug, &ref.N)
		r.Sources = append(r.Sources, article.Passage{Ref: ref, Title: "The " + ref.Slug, Text: "Words of " + written + "."})
	}
	for i := range sentences {
		p := r.Sources[i%len(r.Sources)]
		r.Blocks = append(r.Blocks, commands.Block{Text: fmt.Sprintf("S%d.", i), Cites: []article.Ref{p.Ref}})
	}
	for _, p := range r.Sources {
		r.Actions = append(r.Actions, commands.Action{Label: r.Marks()(p.Ref), Command: paragraphCall,
			Args: commands.Args{"document": p.Ref.Slug, "number": fmt.Sprint(p.Ref.N)}})
	}
	return r
}

// vote is the last two buttons of an answer.
func vote(r commands.Reply) commands.Reply {
	r.Actions = append(r.Actions, commands.Action{Label: "👍", Command: "vote", Apart: true},
		commands.Action{Label: "👎", Command: "vote", Form: true})
	return r
}

// drawn is a page as lines: the text, and its rows.
func drawn(p Page) string {
	out := strings.Join(p.Parts, "\n=====\n")
	for _, row := range p.buttons {
		var labels []string
		for _, c := range row.Components {
			label := c.Label + c.Placeholder
			for _, o := range c.Options {
				label += " (" + o.Label + ": " + o.Description + ")"
			}
			labels = append(labels, "["+label+"]")
		}
		out += "\n" + strings.Join(labels, " ")
	}
	return out
}

func TestRows(t *testing.T) {
	small := func(r commands.Reply, texts ...string) commands.Reply {
		for _, text := range texts {
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Small, Text: text})
		}
		return r
	}
	unnamed := cited(1, "ferry 1")
	unnamed.Actions[0].Label = "1: ¶1"
	untold := cited(2, "ferry 1", "ferry 2")
	untold.Actions = untold.Actions[:1]
	untitled := cited(1, "ferry 1")
	untitled.Sources[0].Title = " "
	led := small(commands.Reply{}, "Question: so?", "Read as: how so?")
	led.Blocks = append(led.Blocks, commands.Block{Kind: commands.Para, Text: "So."})
	for name, c := range map[string]struct {
		reply commands.Reply
		want  string
	}{
		"one row": {vote(cited(1, "ferry 1")), "S0. [¶1]\n[The ferry ¶1] [👍] [👎]"},
		"one marker for two sentences of a paragraph": {cited(2, "ferry 1"), "S0. S1. [¶1]\n[The ferry ¶1]"},
		"a marker each for two paragraphs": {vote(cited(3, "ferry 1", "ferry 2")),
			"S0. [¶1] S1. [¶2] S2. [¶1]\n[The ferry ¶1] [¶2] [👍] [👎]"},
		"two documents": {vote(cited(2, "ferry 1", "mill 2")),
			"S0. [The ferry ¶1] S1. [The mill ¶2]\n[The ferry ¶1] [The mill ¶2] [👍] [👎]"},
		"more than a row": {vote(cited(4, "ferry 1", "ferry 2", "ferry 3", "ferry 4")),
			"S0. [¶1] S1. [¶2] S2. [¶3] S3. [¶4]\n" +
				"[Open a paragraph of “The ferry” (¶1: Words of ferry 1.) (¶2: Words of ferry 2.) (¶3: Words of ferry 3.) " +
				"(¶4: Words of ferry 4.)]\n[👍] [👎]"},
		"more than a row, of two documents": {vote(cited(0, "ferry 1", "mill 2", "ferry 3", "ferry 4")),
			"There is nothing to show.\n" +
				"[Open a paragraph (The ferry ¶1: Words of ferry 1.) (The mill ¶2: Words of mill 2.) " +
				"(The ferry ¶3: Words of ferry 3.) (The ferry ¶4: Words of ferry 4.)]\n[👍] [👎]"},
		"a button that does not name the document": {unnamed, "S0. [¶1]\n-# The ferry: ¶1\n[1: ¶1]"},
		"a paragraph without a button":             {untold, "S0. [¶1] S1. [¶2]\n-# The ferry: ¶1, ¶2\n[¶1]"},
		"no title":                                 {untitled, "S0. [¶1]\n[¶1]"},
		"notes share a line": {small(cited(1, "ferry 1"), "One.", "Two."),
			"S0. [¶1]\n-# One. · Two.\n[The ferry ¶1]"},
		"notes that would be a long line": {small(cited(1, "ferry 1"), strings.Repeat("x", 90), strings.Repeat("y", 90)),
			"S0. [¶1]\n-# " + strings.Repeat("x", 90) + "\n-# " + strings.Repeat("y", 90) + "\n[The ferry ¶1]"},
		"what leads stands by itself": {led, "-# Question: so?\n-# Read as: how so?\nSo."},
	} {
		if got := drawn(Reply(c.reply, false, lang.Printer{})); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, c.want)
		}
	}
}

// A reader who has addresses gets a line with them: the button opens the paragraph here, the address in a browser.
func TestRowsWithAddresses(t *testing.T) {
	link := func(p article.Passage) string { return "https://read.example/" + p.Ref.Slug }
	got := drawn(Layout{Link: link}.render(cited(1, "ferry 1"), false))
	if want := "S0. [¶1]\n-# The ferry: [¶1](<https://read.example/ferry>)\n[¶1]"; got != want {
		t.Errorf("%s\nwant:\n%s", got, want)
	}
}

// What is read back from a message is what was put there: buttons and menus open the same paragraphs, and another kind
// of component costs nothing but itself.
func TestComponentsReadBack(t *testing.T) {
	for _, raw := range []string{
		`[{"type":1,"components":[{"type":2,"custom_id":"paragraph|document=ferry|number=4","style":2,"label":"x"}]}]`,
		`[{"type":1,"components":[{"type":3,"custom_id":"open","options":[
			{"label":"¶4","value":"paragraph|document=ferry|number=4"}]}]}]`,
		`[{"type":17,"components":[{"type":9,"components":[{"type":10,"content":"x"}],
			"accessory":{"type":2,"custom_id":"paragraph|document=ferry|number=4","style":2,"label":"x"}}]}]`,
		`[{"type":99,"odd":[1]},{"type":1,"components":[{"type":98},
			{"type":2,"custom_id":"~paragraph|document=ferry|number=4"}]}]`,
	} {
		if got := fmt.Sprint(Opens([]byte(raw))); got != "[ferry ¶4]" {
			t.Errorf("%s opens %s", raw, got)
		}
		if list := readComponents([]byte(raw)); len(list) != 1 {
			t.Errorf("%s: %d components", raw, len(list))
		}
	}
	for _, raw := range []string{``, `null`, `7`, `[{"type":"x"}]`} {
		if list := readComponents([]byte(raw)); list != nil {
			t.Errorf("%q: %+v", raw, list)
		}
	}
}
