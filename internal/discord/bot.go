// Package discord carries questions from Discord to the command table and answers back.
//
// It is the bot: what is taken for a question, when it is its turn, and what becomes of it when something fails. What
// it stands on are packages below this one: connections (gateway), requests (rest), limits, what a reply looks like
// (render), what is offered (offer), what is told (event), what is open (journal), messages (channel), what an
// interaction is given back (callback), how an answer arrives (delivery), what was cut off (mend). Of the discordgo
// library they use the shapes of the interface alone. The library's own connection dies of a panic or hangs for ever on
// messages that Discord is free to send, and its requests cannot be interrupted while they wait, so both are written
// here.
//
// The rules that hold throughout: an interaction is acknowledged before anything that can wait; every question gets
// exactly one ending; what is sent is a render.Body, which lets nobody be notified; nothing is logged that could be
// used to act as the bot.
package discord

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discord/mend"
	"pilcrow/internal/discord/offer"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
	"pilcrow/internal/recent"
	"pilcrow/internal/store"
)

// A Table is the part of *commands.Table that a transport calls.
type Table interface {
	Commands() []commands.Command
	Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error)
	May(command string, in commands.Input) bool
	Complete(ctx context.Context, command, param string, in commands.Input, typed string) []string
	Public(err error, p lang.Printer) (text, ref string)
	// Sure tells whether the question of a call, which was put to nobody, is surely answered by the documents.
	Sure(ctx context.Context, in commands.Input) bool
	// Language is the language of the answer; private says that one person alone sees it.
	Language(in commands.Input, private bool) lang.Printer
}

// Config is what a Bot needs.
type Config struct {
	Token  string // the bot's; "Bot " in front is understood
	APIURL string // scheme and host of the REST interface; "" is Discord's. Without TLS on this machine only
	Table  Table
	Limits limits.Rates   // how much may be asked; zero is without limits
	Logger *slog.Logger   // nil discards
	Shards gateway.Shards // that this process serves; zero for all
	Share  bool           // of all shards it serves its share among the processes on Journal
	// Content says that the application has the Message Content intent, which lets the bot read what is not said to
	// it.
	Content bool
	// Threads is the rule of a server; nil is ThreadsOpener for all.
	Threads func(server string) Threads
	// Answered is how a channel of a server is answered; nil is the same everywhere.
	Answered func(server, channel string) settings.Answering
	// Journal keeps which questions are open, so that a crash leaves none without an ending, and which sessions were
	// begun; nil for nowhere.
	Journal *store.Store
	// Permalink is where a source of a reply can be read outside of Discord, "" for nowhere; nil for none.
	Permalink func(server string, r commands.Reply, source article.Passage) string
}

// identity is who the bot is, which READY says.
type identity struct{ user, application string }

// How much is done at once beside answers; ours.
const (
	maxRefusing  = 128 // messages beyond what is answered, whose authors are being told so
	maxRebuffs   = 512 // interactions beyond; each takes three seconds at most
	maxSuggested = 32  // autocompletions
)

// A Bot answers in Discord. It is made by New and run once.
type Bot struct {
	client *rest.Client
	table  Table
	reads  reader
	scout  scout
	worker worker
	logger *slog.Logger
	times  times

	identity atomic.Pointer[identity]
	offered  *offer.Registrar
	closing  atomic.Bool
	seen     seen // events that were taken as said to the bot
	heard    seen // messages that were not
	watches  watches
	limiter  limits.Queue
	writer   *channel.Writer
	rooms    *channel.Rooms
	fleet    *gateway.Fleet
	shared   seen // messages
	pages    *recent.Cache[string, render.Page]
	rates    *limits.Meter
	content  bool
	threads  func(server string) Threads
	answered func(server, channel string) settings.Answering
	parties  *channel.Parties
	since    time.Time // when Run began
	courier  *delivery.Courier

	journal *journal.Journal
	mender  *mend.Mender
	parts   bool // it takes its share of the shards

	answers, refusals, rebuffs, suggesting, chores, glances, mending limits.Crew

	interactions atomic.Int64 // that want an acknowledgment

	beginning   sync.Mutex           // guards what follows: a session of any shard may be the first
	leftOpen    []store.OpenQuestion // by a program before this one
	registering bool
}

// intents are what the bot needs, none of them privileged: mentions and direct messages carry their text without.
// What is not said to the bot comes with its text only if that is asked for, and the application is allowed to.
func intents(content bool) discordgo.Intent {
	needed := discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if content {
		needed |= discordgo.IntentMessageContent
	}
	return needed
}

// New checks the configuration; nothing is sent before Run.
func New(c Config) (*Bot, error) {
	base, err := rest.BaseURL(c.APIURL)
	token := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(c.Token)+" ", "Bot "))
	switch {
	case token == "":
		err = errors.Join(err, errors.New("DISCORD_TOKEN: not set"))
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		err = errors.Join(err, errors.New("DISCORD_TOKEN: holds characters that no token has"))
	}
	if c.Table == nil {
		err = errors.Join(err, errors.New("discord: no command table"))
	}
	if err != nil {
		return nil, err
	}
	logger := cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	var among func() int
	if c.Journal != nil {
		among = c.Journal.Among
	}
	client := rest.New(base, token, logger, among)
	parts := c.Share && c.Shards.Auto() && c.Journal != nil
	kept, err := journal.New(c.Journal, token, logger)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	fleet := gateway.New(gateway.Config{Client: client, Logger: logger, Intents: intents(c.Content), Shards: c.Shards,
		Share: parts,
		Store: c.Journal, Seal: kept.Sealer()})
	me := func() string {
		user, _ := fleet.Me()
		return user
	}
	writer := channel.New(client, me)
	rooms, parties := channel.NewRooms(writer), channel.NewParties(writer)
	courier := delivery.New(delivery.Config{Client: client, Writer: writer, Rooms: rooms, Parties: parties, Me: me,
		Public: c.Table.Public})
	times := defaultTimes
	times.gateway, times.delivery = &fleet.Times, &courier.Times
	b := &Bot{
		client:     client,
		writer:     writer,
		rooms:      rooms,
		parties:    parties,
		courier:    courier,
		table:      c.Table,
		reads:      reader{c.Table},
		scout:      scout{client, writer, rooms, parties, me},
		logger:     logger,
		times:      times,
		fleet:      fleet,
		offered:    offer.NewRegistrar(client, logger, c.Table.Commands),
		pages:      newPages(),
		rates:      limits.NewMeter(c.Limits),
		answers:    limits.Crew{Limit: limits.MaxHeld},
		refusals:   limits.Crew{Limit: maxRefusing},
		rebuffs:    limits.Crew{Limit: maxRebuffs},
		suggesting: limits.Crew{Limit: maxSuggested},
		chores:     limits.Crew{Limit: 1},
		glances:    limits.Crew{Limit: maxGlances},
		mending:    limits.Crew{Limit: 1},
		journal:    kept,
		mender:     mend.New(client, writer, kept, logger, me),
		parts:      parts,
		content:    c.Content,
		threads:    c.Threads,
		answered:   c.Answered,
	}
	sent := uploads{client: client, table: c.Table, files: client.Files(), large: make(chan struct{}, maxLarge)}
	b.worker = worker{client: client, table: c.Table, uploads: sent, offered: b.offered, links: c.Permalink,
		pages: b.pages, times: &b.times}
	return b, nil
}

var errClosing = errors.New("shutting down")

// Run connects and answers until ctx ends; then it refuses new questions, finishes those in hand for up to 20
// seconds, and returns nil. A Fatal error says that it cannot go on and what to do about it.
func (b *Bot) Run(ctx context.Context) error {
	defer b.client.CloseIdle()
	b.since = time.Now()
	if !b.parts { // else that waits until there is a shard, and so a bot; see mendOthers
		b.leftOpen = b.journal.Adopt(ctx)
	}
	send, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	work, hurry := context.WithCancelCause(send)
	defer hurry(nil)
	gateways, endGateways := context.WithCancelCause(send)
	defer endGateways(nil)
	ended := make(chan error, 1)
	go func() { // both ways below wait for it
		ended <- b.fleet.Run(gateways, func(shard gateway.Shard, event gateway.Event) { b.handle(send, work, shard, event) })
	}()
	var beside sync.WaitGroup
	defer func() {
		beside.Wait()
		<-b.mending.Wait() // what it began last
	}()
	beside.Go(func() { b.mendOthers(send) })

	var err error
	select {
	case err = <-ended:
		b.drain(stop, hurry)
	case <-ctx.Done():
		b.logger.Info("shutting down")
		if b.fleet.Cluster() { // what comes from here on is for who goes on with the sessions
			endGateways(gateway.ErrHandOver)
			err = <-ended
			b.drain(stop, hurry)
			break
		}
		b.drain(stop, hurry)
		err = <-ended
		b.idle() // what the gateway's last event began
	}
	if _, fatal := errors.AsType[*gateway.Fatal](err); fatal {
		return err
	}
	return nil
}

// drain waits for what is in hand, tells those who would wait too long, and stops everything in the end.
func (b *Bot) drain(stop context.CancelFunc, hurry context.CancelCauseFunc) {
	b.closing.Store(true)
	soon := time.AfterFunc(b.times.grace-b.times.hurry, func() { hurry(errClosing) })
	defer soon.Stop()
	late := time.AfterFunc(b.times.grace, stop)
	defer late.Stop()
	b.idle()
	stop()
	<-b.suggesting.Wait()
	<-b.chores.Wait()
	<-b.mending.Wait()
}

// idle waits until nobody waits for an answer.
func (b *Bot) idle() {
	<-b.glances.Wait() // they may begin answers
	<-b.answers.Wait()
	<-b.refusals.Wait()
	<-b.rebuffs.Wait()
}

// handle takes an event from a shard. It does not block. send bounds what is sent, work what is computed.
func (b *Bot) handle(send, work context.Context, shard gateway.Shard, event gateway.Event) {
	defer b.client.Contain("panic in a " + event.Type + " event")
	switch event.Type {
	case "READY":
		b.begin(send, shard)
	case "RESUMED":
		b.logger.Info("connected to Discord again, nothing is lost", "shard", shard.String())
	case "GUILD_CREATE", "CHANNEL_CREATE", "THREAD_CREATE":
		b.rooms.Learn(event.Data)
	case "INTERACTION_CREATE":
		b.handleInteraction(send, work, event.Data, event.Retold)
	case "MESSAGE_CREATE":
		b.handleMessage(send, work, event.Data)
	case "MESSAGE_UPDATE":
		b.handleEdit(send, work, event.Data)
	case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK":
		if err := b.watches.handleDeletion(event.Data); err != nil {
			b.client.Log("read a deletion", err)
		}
	}
}

// begin takes the beginning of a shard's session. The commands are registered by the process with the first shard.
func (b *Bot) begin(send context.Context, shard gateway.Shard) {
	me := &identity{}
	me.user, me.application = b.fleet.Me()
	b.identity.Store(me)
	b.logger.Info("connected to Discord", "bot", me.user, "shard", shard.String())
	b.beginning.Lock()
	defer b.beginning.Unlock()
	if !b.registering && shard.ID == 0 {
		b.registering = b.chores.Do(func() {
			defer b.client.Contain("register the commands")
			b.offered.Register(send, me.application)
		})
	}
	if open := b.leftOpen; len(open) > 0 {
		b.leftOpen = nil
		b.mending.Do(func() { b.mender.End(send, open) })
	}
}

// Interactions counts those that came and want an acknowledgment, and those that Discord took one of ours to in time.
func (b *Bot) Interactions() (came, acknowledged int64) {
	acknowledged = b.courier.Acknowledged() // first, so that it is never the larger one
	return b.interactions.Load(), acknowledged
}

// RateLimited counts the requests that Discord answered with 429.
func (b *Bot) RateLimited() int64 { return b.client.Limited() }

// newRef names a question among those of some days.
func newRef() string {
	var random [3]byte
	rand.Read(random[:]) // never fails: https://pkg.go.dev/crypto/rand#Read
	return hex.EncodeToString(random[:])
}
