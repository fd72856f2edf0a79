package discord

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/offer"
	"pilcrow/internal/discord/render"
)

const (
	privateParam = "private" // the flag of a command that makes its answer visible to the asker alone
	noTextText   = "That message has no text that I could read."
)

// A reader makes calls of what people do with an interaction: it knows the commands that are offered.
type reader struct{ table Table }

// lookup finds a command that is offered here.
func (r reader) lookup(name string) (commands.Command, bool) {
	all := r.table.Commands()
	i := slices.IndexFunc(all, func(c commands.Command) bool { return c.Name == name && c.Only != commands.Terminal })
	if i < 0 {
		return commands.Command{}, false
	}
	return all[i], true
}

func (r reader) offers(name string) bool {
	_, ok := r.lookup(name)
	return ok
}

func (r reader) isPrivate(name string, args commands.Args) bool {
	c, _ := r.lookup(name)
	return c.Private || c.Admin || args[privateParam] == "true"
}

// commanded reads a command into the question. It is false for one on a message in which there is nothing to read.
func (r reader) commanded(at *delivery.Interaction, e event.Interaction, me string, q *question) bool {
	name, options := e.Data.Call()
	q.command = name
	q.input.Args, q.files = e.Data.Arguments(options)
	if e.Data.Type == int(discordgo.MessageApplicationCommand) {
		var ok bool
		if q.command, q.input.Args, ok = r.onMessage(e.Data, me); !ok {
			return false
		}
		at.Private = true
	}
	at.Private = at.Private || r.isPrivate(q.command, q.input.Args)
	if !e.Outside() {
		q.talk = &talk{channel: e.ChannelID, before: e.ID, kind: e.Kind()}
	}
	q.slash, q.counts = true, true
	return true
}

// onMessage makes a call of what somebody chose in the menu of a message. Discord sends its text along, whoever wrote
// it. ok is false where there is none.
func (r reader) onMessage(data event.Data, bot string) (command string, args commands.Args, ok bool) {
	all := r.table.Commands()
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

// filled makes a call of a form that was sent. A field adds what the button's call lacks, and changes nothing of it. ok
// is false for a form that is not ours.
func (r reader) filled(at *delivery.Interaction, e event.Interaction, q *question) (ok bool) {
	id, turn := strings.CutPrefix(e.Data.CustomID, render.TurnMark)
	command, args, ok := render.DecodeCall(id)
	c, offered := r.lookup(command)
	if !ok || !offered {
		return false
	}
	values := e.Data.Filled()
	q.command, q.input.Args = command, maps.Clone(args)
	for _, p := range offer.Asked(c, args) {
		v := strings.TrimSpace(values[p.Name])
		if p.Type == commands.Attachment {
			v, q.files = e.Data.Attached(p.Name, v, q.files)
		}
		if v != "" {
			q.input.Args[p.Name] = v
		}
	}
	q.turns, q.counts = turn && mayTurn(e), command == askCommand
	if q.turns {
		at.Turn = e.Message
	}
	alone := e.Message != nil && e.Message.Flags&render.FlagEphemeral != 0
	at.Private = !q.turns && (alone || r.isPrivate(command, q.input.Args))
	return true
}

// suggestions are what may be meant by what somebody types; none where nothing is offered. It may panic as commands do.
func (r reader) suggestions(ctx context.Context, data event.Data, input commands.Input) []string {
	name, options := data.Call()
	at := slices.IndexFunc(options, func(o event.Option) bool { return o.Focused })
	var typed string
	if at < 0 || json.Unmarshal(options[at].Value, &typed) != nil || !r.offers(name) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, settle)
	defer cancel()
	input.Args, _ = data.Arguments(slices.Delete(slices.Clone(options), at, at+1))
	return r.table.Complete(ctx, name, options[at].Name, input, typed)
}
