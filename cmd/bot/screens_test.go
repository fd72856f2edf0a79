package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/discordtest/screen"
)

const (
	screensDir    = "../../screens"
	screensSums   = "payloads.txt" // beside the pictures: of what each was drawn
	maxScreenSize = 64 << 10       // bytes of a picture, so that the page with all of them loads at once
)

// screens are the pictures of the README: the steps of a scene, of which those behind a "~" are not drawn.
var screens = []struct {
	name  string
	steps []string
}{
	{"ask", []string{"> Ada: @Pilcrow Why did the repair of the lantern take eleven months?", "> Ada clicks [¶2]"}},
	{"ask-not-covered", []string{"> Ada uses /ask question: Who painted the church of Oster?", "> Ada clicks [Tell the " +
		"admins]"}},
	{"quote", []string{"> Ada uses /quote"}},
	{"timeline", []string{"> Ada uses /timeline from: 1850 to: 2019"}},
	{"check", []string{"> Ada uses /check text: The lighthouse was lit for the first time in 1871. The tower is fifty " +
		"meters high. The mayor plays the trumpet."}},
	{"summary-who", []string{"> Ada uses /summary document: lighthouse", "> Bert uses /who name: Ingrid Moen"}},
	{"feedback", []string{"~> Ada uses /ask question: How high is the tower of the lighthouse?", "> Ada clicks [👎]"}},
	{"paragraph", []string{"> Ada uses /paragraph number: 3 document: ferry", "> Bert uses /documents list"}},
	{"documents", []string{"> Grace uses /documents replace document: ferry file: ferry.md", "~> Grace clicks [Confirm]",
		"> Grace uses /documents history"}},
	{"gaps", []string{"~> Ada uses /ask question: Who painted the church of Oster?", "~> Ada clicks [Tell the admins]",
		"~> Ada clicks [Tell me when it is answered]",
		"> Grace uses /gaps", "> Grace clicks [Answer now]"}},
	{"help", []string{"> Ada uses /help"}},
	{"privacy", []string{"> Ada uses /privacy"}},
	{"status", []string{"> Grace uses /reload", "> Grace uses /status"}},
}

// TestScreens plays what the pictures of the README show, and holds it against what they were drawn of: go test
// ./cmd/bot -run TestScreens -update draws them anew.
func TestScreens(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	t.Parallel()
	sums := filepath.Join(screensDir, screensSums)
	data, err := os.ReadFile(sums)
	if err != nil && !*update {
		t.Fatal(err)
	}
	kept := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if sum, name, found := strings.Cut(strings.TrimSpace(line), "  "); found {
			kept[name] = sum
		}
	}
	var now []string
	for _, c := range screens {
		name := c.name + ".png"
		items := screenItems(t, c.steps)
		sum := payloadSum(t, items)
		now = append(now, sum+"  "+name+"\n")
		file := filepath.Join(screensDir, name)
		if *update {
			var b bytes.Buffer
			if err := screen.PNG(&b, items); err != nil {
				t.Fatal(name, err)
			}
			if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		} else if sum != kept[name] {
			t.Errorf("%s was drawn of other payloads: run with -update, and look at it", name)
		}
	}
	if *update {
		slices.Sort(now)
		if err := os.WriteFile(sums, []byte(strings.Join(now, "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range screens {
		checkScreen(t, filepath.Join(screensDir, c.name+".png"))
	}
}

// checkScreen wants a picture that the README shows and that loads fast.
func checkScreen(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(data)); err != nil || len(data) > maxScreenSize {
		t.Errorf("%s: %d bytes, at most %d; %v", file, len(data), maxScreenSize, err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if name := "screens/" + filepath.Base(file); !strings.Contains(string(readme), name) {
		t.Errorf("README.md does not show %s", name)
	}
}

// screenItems plays the steps and gathers what is drawn.
func screenItems(t *testing.T, steps []string) []screen.Item {
	t.Helper()
	files := map[string][]byte{}
	later, err := os.ReadFile("testdata/scenes/folder/ferry.md")
	if err != nil {
		t.Fatal(err)
	}
	files["ferry.md"] = bytes.Replace(later, []byte("eighty crowns"), []byte("ninety crowns"), 1)
	s := &scene{t: t, files: files, env: map[string]string{}, places: map[string]discordtest.ID{},
		said: map[string]discordtest.ID{}}
	s.open()
	defer s.stopped(t)
	seen := map[discordtest.ID]int{}
	var items []screen.Item
	for _, line := range steps {
		line, hidden := strings.CutPrefix(line, "~")
		s.form = nil
		s.step(line)
		fresh := s.fresh(line, seen)
		if !hidden {
			items = append(items, fresh...)
		}
	}
	return items
}

// fresh are the items of a step: what a person said, and what is new on the screen.
func (s *scene) fresh(line string, seen map[discordtest.ID]int) []screen.Item {
	m := stepForm.FindStringSubmatch(strings.TrimPrefix(line, "> "))
	var items []screen.Item
	it := screen.Item{Who: m[1]}
	switch m[4] {
	case ": ":
		items = append(items, screen.Item{Who: m[1], Says: s.mentions(m[5])})
		it.Says = strings.TrimPrefix(m[5], "@Pilcrow ")
	case " uses ":
		command, _ := s.options(m[5])
		it.Uses = command
	}
	for _, message := range s.discord.Messages(s.here) {
		if !message.Author.Bot || len(message.Edits) == seen[message.ID] {
			continue
		}
		seen[message.ID] = len(message.Edits)
		message.Content, message.Components = lifelike.Replace(stable(message.Content)), alive(message.Components)
		shown := it
		shown.Message = &message
		items = append(items, shown)
	}
	if s.form != nil && s.form.Modal() != nil {
		items = append(items, screen.Item{Who: m[1], Form: s.form.Modal()})
	}
	return items
}

// lifelike puts what could stand there for the signs of stable.
var lifelike = strings.NewReplacer("DAY HH:MM", "2026-01-15 12:00", "DAY", "2026-01-15", "TODAY", "2026-01-15",
	"in N ms", "in 12 ms",
	"N minutes ago", "4 minutes ago", "Edition XXXX", "Edition 891e8d52ab", "N minutes", "4 minutes")

// alive are components with what could stand there for what is different each time.
func alive(list []discordtest.Component) []discordtest.Component {
	out := slices.Clone(list)
	for i := range out {
		out[i].Content, out[i].Components = lifelike.Replace(stable(out[i].Content)), alive(out[i].Components)
	}
	return out
}

// labelsOf are the rows of buttons, and what components of version 2 say and look like.
func labelsOf(list []discordtest.Component) (out []string) {
	for _, c := range list {
		out = append(out, "")
		if c.Type != discordtest.ActionRow {
			out = append(out, fmt.Sprint(c.Type, " ", c.Content))
		}
		if c.AccentColor != nil {
			out = append(out, fmt.Sprint(*c.AccentColor))
		}
		if c.Accessory != nil {
			out = append(out, c.Accessory.Label)
		}
		for _, b := range c.Components {
			if b.Type == discordtest.Button {
				out = append(out, b.Label)
				continue
			}
			out = append(out, labelsOf([]discordtest.Component{b})...)
		}
	}
	return out
}

// payloadSum is a digest of all that is drawn, but for what is different each time.
func payloadSum(t *testing.T, items []screen.Item) string {
	t.Helper()
	type payload struct {
		Who, Says, Uses, Content string
		Ephemeral                bool
		Labels, Files            []string
		Form                     *discordtest.Modal
	}
	var list []payload
	for _, it := range items {
		p := payload{Who: it.Who, Uses: it.Uses}
		if it.Form != nil {
			form := *it.Form
			form.CustomID = ""
			p.Form = &form
		}
		if m := it.Message; m != nil {
			p.Content, p.Ephemeral = m.Content, m.Ephemeral()
			p.Labels = labelsOf(m.Components)
			for _, a := range m.Attachments {
				p.Files = append(p.Files, a.Filename)
			}
		}
		list = append(list, p)
	}
	data, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(data))
}
