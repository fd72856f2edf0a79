package render

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// listing is a list of so many rows, each with the paragraph that it is from.
func listing(rows int, tones ...commands.Tone) commands.Reply {
	var refs []string
	for n := range rows {
		refs = append(refs, fmt.Sprint("ferry ", n+1))
	}
	r := cited(0, refs...)
	r.Blocks = []commands.Block{{Kind: commands.Para, Text: fmt.Sprint(rows, " rows:")}}
	for n := range rows {
		b := commands.Block{Kind: commands.Quote, Text: fmt.Sprintf("Row %d.", n+1), Row: n + 1,
			Cites: []article.Ref{r.Sources[n].Ref}}
		if n < len(tones) {
			b.Tone = tones[n]
		}
		r.Blocks = append(r.Blocks, b)
		r.Actions[n].Row = n + 1
	}
	return r
}

// sketch draws components in a line each.
func sketch(list []component, indent string) string {
	var out strings.Builder
	for _, c := range list {
		fmt.Fprintf(&out, "%s%d", indent, c.Kind)
		if c.Accent != 0 {
			fmt.Fprintf(&out, " #%06x", c.Accent)
		}
		if c.Content+c.Label != "" {
			fmt.Fprintf(&out, " %s%s", strings.ReplaceAll(c.Content, "\n", "/"), c.Label)
		}
		if c.Accessory != nil {
			out.WriteString(" [" + c.Accessory.Label + "]")
		}
		out.WriteString("\n" + sketch(c.Components, indent+" "))
	}
	return out.String()
}

func TestCards(t *testing.T) {
	next := listing(2)
	next.Actions = append(next.Actions, commands.Action{Label: "Next →", Command: "quote", Turn: true})
	next.Blocks = append(next.Blocks, commands.Block{Kind: commands.Small, Text: "1–2 of 9"})
	several := listing(1)
	several.Sources[0].Ref.Slug, several.Sources[0].Title = "mill", "The mill"
	several.Blocks[1].Cites[0].Slug = "mill"
	several.Blocks[0].Cites = []article.Ref{{Slug: "ferry", N: 7}}
	several.Actions[0].Args["document"], several.Actions[0].Label = "mill", "The mill ¶1"
	acts := listing(1)
	acts.Actions = append(acts.Actions, commands.Action{Label: "1: Dismiss", Short: "Dismiss", Command: "dismiss", Row: 1})
	long := listing(1)
	long.Actions[0].Short = "Who was it that built the ferry?"
	plainReply := cited(1, "ferry 1")
	withFile := listing(1)
	withFile.File = &commands.File{}
	for name, c := range map[string]struct {
		reply commands.Reply
		want  string
	}{
		"a row has its button beside it": {listing(2), "10 2 rows:\n17\n 9 [¶1]\n  10 > Row 1.\n 14\n 9 [¶2]\n  10 > " +
			"Row 2.\n" +
			"10 -# The ferry: ¶1, ¶2\n"},
		"pages are turned below": {next, "10 2 rows:\n17\n 9 [¶1]\n  10 > Row 1.\n 14\n 9 [¶2]\n  10 > Row 2.\n" +
			"10 -# 1–2 of 9/-# The ferry: ¶1, ¶2\n1\n 2 Next →\n"},
		"colors are boxes": {listing(2, commands.Agree, commands.Destroy), "10 2 rows:\n17 #248046\n 9 [¶1]\n  10 > Row " +
			"1.\n" +
			"17 #da373c\n 9 [¶2]\n  10 > Row 2.\n10 -# The ferry: ¶1, ¶2\n"},
		"gray rows that follow each other share a box": {listing(4, commands.Plain, commands.Plain, commands.Agree),
			"10 4 rows:\n17\n 9 [¶1]\n  10 > Row 1.\n 14\n 9 [¶2]\n  10 > Row 2.\n17 #248046\n 9 [¶3]\n  10 > Row 3.\n" +
				"17\n 9 [¶4]\n  10 > Row 4.\n10 -# The ferry: ¶1, ¶2, ¶3, ¶4\n"},
		"a button that leaves the text no room stands below it": {long, "10 1 rows:\n17\n 10 > Row 1.\n 1\n" +
			"  2 Who was it that built the ferry?\n10 -# The ferry: ¶1\n"},
		"the document stands in the text where there are several": {several,
			"10 1 rows: [ferry#7]\n17\n 9 [¶1]\n  10 > Row 1. [The mill ¶1]\n"},
		"several buttons stand below their row": {acts,
			"10 1 rows:\n17\n 10 > Row 1.\n 1\n  2 ¶1\n  2 Dismiss\n10 -# The ferry: ¶1\n"},
		"an answer is plain text": {plainReply, ""},
		"so is what has a file":   {withFile, ""},
		"so is what is too long":  {listing(30), ""},
	} {
		got := strings.ReplaceAll(sketch(Layout{Say: lang.Printer{}}.cards(c.reply, nil), ""), "[ferry ¶7]", "[ferry#7]")
		if got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, c.want)
		}
	}
}

// What fits with lines between the rows has them, what fits without has none, and nothing is more than Discord takes.
func TestCardsFit(t *testing.T) {
	for n := 1; n < 40; n++ {
		for _, tones := range [][]commands.Tone{nil, make([]commands.Tone, n)} {
			for i := range tones {
				tones[i] = commands.Agree
			}
			r := listing(n, tones...)
			if n%3 == 0 {
				r.Blocks[1].Text = strings.Repeat("x", 130*n)
			}
			list := Layout{}.cards(r, nil)
			components, text := sizeOf(list)
			if components > maxComponents-spareOfCards || text > maxDisplay || n < 9 && list == nil {
				t.Errorf("%d rows: %d components, %d characters", n, components, text)
			}
		}
	}
}
