package library

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// A Request is a document to be brought in. Empty fields are taken from the document.
type Request struct {
	Address   string       // where to fetch it; or
	File      *intake.File // the file itself
	Title     string
	Published time.Time
	Name      string // what the slug is made of; "" is Title, and else the name of the file or the title of the page
	Replace   string // the slug of the document whose place it takes; "" adds one
}

// A Proposal is a document as it would be. Nothing is written yet.
type Proposal struct {
	ID             string // of letters and digits, short
	Document       article.Document
	Replaces       bool
	Overrides      bool // a shared document of that slug is behind it
	intake.Changes      // paragraphs, of a replacement; of an addition all are Added
	ToEmbed, Known int  // texts: paragraphs, or pieces of those that are too long for the model
	Warnings       []intake.Warning
	Unchanged      bool // a reader would see no difference
}

// The bounds of proposals. A preview is looked at once, soon.
const (
	keepProposal  = 15 * time.Minute
	maxProposals  = 4         // of one server; the oldest goes first
	maxHeldBytes  = 256 << 20 // of all servers
	proposalRunes = 10        // of an id: 50 bits
)

// ErrCrowded says that too many previews are being looked at.
var ErrCrowded = errors.New("too many previews are being looked at just now: try again in a few minutes")

// A pending proposal waits to be confirmed.
type pending struct {
	Proposal
	server string
	by     string
	since  time.Time
	base   store.Sum // of the text that the server had of its own; none: there was nothing
	was    string    // the digest of the document that it was compared with, the server's own or a shared one; "" for none
	made   intake.Made
	hold   *budget.Hold
	as     Request
	seen   time.Time // when the address gave it
}

func (p *pending) size() int { return len(p.made.Text) + len(p.made.Original) }

type proposals struct {
	mu   sync.Mutex
	held []*pending // oldest first
}

// without drops those that fit, and what they hold. The caller holds mu.
func (ps *proposals) without(drop func(p *pending) bool) {
	ps.held = slices.DeleteFunc(ps.held, func(p *pending) bool {
		gone := drop(p)
		if gone {
			p.hold.Release()
		}
		return gone
	})
}

// tidy drops what is too old. The caller holds mu.
func (ps *proposals) tidy(now time.Time) {
	ps.without(func(p *pending) bool { return now.Sub(p.since) > keepProposal })
}

// expire is tidy for who does not hold mu.
func (ps *proposals) expire(now time.Time) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.tidy(now)
}

func (ps *proposals) add(p *pending) error {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.tidy(p.since)
	count, size, oldest := 0, p.size(), -1
	for i, o := range ps.held {
		size += o.size()
		if o.server == p.server {
			if count++; oldest < 0 {
				oldest = i
			}
		}
	}
	if count >= maxProposals {
		size -= ps.held[oldest].size()
	}
	if size > maxHeldBytes {
		return ErrCrowded
	}
	if count >= maxProposals {
		first := ps.held[oldest]
		ps.without(func(p *pending) bool { return p == first })
	}
	ps.held = append(ps.held, p)
	return nil
}

// forget drops what a person proposed.
func (ps *proposals) forget(person string) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.without(func(p *pending) bool { return p.by == person })
}

// drop drops what was proposed in a server.
func (ps *proposals) drop(server string) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.without(func(p *pending) bool { return p.server == server })
}

// take returns a proposal and forgets it; what it holds is the caller's now. One that is somebody else's stays.
func (ps *proposals) take(now time.Time, server, id string, by Who) (*pending, error) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.tidy(now)
	for i, p := range ps.held {
		if p.ID != id || p.server != server {
			continue
		}
		if p.by != by.ID {
			return nil, ErrNotYours
		}
		ps.held = slices.Delete(ps.held, i, i+1)
		return p, nil
	}
	return nil, ErrGone
}

// back keeps a proposal that could not be confirmed just now, so that it can be tried again.
func (ps *proposals) back(p *pending) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.held = append(ps.held, p)
}

// Propose makes a document and says what would become of it. It is kept for a quarter of an hour. Errors are those of
// intake.Reader.Make and of this package; *intake.Refusal with intake.Exists names the slug that is taken.
func (l *Library) Propose(ctx context.Context, server string, r Request, by Who) (Proposal, error) {
	if server == "" {
		return Proposal{}, ErrNoServer
	}
	_, release, err := l.Hold(ctx, server)
	if err != nil {
		return Proposal{}, err
	}
	defer release()
	s := l.server(server)
	q := intake.Request{From: strings.TrimSpace(r.Address), File: r.File, Name: r.Name, Title: strings.TrimSpace(r.Title),
		Published: r.Published}
	if q.Name == "" {
		q.Name = q.Title
	}
	visible, documents, err := l.visible(s)
	if err != nil {
		return Proposal{}, err
	}
	if r.Replace != "" {
		if _, ok := visible.Document(r.Replace); !ok {
			return Proposal{}, ErrNoDocument
		}
		q.Name = r.Replace
	}
	if q.File == nil && !intake.IsAddress(q.From) {
		// What is no address would be read as a path of this machine.
		return Proposal{}, &fetch.Error{URL: "the address", Msg: "want one that begins with https://", Err: fetch.ErrRefused}
	}
	p := &pending{server: server, by: by.ID, since: l.config.Now(), as: r, seen: l.config.Now()}
	p.as.File = nil // it is in p.made
	if p.hold, err = l.room(ctx, makingBytes(q)); err != nil {
		return Proposal{}, err
	}
	kept := false
	defer func() {
		if !kept {
			p.hold.Release()
		}
	}()
	if p.made, err = l.make(ctx, s, q); err != nil {
		return Proposal{}, err
	}
	d := p.made.Document
	p.ID, p.Document, p.Warnings = rand.Text()[:proposalRunes], d, p.made.Warnings
	if err := l.fits(documents, d, p.size()); err != nil {
		return Proposal{}, err
	}
	if o, ok := documents[d.Slug]; ok {
		p.base = o.State.Text
		if r.Replace == "" && o.State.Hidden {
			p.Replaces = true // of a shared document that nobody sees
		}
	}
	if err := l.beside(p, visible); err != nil {
		return Proposal{}, err
	}
	if p.ToEmbed, p.Known, err = l.toEmbed(ctx, s, visible, d); err != nil {
		return Proposal{}, err
	}
	if !p.Unchanged {
		p.hold.Resize(int64(keptFactor * p.size()))
		err = l.proposals.add(p)
		kept = err == nil
	}
	return p.Proposal, err
}

// beside says what the document that was made stands beside: one that it replaces, or a shared one that it hides.
func (l *Library) beside(p *pending, visible *article.Corpus) error {
	d := p.made.Document
	if shared := l.config.Shared.Edition(); shared != nil {
		_, p.Overrides = shared.Corpus.Document(d.Slug)
	}
	old, ok := visible.Document(d.Slug)
	switch {
	case !ok:
		p.Added = len(d.Passages)
	case p.as.Replace == "":
		return &intake.Refusal{Why: intake.Exists, Text: fmt.Sprintf("there is a document %s already", d.Slug), Slug: d.Slug}
	default:
		p.Replaces, p.was = true, old.Digest()
		p.Changes, p.Unchanged = intake.Compare(old, d), p.was == d.Digest()
	}
	return nil
}

// makingBytes is about what making a document takes, in bytes.
func makingBytes(q intake.Request) int64 {
	if q.File == nil {
		return makingFactor * assumedPage
	}
	return makingFactor * int64(len(q.File.Data))
}

// visible is what the server sees, and what it has of its own.
func (l *Library) visible(s *server) (*article.Corpus, map[string]ownDocument, error) {
	edition := l.Engine(s.id).Edition()
	if edition == nil {
		return nil, nil, ask.ErrNotLoaded
	}
	return edition.Corpus, l.ownOf(s), nil
}

// fits holds the server to its bounds, with the document in place of what it has under that slug.
func (l *Library) fits(documents map[string]ownDocument, d article.Document, size int) error {
	count, bytes, passages := 1, int64(size), len(d.Passages)
	for slug, o := range documents {
		if slug != d.Slug && !o.State.Hidden {
			count, bytes, passages = count+1, bytes+o.State.Size, passages+o.State.Paragraphs
		}
	}
	switch {
	case count > MaxDocuments:
		return fmt.Errorf("%w: %d documents", ErrFull, MaxDocuments)
	case bytes > MaxBytes:
		return fmt.Errorf("%w: %d MiB in all", ErrFull, MaxBytes>>20)
	case passages > MaxPassages:
		return fmt.Errorf("%w: %d paragraphs in all", ErrFull, MaxPassages)
	}
	return l.affords(documents, d)
}

// lookedUp is how many vectors are in memory at once, only to be counted.
const lookedUp = 256

// Confirm keeps what was proposed and answers from it. progress, if not nil, is called with the number of texts that
// have vectors. On any error nothing has changed; after ErrBusy, or where the documents could not be embedded, the
// proposal can be confirmed again.
func (l *Library) Confirm(ctx context.Context, server, id string, by Who, progress func(done, total int)) (Change,
	ask.Report, error) {
	p, err := l.proposals.take(l.config.Now(), server, id, by)
	if err != nil {
		return Change{}, ask.Report{}, err
	}
	again := false // it can be confirmed again
	defer func() {
		if again {
			l.proposals.back(p)
		} else {
			p.hold.Release()
		}
	}()
	_, release, err := l.Hold(ctx, server)
	if err != nil {
		again = true
		return Change{}, ask.Report{}, err
	}
	defer release()
	s := l.server(server)
	if err := s.lock(); err != nil {
		again = true
		return Change{}, ask.Report{}, err
	}
	defer s.unlock()
	if err := l.current(ctx, s, true); err != nil {
		again = true
		return Change{}, ask.Report{}, err
	}
	d := p.Document
	visible, documents, err := l.visible(s)
	if err != nil {
		again = true
		return Change{}, ask.Report{}, err
	}
	now := ""
	if there, ok := visible.Document(d.Slug); ok {
		now = there.Digest()
	}
	if documents[d.Slug].State.Text != p.base || now != p.was {
		return Change{}, ask.Report{}, ErrChanged
	}
	if err := l.fits(documents, d, p.size()); err != nil {
		return Change{}, ask.Report{}, err
	}
	e := store.Edit{Server: server, At: l.config.Now(), ByID: by.ID, ByName: by.Name, Action: ActionAdd, Slug: d.Slug,
		Title:    d.Title,
		Undoable: true, Content: content(p.made, p.as.Title, p.as.Published)}
	if p.Replaces {
		e.Action = ActionReplace
	}
	if p.made.From != "" {
		e.Visit = visit(p.made, p.seen)
	}
	change, report, err := l.put(ctx, s, e, &d, progress)
	if err != nil {
		again = !errors.Is(err, ErrChanged)
		return Change{}, report, err
	}
	return newChange(change), report, nil
}

// Cancel forgets a proposal. It returns ErrGone where there is none any more: it may just be confirmed.
func (l *Library) Cancel(server, id string, by Who) error {
	p, err := l.proposals.take(l.config.Now(), server, id, by)
	if err == nil {
		p.hold.Release()
	}
	return err
}
