package admin

import (
	"context"
	"slices"
	"strconv"
	"time"

	"pilcrow/internal/budget"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/store"
)

// shortDigest is how many characters of a digest people are shown: enough to tell two editions apart.
const shortDigest = 12

func (t *Table) status() commands.Command {
	return commands.Command{
		Name:    "status",
		Summary: "Say how I do: documents, models, the last reload, the queue, today's tokens",
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Unread:  true,
		Run:     t.runStatus,
	}
}

// runStatus answers while there are no documents, too.
func (t *Table) runStatus(_ context.Context, in commands.Input) (commands.Reply, error) {
	var r commands.Reply
	p, now := in.Lang, t.Now()
	j := statusJSON{Models: []string{}, Degraded: []string{}, Store: []string{}, Shards: []commands.Shard{}}
	var st library.Status
	if t.Library != nil {
		st = t.Library.Status(in.Server)
	} else if edition := t.Engine.Edition(); edition != nil {
		st = library.Status{Documents: len(edition.Corpus.Documents()), Paragraphs: edition.Corpus.Len(),
			Edition:  edition.Corpus.Digest(),
			LoadedAt: edition.LoadedAt}
	}
	sayEdition(&r, p, st, now)
	j.Documents, j.Paragraphs, j.Edition, j.LoadedAt = st.Documents, st.Paragraphs, st.Edition,
		commands.RFC3339(st.LoadedAt)
	var h commands.Health
	if t.Health != nil {
		h = t.Health()
	}
	if st.LastReload.After(h.LastReload) {
		h.LastReload, h.LastReloadTook, h.LastReloadError, h.LastReloadBy = st.LastReload, st.LastReloadTook,
			st.LastReloadError, ""
	}
	sayReload(&r, p, h, now)
	if t.Health != nil {
		sayHealth(&r, p, h)
	}
	sayTroubles(&r, p, st, slices.Concat(failedLines(p, t.failing()), unsureLines(p, corpusOf(t.EngineOf(in)), h)), h)
	j.Models, j.Degraded = append(j.Models, h.Models...), append(j.Degraded, h.Degraded...)
	j.TokensToday, j.TokenBudget, j.Queue, j.LastReloadError = h.TokensToday, h.TokenBudget, h.Queue, h.LastReloadError
	j.Vectors = h.Deposited
	j.Store, j.Shards = append(j.Store, storeKinds(h.Store)...), append(j.Shards, h.Shards...)
	r.JSON = commands.Machine(j)
	return r, nil
}

// storeKinds names what is wrong with the database for machines.
func storeKinds(all []store.Trouble) []string {
	kinds := make([]string, 0, len(all))
	for _, t := range all {
		kinds = append(kinds, t.Kind.String())
	}
	return kinds
}

func sayEdition(r *commands.Reply, p lang.Printer, st library.Status, now time.Time) {
	if st.Edition == "" && !st.Asleep {
		r.Say(commands.Item, p.Text("The documents are still being loaded."))
		return
	}
	r.Say(commands.Item, p.Text("Documents: %d, with %s", st.Documents, p.Text("%d paragraphs", st.Paragraphs)))
	if st.Own+st.Hidden > 0 {
		r.Say(commands.Item, p.Text("Of this server's own: %d; shared ones that are hidden here: %d", st.Own, st.Hidden))
	}
	if st.Asleep {
		r.Say(commands.Item, p.Text("They are not in memory just now, as nobody had asked for a while: the next question "+
			"brings "+
			"them back."))
		return
	}
	r.Say(commands.Item, p.Text("Edition %s, loaded %s (%s)", st.Edition[:min(len(st.Edition), shortDigest)],
		commands.Timestamp(st.LoadedAt),
		commands.Ago(p, now.Sub(st.LoadedAt))))
}

func sayReload(r *commands.Reply, p lang.Printer, h commands.Health, now time.Time) {
	switch {
	case h.LastReload.IsZero():
	case h.LastReloadBy == "":
		r.Say(commands.Item, p.Text("Last reload: %s (%s), in %s", commands.Timestamp(h.LastReload),
			commands.Ago(p, now.Sub(h.LastReload)),
			commands.Took(h.LastReloadTook)))
	default:
		r.Say(commands.Item, p.Text("Last reload: %s (%s), by %s, in %s", commands.Timestamp(h.LastReload),
			commands.Ago(p, now.Sub(h.LastReload)),
			h.LastReloadBy,
			commands.Took(h.LastReloadTook)))
	}
}

func sayHealth(r *commands.Reply, p lang.Printer, h commands.Health) {
	for _, m := range h.Models {
		r.Say(commands.Item, p.Text("Model: %s", m))
	}
	if len(h.Models) == 0 {
		r.Say(commands.Item, p.Text("No model: answers are sentences of the documents"))
	}
	r.Say(commands.Item, p.Text("Questions being answered or waiting: %d", h.Queue))
	if len(h.Shards) > 1 {
		r.Say(commands.Item, p.Text("Connections to Discord: %d of %d", online(h.Shards), len(h.Shards)))
	}
	if h.MemoryLimit > 0 {
		r.Say(commands.Item, p.Text("Memory: %s of %s", budget.Size(h.MemoryUsed), budget.Size(h.MemoryLimit)))
	}
	if h.Deposited != nil && h.Deposited.Vectors > 0 {
		r.Say(commands.Item, depositedLine(p, *h.Deposited))
	}
	if h.TokenBudget > 0 {
		r.Say(commands.Item, p.Text("Tokens today: %d of %d", h.TokensToday, h.TokenBudget))
	} else {
		r.Say(commands.Item, p.Text("Tokens today: %d, without a budget", h.TokensToday))
	}
}

// depositedLine says how vectors are searched that are not in memory.
func depositedLine(p lang.Printer, d commands.Deposited) string {
	switch {
	case !d.Indexed:
		return p.Text("Vectors in the database: %d, compared one by one", d.Vectors)
	case d.Samples == 0:
		return p.Text("Vectors in the database: %d, with an index", d.Vectors)
	}
	return p.Text("Vectors in the database: %d, with an index that finds %s of the ten nearest (%d samples)", d.Vectors,
		strconv.FormatFloat(d.Recall, 'f', 3, 64), d.Samples)
}

// sayTroubles says what is not as it should be, or that all is.
func sayTroubles(r *commands.Reply, p lang.Printer, st library.Status, more []string, h commands.Health) {
	var lines []string
	for _, t := range h.Store {
		lines = append(lines, StoreLine(p, t.Kind)+" ("+commands.Timestamp(t.Since)+")")
	}
	lines = append(lines, shardLines(p, h.Shards)...)
	lines = append(lines, h.Degraded...)
	for _, problem := range st.Problems {
		lines = append(lines, p.Text("A document could not be loaded. %s", commands.Clip(problem, commands.MaxCauseRunes)))
	}
	for _, g := range st.Gone {
		lines = append(lines, p.Text("%s: its page has been gone since %s; the last good copy stays.", g.Slug,
			commands.Timestamp(g.Since)))
	}
	lines = append(lines, more...)
	if h.LastReloadError != "" {
		r.Say(commands.Para, p.Text("The last reload failed, and the documents of before go on answering:"))
		r.Say(commands.Quote, commands.Clip(h.LastReloadError, commands.MaxCauseRunes))
	}
	switch {
	case len(lines) > 0:
		r.Say(commands.Para, p.Text("Not as it should be:"))
	case h.LastReloadError == "" && (st.Edition != "" || st.Asleep):
		r.Say(commands.Para, p.Text("Everything works."))
	}
	for i, line := range lines {
		if i == maxProblems {
			r.Say(commands.Small, p.Text("and %d more", len(lines)-i))
			break
		}
		r.Say(commands.Item, line)
	}
}

func online(all []commands.Shard) (n int) {
	for _, s := range all {
		if s.Connected {
			n++
		}
	}
	return n
}

// shardLines says which connections are missing. Whoever reads it came over one that is there.
func shardLines(p lang.Printer, all []commands.Shard) (lines []string) {
	for _, s := range all {
		switch {
		case s.Connected:
		case s.Since.IsZero():
			lines = append(lines, p.Text("Shard %d is not connected to Discord yet.", s.ID))
		default:
			lines = append(
				lines,
				p.Text("Shard %d is not connected to Discord: its servers get no answers.", s.ID)+" ("+commands.Timestamp(s.Since)+
					")",
			)
		}
	}
	return lines
}

// StoreLine says what is wrong with the database; where it lies is for the log.
func StoreLine(p lang.Printer, k store.Kind) string {
	switch k {
	case store.Damaged:
		return p.Text("My database is damaged: nothing can be kept.")
	case store.Gone:
		return p.Text("My database is not where it was, or another stands there: nothing can be kept.")
	case store.Away:
		return p.Text("My database cannot be reached: nothing can be kept.")
	case store.Shrunk:
		return p.Text("My database became shorter and is being checked: nothing can be kept meanwhile.")
	case store.Full:
		return p.Text("The disk is full: nothing can be kept.")
	case store.Lost:
		return p.Text("When I was started, a part of my database was missing: what was written last may be lost.")
	case store.NoBackup:
		return p.Text("The daily copy of my database could not be made.")
	case store.Low:
		return p.Text("The disk is almost full.")
	default: // store.Unwritable
		return p.Text("My database cannot be written: nothing can be kept.")
	}
}

type statusJSON struct {
	Documents       int              `json:"documents"`
	Paragraphs      int              `json:"paragraphs"`
	Edition         string           `json:"edition"`
	LoadedAt        string           `json:"loaded_at"`
	Models          []string         `json:"models"`
	TokensToday     int              `json:"tokens_today"`
	TokenBudget     int              `json:"token_budget"`
	Queue           int              `json:"queue"`
	LastReloadError string           `json:"last_reload_error"`
	Degraded        []string         `json:"degraded"`
	Shards          []commands.Shard `json:"shards"`
	Store           []string         `json:"store"` // what is wrong with the database: damaged, gone, full …
	// those in the database, where some may be there
	Vectors *commands.Deposited `json:"vectors,omitempty"`
}
