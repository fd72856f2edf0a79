package screen

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/discordtest"
)

func TestRuns(t *testing.T) {
	named := func(string) string { return "#here" }
	for _, c := range []struct {
		text string
		want []run
	}{
		{"", nil},
		{`a \*b\* c`, []run{{text: "a *b* c"}}},
		{`one **two \*x\*** three`, []run{{text: "one "}, {text: "two *x*", bold: true}, {text: " three"}}},
		{`in <#12> now`, []run{{text: "in "}, {text: "#here", mention: true}, {text: " now"}}},
		{`\<#12>`, []run{{text: "<#12>"}}},
		{`** alone`, []run{{text: "** alone"}}},
		{`ends in \`, []run{{text: `ends in \`}}},
	} {
		if got := runs(c.text, named); !slices.Equal(got, c.want) {
			t.Errorf("%q: %+v", c.text, got)
		}
	}
}

func FuzzRuns(f *testing.F) {
	f.Add(`**a** <@1> \* 👍 ·`)
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		for _, r := range runs(text, func(m string) string { return m }) {
			n += len(r.text)
			parts(r.text)
		}
		if n > len(text) {
			t.Errorf("%d bytes of %d", n, len(text))
		}
	})
}

// TestPNG draws one of everything, twice, to the same bytes.
func TestPNG(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	long := strings.Repeat("A long line of words ", 40)
	items := []Item{
		{Who: "Ada", Says: "<@1> " + long},
		{Who: "Ada", Says: strings.Repeat("x", 500), Message: &discordtest.Message{Content: "### A\n> " + long +
			"\n-# b ¶1\n\n- **c** ✓ ✗",
			Flags: discordtest.FlagEphemeral, Attachments: []discordtest.Attachment{{Filename: "a.txt"}},
			Components: []discordtest.Component{{Type: discordtest.ActionRow,
				Components: []discordtest.Component{{Label: "👍"}, {Label: long}}}}}},
		{Form: &discordtest.Modal{Title: "T", Components: []discordtest.Component{{Label: "L",
			Component: &discordtest.Component{Style: 2}}}}},
	}
	var a, b bytes.Buffer
	if err := PNG(&a, items); err != nil {
		t.Fatal(err)
	}
	if err := PNG(&b, items); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("another picture of the same:", err)
	}
	if img, err := png.Decode(&a); err != nil || img.Bounds().Dx() != width || img.Bounds().Dy() < 600 {
		t.Error(err)
	}
	many := slices.Repeat(items, 10)
	if err := PNG(&b, many); err == nil {
		t.Error("a picture higher than a page")
	}
}
