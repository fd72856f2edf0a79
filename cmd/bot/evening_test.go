package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
)

// A model that has three sentences to say, one of them not true, and takes its time.
const (
	slowDraft = "The lighthouse at Skarvik was lit for the first time in 1871 [1]. It was lit for the last time in " +
		"1999 [1]. " +
		"A storm broke the lantern in 1902, and it took eleven months to repair it [2]. That is all that is said about it " +
		"[2]."
	lie = "1999"
)

// TestStagesOfAModel is what a person sees of an answer that a model writes: what was found, the sentences as they
// pass, the answer.
func TestStagesOfAModel(t *testing.T) {
	discord, model := discordtest.New(t), openaitest.New(t)
	model.Always(openaitest.Reply{Text: slowDraft, Pace: 60 * time.Millisecond})
	serve(t, discord, model, map[string]string{envEmbeddingModel: ""})
	it := discord.User("Ada").Slash(discord.General(), "ask", discordtest.Opt("question", "When was the lighthouse at "+
		"Skarvik first lit, and what did the storm break?"))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := it.WaitUntil(ctx, func(m []discordtest.Message) bool {
		return len(m) > 0 &&
			len(m[0].Components) > 0
	}); err != nil {
		t.Fatal(err, discord.Channel(discord.General()).Unfolded())
	}
	got := discord.Channel(discord.General()).Unfolded()
	rest := got
	for _, part := range []string{ // in this order, whatever else a slow machine shows in between
		"Pilcrow: is thinking…",
		"Pilcrow, for now:", "-# Found these paragraphs, reading them now: [¶1][¶2]", "-# The lighthouse at Skarvik: ¶1, ¶2",
		"Pilcrow, for now:", "| The lighthouse at Skarvik was lit for the first time in 1871. [¶1]",
		"| -# Writing and checking the rest…",
		"Pilcrow to Ada:", "in 1871. [¶1] A storm broke the lantern in 1902, and it took eleven months to repair it. [¶2]",
		"2 sentences were left out",
	} {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Fatalf("no %q behind what was before it:\n%s", part, got)
		}
		rest = after
	}
	if strings.Contains(got, lie) {
		t.Error("a sentence that is not true was shown")
	}
}

// TestEvening is twenty people who ask at once in five channels, by command and by mention, while the model is slow,
// fails or lies.
func TestEvening(t *testing.T) {
	discord, model := discordtest.New(t), openaitest.New(t)
	model.Script(func(r openaitest.Request) openaitest.Reply {
		last := r.Messages[len(r.Messages)-1].Content
		switch {
		case strings.Contains(last, "of the first"):
			return openaitest.Reply{Text: slowDraft, Pace: 40 * time.Millisecond}
		case strings.Contains(last, "of the second"):
			return openaitest.Reply{Fault: openaitest.Failing}
		case strings.Contains(last, "of the third"):
			return openaitest.Reply{Fault: openaitest.AbortedStream, Text: slowDraft}
		}
		return openaitest.Reply{Text: "The lighthouse was built in " + lie + " [1]. It was sold in " + lie +
			" [2]. It fell in " + lie + " [2]."}
	})
	s := serve(t, discord, model, map[string]string{envEmbeddingModel: ""})
	const people, rooms = 20, 5
	var channels []discordtest.ID
	for n := range rooms {
		channels = append(channels, discord.AddChannel(discord.Guild(), fmt.Sprint("room-", n)))
	}
	var used []*discordtest.Interaction
	var mentions []discordtest.ID
	for n := range people {
		who, where := discord.User(fmt.Sprint("Person ", n)), channels[n%rooms]
		ask := "When was the lighthouse at Skarvik first lit, asks one of the " +
			[]string{"first", "second", "third", "fourth"}[n/rooms] + "?"
		if n%2 == 0 {
			used = append(used, who.Slash(where, "ask", discordtest.Opt("question", ask)))
		} else {
			mentions = append(mentions, who.Mention(where, ask))
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	final := func(m discordtest.Message) bool { return strings.Contains(m.Text(), "1871") && len(m.Components) > 0 }
	for _, it := range used {
		if _, err := it.WaitUntil(ctx, func(m []discordtest.Message) bool { return len(m) == 1 && final(m[0]) }); err != nil {
			t.Fatal(err, discord.Transcript())
		}
	}
	for _, id := range mentions {
		asked, _ := discord.Message(id)
		if _, err := discord.WaitMessage(asked.ChannelID, patience, func(m discordtest.Message) bool {
			return m.Author.Bot && m.Reference != nil && m.Reference.MessageID == id && final(m)
		}); err != nil {
			t.Fatal(err, discord.Channel(asked.ChannelID).Unfolded())
		}
	}
	s.stop()
	s.ended <- <-s.ended
	bots := 0
	for _, where := range channels {
		seen := discord.Channel(where).Unfolded()
		if strings.Contains(seen, lie) || strings.Contains(seen, "[1]") {
			t.Errorf("what nobody verified was shown:\n%s", seen)
		}
		for _, m := range discord.Messages(where) {
			if m.Author.Bot {
				bots++
				if !final(m) {
					t.Errorf("no answer in the end: %q", m.Text())
				}
			}
		}
	}
	if bots != people || discord.IgnoredRateLimits() > 0 {
		t.Errorf("%d answers to %d people, %d rate limits ignored", bots, people, discord.IgnoredRateLimits())
	}
}
