package offer

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

// theTable is what the program offers.
func theTable(t *testing.T) []commands.Command {
	t.Helper()
	engine, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return nil, errors.ErrUnsupported },
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
	})
	if err != nil {
		t.Fatal(err)
	}
	table, err := dispatch.New(dispatch.Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	return table.Commands()
}

// What the real table has fits into what Discord takes.
func TestTheTableFits(t *testing.T) {
	out, problems := registration(theTable(t))
	if len(problems) > 0 {
		t.Error(problems)
	}
	for _, c := range out {
		if n := c.size(); n > maxCommandRunes*3/4 {
			t.Errorf("%s is described in %d characters; soon it will not fit", c.Name, n)
		}
	}
}

// What comes back from Discord is the same, although it fills in what we leave out.
func TestEssence(t *testing.T) {
	wanted, _ := registration([]commands.Command{
		{Name: "ask", Summary: "Ask a question", Params: []commands.Param{
			{Name: "question", Summary: "The question", Type: commands.Text, Required: true}}},
		{Name: "documents list", Summary: "List the documents", Only: commands.Chat},
		{Name: "documents add", Summary: "Add a document", Admin: true, Params: []commands.Param{
			{Name: "file", Summary: "The file", Type: commands.Attachment},
			{Name: "channel", Summary: "Which channel", Type: commands.Channel},
			{Name: "how", Summary: "How", Type: commands.Text, Choices: []string{"wrong", "other"}}}},
	})
	wanted[0].Descriptions = map[string]string{"de": "Eine Frage stellen"}
	data, err := json.Marshal(wanted)
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	for i, c := range list {
		c["id"], c["version"], c["nsfw"] = json.RawMessage(`"1"`), json.RawMessage(`"2"`), json.RawMessage("false")
		for _, absent := range []string{"options", "name_localizations", "description_localizations"} {
			if c[absent] == nil {
				c[absent] = json.RawMessage("null")
			}
		}
		if i == 0 {
			c["contexts"] = json.RawMessage("[2,0,1]")
		}
	}
	data, _ = json.Marshal(list)
	data = []byte(strings.ReplaceAll(string(data), `"type":1,"name":"add"`,
		`"choices":[],"required":false,"type":1,"name":"add"`))
	var there []wireCommand
	if err := json.Unmarshal(data, &there); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(essence(there), essence(wanted)) {
		t.Errorf("they differ:\n%+v\n%+v", essence(there), essence(wanted))
	}
	for name, change := range map[string]func(c *wireCommand){
		"a translation": func(c *wireCommand) { c.Descriptions = map[string]string{"de": "Etwas fragen"} },
		"a permission":  func(c *wireCommand) { c.Permissions = json.RawMessage(`"32"`) },
		"a place":       func(c *wireCommand) { c.Contexts = []int{0} },
		"an option":     func(c *wireCommand) { c.Options = c.Options[1:] },
	} {
		var again []wireCommand
		if err := json.Unmarshal(data, &again); err != nil {
			t.Fatal(err)
		}
		change(&again[0])
		if reflect.DeepEqual(essence(again), essence(wanted)) {
			t.Errorf("%s makes no difference", name)
		}
	}
}

func TestWhatDiscordWouldRefuse(t *testing.T) {
	var table []commands.Command
	for n := range maxOptions + 1 {
		table = append(table, commands.Command{Name: fmt.Sprint("many c", n), Summary: "One of many", Admin: true})
	}
	large := commands.Command{Name: "large", Summary: "Large"}
	for n := range maxOptions + 1 {
		p := commands.Param{Name: fmt.Sprint("p", n), Summary: "s"}
		for range maxChoices {
			p.Choices = append(p.Choices, strings.Repeat("c", 30))
		}
		large.Params = append(large.Params, p)
	}
	out, problems := registration(append(table, large, commands.Command{Name: "ask", Summary: "Ask"}))
	if len(out) != 2 || len(out[0].Options) != maxOptions || out[0].Description == "" || out[1].Name != "ask" ||
		len(problems) != 3 {
		t.Errorf("%d commands, %v", len(out), problems)
	}
	if got := out[0].Contexts; len(got) != 1 || got[0] != inServers || len(out[0].Installs) != 1 {
		t.Errorf("a command of admins alone is offered in %v, to %v", got, out[0].Installs)
	}
}
