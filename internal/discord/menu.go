package discord

import (
	"slices"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/event"
)

const noTextText = "That message has no text that I could read."

// onMessage makes a call of what somebody chose in the menu of a message. Discord sends its text along, whoever wrote
// it. ok is false where there is none.
func (b *Bot) onMessage(data event.Data, bot string) (command string, args commands.Args, ok bool) {
	all := b.table.Commands()
	i := slices.IndexFunc(all, func(c commands.Command) bool { return c.Menu != "" && c.Menu == data.Name })
	if i < 0 {
		return "", nil, false
	}
	text := event.Readable(event.WithoutMention(data.Resolved.Messages[data.TargetID].Text(), bot))
	p := slices.IndexFunc(all[i].Params, func(p commands.Param) bool { return p.Required && p.Type == commands.Text })
	if text == "" || p < 0 {
		return "", nil, false
	}
	return all[i].Name, commands.Args{all[i].Params[p].Name: text}, true
}
