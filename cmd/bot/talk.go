package main

import (
	"cmp"
	"fmt"

	"pilcrow/internal/commands/settings"
	"pilcrow/internal/discord"
)

// threads reads who needs no mention in a thread with the bot.
func threads(bad *problems, text string) discord.Threads {
	switch rule := discord.Threads(text); rule {
	case "":
		return discord.ThreadsOpener
	case discord.ThreadsStrict, discord.ThreadsOpener, discord.ThreadsEveryone:
		return rule
	}
	bad.add(envThreads, fmt.Sprintf("want strict, opener or everyone, got %q", text))
	return discord.ThreadsOpener
}

// threads is the rule of each server: its own, or else the operator's.
func (p *parts) threads(otherwise discord.Threads) func(server string) discord.Threads {
	return func(server string) discord.Threads {
		if p.library == nil {
			return otherwise
		}
		return cmp.Or(discord.Threads(p.library.Setting(server, settings.ThreadsSetting)), otherwise)
	}
}

// answered is how a channel of a server is answered, as its admins chose; what cannot be relied on is no choice.
func (p *parts) answered(server, channel string) settings.Answering {
	if p.library == nil || p.library.Closed(server) {
		return settings.Answering{}
	}
	return settings.AnsweringIn(p.library.Setting(server, settings.ChannelsSetting), channel)
}

// The flags of an application whose bot may read all messages: of one in many servers, and of one in few.
// https://discord.com/developers/docs/resources/application#application-object-application-flags
const (
	flagContent        = 1 << 18
	flagContentLimited = 1 << 19
)

// talk says whom the bot answers in threads, and checks that Discord lets it.
func (c *checkup) talk(a discordApplication) {
	const what = "threads"
	allowed := a.Flags&(flagContent|flagContentLimited) != 0
	switch {
	case c.app.config.content && !allowed:
		c.bad(what, envContent+"=on, but the application may not read messages: switch on Message Content Intent under "+
			"Bot at\n"+
			discordURL+"/developers/applications, or leave the variable out")
	case c.app.config.content:
		c.good(what, fmt.Sprintf("the bot reads all messages; without a mention it answers in its threads by the rule "+
			"%q (%s), "+
			"and in channels\nas /channels says", c.app.config.threads, envThreads))
	default:
		c.none(what, "everybody mentions the bot or replies to it. To let the opener of a thread go on without a mention, "+
			"or for /channels, switch on\n"+
			"Message Content Intent under Bot at "+discordURL+"/developers/applications and set "+envContent+"=on")
	}
}
