package dispatch

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/settings"
)

// An admin chooses how channels are answered; nobody else does. It is what the transport reads, and goes with the
// server.
func TestChannels(t *testing.T) {
	w := newTown(t)
	admin := as(ann, home)
	admin.Admin = true
	admin.Channels = []string{"11"}
	run := func(args commands.Args, parts ...string) {
		t.Helper()
		w.want(w.run(admin, "channels", args), parts...)
	}
	run(nil, "In no channel")
	run(commands.Args{"rule": settings.AnswerSure, "thread": "true"}, "surely answer", "a thread of its own",
		"Create Public Threads",
		"Discord shows me nothing else")
	run(commands.Args{"rule": settings.AnswerEvery, "channel": "12"}, "every post")
	run(commands.Args{"rule": settings.AnswerMentioned, "channel": "13", "thread": "true"}, "who mentions me")
	run(nil, "every post", "surely answer", "who mentions me")
	kept := func(channel string) settings.Answering {
		return settings.AnsweringIn(w.library.Setting(home, settings.ChannelsSetting), channel)
	}
	for channel, want := range map[string]settings.Answering{"11": {Rule: settings.AnswerSure, Thread: true},
		"12": {Rule: settings.AnswerEvery, Thread: false},
		"13": {Rule: settings.AnswerMentioned, Thread: true}, "1": {}, "": {}} {
		if got := kept(channel); got != want {
			t.Errorf("%q: %v, want %v", channel, got, want)
		}
	}
	run(commands.Args{"rule": settings.AnswerMentioned}, "who mentions me")
	if got := kept("11"); got != (settings.Answering{}) {
		t.Errorf("it is still %v", got)
	}
	history := w.run(admin, "documents history", nil)
	w.want(history, "decided in which channels I answer without a mention")
	if len(history.Blocks[0].Channels)+len(history.Blocks[1].Channels) == 0 {
		t.Error("the history names no channel")
	}
	member := as(ann, home)
	member.Args = commands.Args{"rule": settings.AnswerEvery}
	if _, err := w.Run(t.Context(), "channels", member); err == nil {
		t.Error("a member may choose")
	}
	for n := range 30 - 2 {
		run(commands.Args{"rule": settings.AnswerEvery, "channel": fmt.Sprintf("11%018d", n)},
			"every post") // ids have up to 20 digits
	}
	admin.Args = commands.Args{"rule": settings.AnswerEvery, "channel": "99"}
	if _, err := w.Run(t.Context(), "channels", admin); err == nil || !strings.Contains(err.Error(), "At most 30") {
		t.Errorf("too many: %v", err)
	}
	if err := w.library.Drop(t.Context(), home); err != nil {
		t.Fatal(err)
	}
	if got := kept("12"); got != (settings.Answering{}) {
		t.Errorf("after the server is gone: %v", got)
	}
}
