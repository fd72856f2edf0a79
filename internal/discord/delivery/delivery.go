// Package delivery brings answers to whoever asked: into an interaction, under a message, into a thread of its own.
//
// A Place is where a question came from. It is told that the question is in hand, may show how the answer comes about
// (Stages), and takes the answer. A Courier does what is more than one place's: an answer that its place does not take
// goes the next way that is open, and whoever asked hears where it went.
//
// What it knows of a question is Asked: neither what is asked nor how it is answered. Everything that is shown is there
// once, however often it had to be sent. A place belongs to one question.
package delivery

import (
	"context"
	"sync/atomic"
	"time"

	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
)

// Config is what a Courier needs.
type Config struct {
	Client  *rest.Client
	Writer  *channel.Writer
	Rooms   *channel.Rooms
	Parties *channel.Parties // are told where an answer opened a thread
	Me      func() string    // the bot's id, which is known when the first question has come
	// Public is what a reader may see of an error.
	Public func(err error, say lang.Printer) (text, ref string)
}

// A Courier delivers answers. It is safe for use by several goroutines.
type Courier struct {
	Times Times

	client  *rest.Client
	writer  *channel.Writer
	rooms   *channel.Rooms
	parties *channel.Parties
	me      func() string
	public  func(err error, say lang.Printer) (text, ref string)

	informed informed // people, of what the bot lacks in a channel
	// threadless has the channels in which a thread was opened and did not take the answer.
	threadless   informed
	acknowledged atomic.Int64
}

// New makes one with the times that Discord asks for.
func New(c Config) *Courier {
	return &Courier{Times: defaultTimes, client: c.Client, writer: c.Writer, rooms: c.Rooms, parties: c.Parties, me: c.Me,
		public: c.Public}
}

// Acknowledged counts the interactions that Discord took a first response to in time.
func (c *Courier) Acknowledged() int64 { return c.acknowledged.Load() }

// Threadless tells whether answers of a channel open no threads for now, as one did not take its answer.
func (c *Courier) Threadless(channel string) bool { return c.threadless.knows(channel, time.Now()) }

// Times are how long things take. Only tests change them.
type Times struct {
	Ack     time.Duration // an interaction must be acknowledged within
	Instant time.Duration // an answer that is there by then is the first response to an interaction
	Typing  time.Duration // between two typing indicators
	First   time.Duration // a message is answered without stages within
	Stage   time.Duration // between two stages of an answer
	Spare   time.Duration // before a stage is tried again that had to make way
	Show    time.Duration // one stage may be on its way
	Linger  time.Duration // an answer waits for a stage on its way
	Settle  time.Duration // after an answer, before it is shown again because a stage was given up
}

var defaultTimes = Times{
	Ack:     2800 * time.Millisecond,
	Instant: 300 * time.Millisecond,
	Typing:  8 * time.Second, // Discord shows it for ten
	First:   time.Second,
	Stage:   time.Second,
	Spare:   200 * time.Millisecond,
	Show:    5 * time.Second,
	Linger:  time.Second,
	Settle:  3 * time.Second,
}

// Asked is what delivery knows of a question.
type Asked struct {
	Place   Place
	Event   string // its id, of which the messages that answer have their nonces
	Ref     string // what the log, and who is told of a failure, call the question
	Who     string // the asker's user id; "" where nobody can be written to
	Server  string // "" in a private conversation
	Channel string // where it was asked; "" where that is not known
	Say     lang.Printer
	Unasked bool // nobody put it: it is answered in its place or not at all, and without stages
}

// A Place is where a question came from and its answer goes: an Interaction or a Message.
type Place interface {
	// Accept tells the asker that the question is in hand; done ends that.
	Accept(ctx context.Context) (done func())
	// finish delivers the one answer to what was accepted.
	finish(ctx context.Context, p render.Page) error
	// refuse delivers a short text instead, without Accept.
	refuse(ctx context.Context, text string) error
}
