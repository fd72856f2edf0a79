package gateway

import (
	"errors"
	"fmt"
)

// A Fatal error ends Run: trying again would not help. Its text says what to do.
type Fatal struct{ Text string }

// Error returns the text.
func (f *Fatal) Error() string { return f.Text }

const badToken = "Discord does not accept the token: set DISCORD_TOKEN to the bot's token " +
	"(Developer Portal → your application → Bot → Reset Token)"

// How to go on after the gateway has closed with a code.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
var fatalCodes = map[int]string{
	4004: badToken,
	4010: "Discord says that this shard does not exist (4010): check PILCROW_SHARDS, or set it to auto",
	4012: "Discord no longer speaks Pilcrow's version of its gateway (4012): update Pilcrow",
	4013: "Discord does not know the events that Pilcrow asks for (4013): update Pilcrow",
	4014: "Discord does not allow this application the events that Pilcrow asks for (4014): " +
		"check that the application is enabled in the Developer Portal and, with PILCROW_MESSAGE_CONTENT=on, that its " +
		"Message Content " +
		"Intent is switched on there under Bot",
}

const closeTooFew = 4011 // the bot is in more servers than so many shards may serve

// Codes after which the session cannot be resumed: not identified, wrong sequence, timed out, and the normal ones.
var lostCodes = map[int]bool{1000: true, 1001: true, 4003: true, 4007: true, 4009: true}

// A closed connection is how every connection ends.
type closed struct {
	code   int // that the gateway gave, 0 if it gave none
	reason string
	lost   bool // the session cannot be resumed
	at     bool // it was asked for: reconnect at once
	slow   bool // Discord wants one to five seconds before the next attempt
}

// Error says why.
func (c *closed) Error() string {
	if c.code != 0 {
		return fmt.Sprintf("the gateway closed the connection (%d)", c.code)
	}
	return c.reason
}

// judge turns the code of a close frame into what to do next.
func judge(code int) error {
	if code == closeTooFew {
		return tooFew{}
	}
	if text, ok := fatalCodes[code]; ok {
		return &Fatal{text}
	}
	return &closed{code: code, lost: lostCodes[code]}
}

func isFatal(err error) bool {
	_, fatal := errors.AsType[*Fatal](err)
	return fatal
}
