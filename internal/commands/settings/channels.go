package settings

import (
	"context"
	"slices"
	"strings"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lang"
)

// ChannelsSetting is the setting of a server that says which of its channels are answered how; see AnsweringIn.
const ChannelsSetting = "channels"

// The rules by which the posts of a channel are answered.
const (
	AnswerEvery     = "every"     // each of them
	AnswerSure      = "sure"      // a question that the documents surely answer
	AnswerMentioned = "mentioned" // where the bot is mentioned or replied to, as in all other channels
)

const (
	threadParam = "thread"
	maxAnswered = 30 // channels of a server, which fit in a setting
	withThread  = "+thread"
)

// An Answering says how a channel is answered. The zero Answering is that of channels that nobody chose anything for.
type Answering struct {
	Rule   string // "" is AnswerMentioned
	Thread bool   // each question gets a thread of its own
}

// AnsweringIn reads how a channel is answered from the setting of its server: "1234=sure+thread 5678=every".
func AnsweringIn(setting, channel string) Answering {
	for entry := range strings.FieldsSeq(setting) {
		if id, rule, ok := strings.Cut(entry, "="); ok && id == channel {
			return answering(rule)
		}
	}
	return Answering{}
}

func answering(written string) Answering {
	rule, thread := strings.CutSuffix(written, withThread)
	return Answering{rule, thread}
}

// written is the setting's entry; "" where there is nothing to be kept.
func (a Answering) written(channel string) string {
	switch {
	case a.Thread:
		return channel + "=" + a.Rule + withThread
	case a.Rule == AnswerMentioned:
		return ""
	}
	return channel + "=" + a.Rule
}

// Channels is what an admin chooses by which channels are answered without a mention.
func (t *Table) channels() commands.Command {
	return commands.Command{
		Name:    "channels",
		Summary: "Choose what I answer without a mention in a channel or forum, or show it",
		Params: []commands.Param{
			{Name: ruleParam, Summary: "every: each post, sure: what the documents surely say, mentioned: who mentions me",
				Type: commands.Text, Choices: []string{AnswerEvery, AnswerSure, AnswerMentioned}, MaxRunes: commands.MaxNameRunes},
			{Name: "channel", Summary: "Which channel or thread; this one unless said otherwise", Type: commands.Channel},
			{Name: threadParam, Summary: "A thread of its own for each question", Type: commands.Flag},
		},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Unread:  true,
		Run:     t.runChannels,
	}
}

func (t *Table) runChannels(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	entries := strings.Fields(l.Setting(in.Server, ChannelsSetting))
	place := in.Args["channel"]
	if place == "" && len(in.Channels) > 0 {
		place = in.Channels[0]
	}
	if in.Args[ruleParam] == "" {
		return t.showChannels(in, entries), nil
	}
	chosen := Answering{in.Args[ruleParam], in.Args[threadParam] != ""}
	entries = slices.DeleteFunc(entries, func(e string) bool { return strings.HasPrefix(e, place+"=") })
	if kept := chosen.written(place); kept != "" {
		if len(entries) == maxAnswered {
			return commands.Reply{}, commands.Refuse(in.Lang.Text("At most %d channels can be answered in a way of their own. "+
				"Set one of them "+
				"to “mentioned” first.", maxAnswered))
		}
		entries = append(entries, kept)
	}
	slices.Sort(entries)
	if err := l.SetSetting(ctx, in.Server, ChannelsSetting, strings.Join(entries, " "), access.Caller(in)); err != nil {
		return commands.Reply{}, t.Unchanged(in, err)
	}
	var r commands.Reply
	r.Say(commands.Para, answeringText(in.Lang, chosen))
	SayWhere(&r, place)
	if chosen.Thread {
		r.Say(commands.Small, in.Lang.Text("For that I need the permissions Create Public Threads and Send Messages in "+
			"Threads "+
			"there. Without them I answer in the channel."))
	}
	t.sayUnheard(&r, in.Lang, chosen.Rule != AnswerMentioned)
	r.JSON = commands.Machine(channelsJSON{[]channelJSON{{place, chosen.Rule, chosen.Thread}}})
	return r, nil
}

// showChannels says of each channel how it is answered.
func (t *Table) showChannels(in commands.Input, entries []string) commands.Reply {
	var r commands.Reply
	out, needsText := channelsJSON{[]channelJSON{}}, false
	for _, e := range entries {
		id, rule, _ := strings.Cut(e, "=")
		a := answering(rule)
		r.Say(commands.Item, answeringText(in.Lang, a))
		SayWhere(&r, id)
		needsText = needsText || a.Rule != AnswerMentioned
		out.Channels = append(out.Channels, channelJSON{id, a.Rule, a.Thread})
	}
	if len(entries) == 0 {
		r.Say(commands.Para, in.Lang.Text("In no channel do I answer without a mention. To change that: /channels rule: "+
			"sure "+
			"channel: #CHANNEL"))
	}
	t.sayUnheard(&r, in.Lang, needsText)
	r.Actions = []commands.Action{{Label: in.Lang.Text("Choose a channel"), Command: "channels", Form: true}}
	r.JSON = commands.Machine(out)
	return r
}

// sayUnheard says that the bot does not get the text that it would need.
func (t *Table) sayUnheard(r *commands.Reply, say lang.Printer, needsText bool) {
	if needsText && !t.Overhears.Reads {
		r.Say(commands.Small, say.Text("For now everybody has to mention me or reply to me: Discord shows me nothing else. "+
			"Whoever runs me can change that."))
	}
}

// answeringText says what is answered in a channel that is named behind it.
func answeringText(say lang.Printer, a Answering) string {
	text := say.Text("I answer who mentions me or replies to me:")
	switch a.Rule {
	case AnswerEvery:
		text = say.Text("I answer every post that is no reply to somebody else:")
	case AnswerSure:
		text = say.Text("I answer, without a mention, questions that the documents surely answer, and else keep silent:")
	}
	if a.Thread {
		return say.Text("Each question gets a thread of its own.") + " " + text
	}
	return text
}

type channelJSON struct {
	Channel string `json:"channel"`
	Rule    string `json:"rule"`
	Thread  bool   `json:"thread"`
}

type channelsJSON struct {
	Channels []channelJSON `json:"channels"`
}

// SayWhere shows the channel behind the last block.
func SayWhere(r *commands.Reply, place string) {
	if place != "" {
		last := &r.Blocks[len(r.Blocks)-1]
		last.Channels = append(last.Channels, place)
	}
}
