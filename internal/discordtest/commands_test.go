package discordtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestCommandRules(t *testing.T) {
	opts := func(list string) string { return `[{"name":"a","description":"d","options":[` + list + `]}]` }
	const option = `{"type":3,"name":"o%d","description":"d"}`
	choices := func(list string) string {
		return opts(`{"type":3,"name":"o","description":"d","choices":[` + list + `]}`)
	}
	for _, c := range []struct {
		name, body string
		good       bool
	}{
		{"small", `[{"name":"frage-ä_1","description":"d"}]`, true},
		{"upper case", `[{"name":"Ask","description":"d"}]`, false},
		{"space", `[{"name":"a b","description":"d"}]`, false},
		{"33 letters", `[{"name":"` + x(33) + `","description":"d"}]`, false},
		{"no description", `[{"name":"a"}]`, false},
		{"101 of description", `[{"name":"a","description":"` + x(101) + `"}]`, false},
		{"twice", `[{"name":"a","description":"d"},{"name":"a","description":"d"}]`, false},
		{"menu", `[{"name":"Check This","type":3}]`, true},
		{"menu with description", `[{"name":"Check This","type":3,"description":"d"}]`, false},
		{"type", `[{"name":"a","type":9,"description":"d"}]`, false},
		{"25 options", opts(repeat(option, 25)), true},
		{"26 options", opts(repeat(option, 26)), false},
		{"same options", opts(repeat(`{"type":3,"name":"o","description":"d"}`, 2)), false},
		{"required last", opts(fmt.Sprintf(option, 1) + `,{"type":3,"name":"r","description":"d","required":true}`), false},
		{"option type", opts(`{"type":12,"name":"o","description":"d"}`), false},
		{"25 choices", choices(repeat(`{"name":"n%d","value":"v%d"}`, 25)), true},
		{"26 choices", choices(repeat(`{"name":"n%d","value":"v%d"}`, 26)), false},
		{"choice name", choices(`{"name":"` + x(101) + `","value":"v"}`), false},
		{"choice value", choices(`{"name":"n","value":"` + x(101) + `"}`), false},
		{"choice type", choices(`{"name":"n","value":1}`), false},
		{"choices and autocomplete",
			opts(`{"type":3,"name":"o","description":"d","autocomplete":true,"choices":[{"name":"n","value":"v"}]}`), false},
		{"autocomplete of a flag", opts(`{"type":5,"name":"o","description":"d","autocomplete":true}`), false},
		{"max_length 6000", opts(`{"type":3,"name":"o","description":"d","max_length":6000}`), true},
		{"max_length 6001", opts(`{"type":3,"name":"o","description":"d","max_length":6001}`), false},
		{"min over max", opts(`{"type":3,"name":"o","description":"d","min_length":5,"max_length":4}`), false},
		{"subcommand", opts(`{"type":1,"name":"s","description":"d","options":[` + fmt.Sprintf(option, 1) + `]}`), true},
		{"group", opts(`{"type":2,"name":"g","description":"d","options":[{"type":1,"name":"s","description":"d"}]}`), true},
		{"group in a group", opts(`{"type":2,"name":"g","description":"d","options":[{"type":2,"name":"g",` +
			`"description":"d"}]}`), false},
		{"subcommand in a subcommand",
			opts(`{"type":1,"name":"s","description":"d","options":[{"type":1,"name":"s","description":"d"}]}`), false},
		{"mixed", opts(`{"type":1,"name":"s","description":"d"},` + fmt.Sprintf(option, 1)), false},
		{"contexts", `[{"name":"a","description":"d","contexts":[0,1,2],"integration_types":[0,1]}]`, true},
		{"no context", `[{"name":"a","description":"d","contexts":[]}]`, false},
		{"unknown context", `[{"name":"a","description":"d","contexts":[3]}]`, false},
		{"way of installing twice", `[{"name":"a","description":"d","integration_types":[1,1]}]`, false},
		{"file", opts(`{"type":11,"name":"f","description":"d"}`), true},
		{"file with choices", opts(`{"type":11,"name":"f","description":"d","choices":[{"name":"n","value":"v"}]}`), false},
		{"channel", opts(`{"type":7,"name":"c","description":"d","channel_types":[0,5,10,11,12,15]}`), true},
		{"unknown channel", opts(`{"type":7,"name":"c","description":"d","channel_types":[9]}`), false},
		{"channel types of a role", opts(`{"type":8,"name":"r","description":"d","channel_types":[0]}`), false},
		{"length of a role", opts(`{"type":8,"name":"r","description":"d","max_length":4}`), false},
		{"least of a text", opts(`{"type":3,"name":"t","description":"d","min_value":1}`), false},
		{"languages", `[{"name":"a","description":"d","name_localizations":{"de":"frage"},` +
			`"description_localizations":{"fr":"Poser"}}]`, true},
		{"unknown language", `[{"name":"a","description":"d","description_localizations":{"ur":"d"}}]`, false},
		{"name of another language", `[{"name":"a","description":"d","name_localizations":{"de":"Eine Frage"}}]`, false},
		{"same name in a language", `[{"name":"a","description":"d","name_localizations":{"de":"x"}},
			{"name":"b","description":"d","name_localizations":{"de":"x","fr":"y"}}]`, false},
		{"same option in a language", opts(`{"type":3,"name":"x","description":"d"},
			{"type":3,"name":"t","description":"d","name_localizations":{"de":"x"}}`), false},
		{"menu of another language", `[{"name":"Check","type":3,"name_localizations":{"de":"Das prüfen"}}]`, true},
		{"option of another language", opts(`{"type":3,"name":"t","description":"d","name_localizations":{"de":"Der Text"}}`),
			false},
		{"8000 characters in one language", opts(repeat(`{"type":3,"name":"o%d","description":"d","choices":[`+
			strings.ReplaceAll(repeat(`{"name":"n","value":"v","name_localizations":{"de":"`+x(90)+`"}}`, 25), "%d", "")+`]}`,
			4)), false},
		{"100 commands", `[` + repeat(`{"name":"a%d","description":"d"}`, 100) + `]`, true},
		{"101 commands", `[` + repeat(`{"name":"a%d","description":"d"}`, 101) + `]`, false},
		{"8000 characters", opts(repeat(`{"type":3,"name":"o%d","description":"d","choices":[`+
			strings.ReplaceAll(repeat(`{"name":"`+x(90)+`","value":"v"}`, 25), "%d", "")+`]}`, 4)), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := New(t)
			a := s.rest(t, "PUT", s.commandsPath(), c.body)
			if c.good {
				a.want(t, 200, 0)
				s.breached(t)
				return
			}
			a.want(t, 400, codeForm)
			if len(s.Breaches()) == 0 || len(s.Commands("")) != 0 {
				t.Errorf("breaches %v, commands %v", s.Breaches(), s.Commands(""))
			}
			s.Forgive(RuleCommand)
		})
	}
}

func TestCommandsKeepTheirIDs(t *testing.T) {
	s := New(t)
	var first, second []Command
	_ = json.Unmarshal([]byte(s.rest(t, "PUT", s.commandsPath(), askCommand).text), &first)
	_ = json.Unmarshal([]byte(s.rest(t, "PUT", s.commandsPath(), askCommand).text), &second)
	if len(first) != 3 || first[0].ID != second[0].ID || first[0].Version == second[0].Version {
		t.Errorf("%+v\n%+v", first, second)
	}
	path := s.commandsPath() + "/" + string(first[0].ID)
	a := s.rest(t, "PATCH", path, `{"description":"Other"}`).want(t, 200, 0)
	if !strings.Contains(a.text, `"Other"`) || !strings.Contains(s.rest(t, "GET", path, "").text, `"Other"`) {
		t.Errorf("changed: %s", a.text)
	}
	s.rest(t, "DELETE", path, "").want(t, 204, 0)
	s.rest(t, "GET", path, "").want(t, 404, codeUnknownCommand)
	s.rest(t, "POST", s.commandsPath(), `{"name":"new","description":"d"}`).want(t, 201, 0)
	s.rest(t, "POST", s.commandsPath(), `{"name":"new","description":"e"}`).want(t, 200, 0)
	guild := "/applications/" + string(s.BotID()) + "/guilds/" + string(s.Guild()) + "/commands"
	s.rest(t, "PUT", guild, `[{"name":"here","description":"d"}]`).want(t, 200, 0)
	if g := s.Commands(s.Guild()); len(g) != 1 || g[0].GuildID != s.Guild() || len(s.Commands("")) != 3 {
		t.Errorf("guild %+v, global %+v", g, s.Commands(""))
	}
	s.rest(t, "PUT", "/applications/1/commands", `[]`).want(t, 403, codeAccess)
	s.rest(t, "PUT", s.commandsPath(), `{}`).want(t, 400, codeBadJSON)
	s.breached(t, RuleJSON)
}

func TestCommandsCreatedInADay(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now})
	put := func(prefix string, n int) answer {
		return s.rest(t, "PUT", s.commandsPath(), `[`+repeat(`{"name":"`+prefix+`%d","description":"d"}`, n)+`]`)
	}
	put("a", 100).want(t, 200, 0)
	put("a", 100).want(t, 200, 0)
	put("b", 100).want(t, 200, 0)
	put("c", 1).want(t, 429, codeTooManyCommands)
	s.breached(t, RuleCommand)
	tick.add(24*time.Hour + time.Second)
	put("c", 1).want(t, 200, 0)
}

func TestSubcommandsAreNested(t *testing.T) {
	s := New(t)
	k, _ := s.login(t, 0)
	s.rest(t, "PUT", s.commandsPath(),
		`[{"name":"docs","description":"d","contexts":[0],"options":[{"type":1,"name":"show","description":"d",
		"options":[{"type":4,"name":"n","description":"d","max_value":9}]}]}]`).want(t, 200, 0)
	ada := s.User("Ada")
	ada.Slash(s.General(), "docs show", Opt("n", "7"))
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if sub := w.Data.Options[0]; sub.Type != optSubcommand || sub.Name != "show" || string(sub.Options[0].Value) != "7" {
		t.Errorf("options %+v", w.Data.Options)
	}
	for _, it := range []*Interaction{
		ada.Slash(s.General(), "docs hide"), ada.Slash(s.General(), "docs show", Opt("n", "10")),
		ada.Slash(ada.Direct(), "docs show"),
	} {
		if it.Err() == nil {
			t.Errorf("%s was sent", it.usage)
		}
	}
}
