// Package dispatch has the table of all commands: it checks a call and its caller's rights, runs the command with a
// deadline, and answers for its ending.
package dispatch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"pilcrow/internal/budget"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/commands/answers"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/commands/reading"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/mirror"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/turns"
)

// defaultTimeout ends a command that sets no Timeout of its own.
const defaultTimeout = time.Minute

// Config is what a Table needs.
type Config struct {
	Engine *ask.Engine // of the documents that all servers share
	// Library has the documents of each server; nil: there are only the shared ones.
	Library *library.Library
	Budget  *budget.Budget   // of the process; nil: there is room for everything
	Logger  *slog.Logger     // nil discards; it gets the causes that Public does not show
	Now     func() time.Time // what "last week" goes by; nil is the clock
	// Outside says where questions are sent, for readers: "the model m at example.com"; "" for nowhere.
	Outside string
	// Rewriter makes the questions of a conversation stand alone; nil: the rules alone do.
	Rewriter rag.Rewriter
	// People keeps what people say of answers and what they asked in vain; nil: nothing is kept.
	People *store.Store
	// Notify writes to those who wish to be told of an answer; nil where nobody can be.
	Notify feedback.Notify
	// Turns shares the processors out among those who ask at once; nil: nobody waits.
	Turns *turns.Queue
	// Health says how the program does; nil where nobody knows, as in a terminal.
	Health func() commands.Health
	// Servers are the ids of the servers that have the bot, if that is known; nil where there are none. What other servers
	// have is deleted after store.KeepDeparted.
	Servers func() (ids []string, known bool)
	// Serves tells whether this process serves a server, and for "" direct messages, where several processes serve from
	// one database; nil is for all.
	Serves func(server string) bool
	// Knows reports whether a word, in lower case, is one that people write; nil: nothing is taken for a slip of the
	// keyboard.
	Knows func(word string) bool
	// Overhears says what is done with messages that are not said to the bot.
	Overhears settings.Overhearing
	// Closed tells of all servers that what their admins chose cannot be read, as the database is damaged; nothing is
	// answered there.
	Closed bool
	// Sources are the places elsewhere that the operator's documents follow; nil for none.
	Sources func() []mirror.Source
	// Backups is for how many days copies of what is kept are kept; 0 for none.
	Backups int
}

// A Table holds the commands over the engines. It is safe for use by several goroutines.
type Table struct {
	*access.Control
	paragraphs *paragraph.Table
	excerpts   *excerpt.Finder
	settings   *settings.Table
	admin      *admin.Table
	reading    *reading.Table
	feedback   *feedback.Table
	answers    *answers.Table

	commands []commands.Command
	turns    *turns.Queue // nil: nobody waits
	overseer overseer
	asked    access.PerEdition[[]string] // questions for /help, by the documents
	backups  int                         // days
}

// New makes the table. The engine may still be without documents: commands then say so.
func New(c Config) (*Table, error) {
	if c.Engine == nil {
		return nil, errors.New("commands: no engine")
	}
	now := c.Now
	if now == nil {
		now = time.Now // its differences are by a clock that cannot be set
	}
	control := &access.Control{Engine: c.Engine, Library: c.Library, People: c.People, Now: now, Closed: c.Closed,
		Logger: cmp.Or(c.Logger, slog.New(slog.DiscardHandler)), Outside: c.Outside}
	t := &Table{
		Control:  control,
		excerpts: &excerpt.Finder{Knows: c.Knows},
		settings: &settings.Table{Control: control, Overhears: c.Overhears},
		admin:    &admin.Table{Control: control, Health: c.Health, Sources: c.Sources},
		reading:  reading.New(control, c.Budget), // the first that is asked to give memory back
		backups:  c.Backups,
		turns:    c.Turns,
	}
	t.paragraphs = paragraph.New(control, c.Budget)
	t.feedback = feedback.New(control, t.admin,
		feedback.Config{Notify: c.Notify, Servers: c.Servers, Serves: c.Serves})
	t.answers = answers.New(control, answers.Config{Excerpts: t.excerpts, Reading: t.reading, Feedback: t.feedback,
		Introduce: t.runHelp, Rewriter: c.Rewriter})
	t.commands = []commands.Command{t.answers.Ask(), t.reading.Quote(), t.reading.Timeline(), t.answers.Check(),
		t.reading.Summary(), t.reading.Who(), t.reading.Find(), t.paragraphs.Paragraph(), t.admin.Documents(), t.help(),
		t.privacy(), t.admin.Reload(), t.answers.Withheld()}
	t.commands = slices.Concat(t.commands, t.settings.Commands(), t.admin.Commands(), t.feedback.Commands())
	return t, nil
}

// Commands returns the rows in the order in which they are shown. The slice is the table's own: do not write to it.
func (t *Table) Commands() []commands.Command { return t.commands }

// Lookup finds a command by its name.
func (t *Table) Lookup(name string) (commands.Command, bool) {
	i := slices.IndexFunc(t.commands, func(c commands.Command) bool { return c.Name == name })
	if i < 0 {
		return commands.Command{}, false
	}
	return t.commands[i], true
}

// called is a command as the caller calls it.
func called(in commands.Input, c commands.Command) string {
	name := in.Lang.Typed(c.Name)
	if in.From == commands.Chat && c.Only != commands.Button {
		return "/" + name
	}
	return name
}

// Run checks the input against the command's parameters and the caller's rights, and calls the command with a deadline.
// Nothing of in is kept. What Run returns as an error is shown to a reader through Public only.
func (t *Table) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	c, ok := t.Lookup(name)
	if !ok {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("There is no command “%s”.", commands.Echo(name)))
	}
	return t.run(ctx, c, in)
}

// run is Run for a command that need not be one of the rows.
func (t *Table) run(ctx context.Context, c commands.Command, in commands.Input) (commands.Reply, error) {
	if in = t.Enter(in); c.Admin && !in.Manages {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Only those who manage the server may use %s.", called(in, c)))
	}
	if t.IsClosed(in.Server) && !slices.Contains(access.OpenWhereClosed, c.Name) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("What this server's admins have set cannot be read, so I do " +
			"not know what I " +
			"may show here. " +
			"Those who run me must bring a backup back."))
	}
	if t.Adrift(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("I could not find out which channel this belongs to, and so " +
			"which documents " +
			"it may be answered from. " +
			"Please try again in a minute."))
	}
	args, err := commands.CheckArgs(answers.WithAttached(c, in), in.Args, in.Lang)
	if err != nil {
		return commands.Reply{}, err
	}
	in.Args = args
	limit, wait := cmp.Or(c.Timeout, defaultTimeout), time.Duration(0)
	if t.waits(c) {
		wait = turns.Patience
	}
	if in.From == commands.Terminal { // nobody else waits, and what was read for nothing is gone with the program
		limit = max(limit, access.MakeTimeout)
	}
	ctx, cancel := context.WithTimeout(ctx, wait+limit)
	defer cancel()
	reply, err := t.overseer.run(ctx, func(ctx context.Context) (commands.Reply, error) {
		if t.waits(c) {
			seated, leave, err := t.turns.Enter(ctx, turns.Who{Person: in.Person, Server: in.Server})
			if err != nil {
				return commands.Reply{}, err
			}
			defer leave()
			limited, cancel := context.WithTimeout(seated, limit)
			defer cancel()
			ctx = limited
		}
		if !c.Unread {
			release, err := t.holdAway(ctx, in)
			if err != nil {
				return commands.Reply{}, err
			}
			defer release()
		}
		reply, err := c.Run(ctx, in)
		if err != nil {
			return commands.Reply{}, err
		}
		if e := t.EngineOf(in).Edition(); e != nil { // while it is held
			t.paragraphs.AnchorActions(ctx, reply.Actions, e)
		}
		reply.SayUnsure(in.Lang, reply.Sources)
		return reply, nil
	})
	if err != nil {
		return commands.Reply{}, fmt.Errorf("%s: %w", c.Name, err)
	}
	return reply, nil
}

// waits tells whether the command waits for a processor while others have them: where it computes, and anybody may call
// it. What admins do waits for files and servers.
func (t *Table) waits(c commands.Command) bool { return t.turns != nil && !c.Unread && !c.Admin }

// holdAway has the documents of the server in memory, and keeps no processor from others while they are loaded.
func (t *Table) holdAway(ctx context.Context, in commands.Input) (release func(), err error) {
	if t.Library != nil && t.EngineOf(in).Edition() == nil {
		defer turns.Away(ctx)()
	}
	return t.Hold(ctx, in)
}

// Language is the language of a reply; see settings.
func (t *Table) Language(in commands.Input, private bool) lang.Printer {
	return t.settings.Language(in, private)
}

// Tend looks after what people gave until ctx ends; see feedback.
func (t *Table) Tend(ctx context.Context) { t.feedback.Tend(ctx) }
