package event

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// What people write holds markup of Discord's that its client turns into something else: a mention is a number in
// brackets. A question is read as people see it, without numbers that name somebody.

const (
	somebody    = "@somebody" // another person or a role: their names are nobody's business here
	someChannel = "#channel"
)

var (
	codeBlock   = regexp.MustCompile("(?s)```(?:[A-Za-z0-9+#._-]*\n)?(.*?)```")
	codeSpan    = regexp.MustCompile("(?s)``(.+?)``|`([^`]+)`")
	spoiler     = regexp.MustCompile(`(?s)\|\|(.+?)\|\|`)
	emoji       = regexp.MustCompile(`<a?:(\w{1,64}):\d+>`)
	people      = regexp.MustCompile(`<@[!&]?\d+>`)
	channels    = regexp.MustCompile(`<#\d+>|<id:[a-z-]{1,32}>`)
	slash       = regexp.MustCompile(`<(/[^<>:]{1,100}):\d+>`)
	timestamp   = regexp.MustCompile(`<t:(-?\d{1,14})(?::([A-Za-z]))?>`)
	quietLink   = regexp.MustCompile(`<(https?://[^<>\s]+)>`)
	replacement = strings.NewReplacer("||", " ", "```", " ")
)

// Readable writes a person's text as Discord shows it: code and spoilers as their text, a custom emoji by its name, a
// timestamp as its day and time (UTC), others than the bot without their ids.
func Readable(text string) string {
	if !strings.ContainsAny(text, "<`|") {
		return text
	}
	text = codeBlock.ReplaceAllString(text, " $1 ")
	text = codeSpan.ReplaceAllString(text, "$1$2")
	text = spoiler.ReplaceAllString(text, "$1")
	text = replacement.Replace(text) // what was opened and not closed
	text = emoji.ReplaceAllString(text, ":$1:")
	text = slash.ReplaceAllString(text, "$1")
	text = timestamp.ReplaceAllStringFunc(text, readTimestamp)
	text = quietLink.ReplaceAllString(text, "$1")
	text = channels.ReplaceAllString(text, someChannel)
	text = people.ReplaceAllString(text, somebody)
	return strings.TrimSpace(text)
}

// How Discord writes timestamps, by their letter; no letter is f.
// https://discord.com/developers/docs/reference#message-formatting
var timeStyles = map[string]string{
	"t": "15:04", "T": "15:04:05", "d": "2 January 2006", "D": "2 January 2006",
	"": "2 January 2006 15:04", "f": "2 January 2006 15:04", "F": "Monday, 2 January 2006 15:04",
	"R": "2 January 2006 15:04",
	"s": "2 January 2006 15:04", "S": "2 January 2006 15:04:05",
}

func readTimestamp(found string) string {
	m := timestamp.FindStringSubmatch(found)
	seconds, err := strconv.ParseInt(m[1], 10, 64)
	style, known := timeStyles[m[2]]
	at := time.Unix(seconds, 0).UTC()
	if err != nil || !known || at.Year() < 1 || at.Year() > 9999 {
		return ""
	}
	if strings.Contains(style, ":04") {
		style += " UTC"
	}
	return at.Format(style)
}
