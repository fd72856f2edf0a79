package settings

import (
	"cmp"
	"context"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lang"
)

// ThreadsSetting is the setting of a server that says who needs no mention in a thread with the bot: one of the rules
// below; "" for what the operator has chosen.
const ThreadsSetting = "threads"

const ruleParam = "rule"

// The rules for threads, as a transport knows them.
const (
	threadsStrict   = "strict"
	threadsOpener   = "opener"
	threadsEveryone = "everyone"
)

// Overhearing says what a transport does with messages that are not said to the bot.
type Overhearing struct {
	Reads bool   // it gets their text
	Rule  string // of servers without one of their own; "" is opener
}

// threads is what an admin chooses by whom the bot answers without a mention.
func (t *Table) threads() commands.Command {
	return commands.Command{
		Name:    "threads",
		Summary: "Choose who needs no mention in threads where I have answered, or show it",
		Params: []commands.Param{{Name: ruleParam, Summary: "strict: nobody, opener: who opened the thread, everyone: all",
			Type:    commands.Text,
			Choices: []string{automatic, threadsStrict, threadsOpener, threadsEveryone}, MaxRunes: commands.MaxNameRunes}},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Unread:  true,
		Run:     t.runThreads,
	}
}

func (t *Table) runThreads(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	now := l.Setting(in.Server, ThreadsSetting)
	if chosen := in.Args[ruleParam]; chosen != "" {
		if now = chosen; chosen == automatic {
			now = ""
		}
		if err := l.SetSetting(ctx, in.Server, ThreadsSetting, now, access.Caller(in)); err != nil {
			return commands.Reply{}, t.Unchanged(in, err)
		}
	}
	var r commands.Reply
	rule := cmp.Or(now, t.Overhears.Rule, threadsOpener)
	r.Say(commands.Para, threadsText(in.Lang, rule))
	t.sayUnheard(&r, in.Lang, rule != threadsStrict)
	r.JSON = commands.Machine(threadsJSON{rule})
	return r, nil
}

// threadsText says what a rule means.
func threadsText(say lang.Printer, rule string) string {
	switch rule {
	case threadsStrict:
		return say.Text("In threads, too, I answer only who mentions me or replies to me.")
	case threadsEveryone:
		return say.Text("In threads where I have answered, nobody needs to mention me.")
	}
	return say.Text("In threads where I have answered, whoever opened the thread needs not mention me; others do.")
}

type threadsJSON struct {
	Rule string `json:"rule"`
}
