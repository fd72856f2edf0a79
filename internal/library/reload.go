package library

import (
	"context"
	"crypto/sha256"
	"errors"
	"maps"
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

// The bounds of asking addresses again.
const (
	askAtOnce  = 4               // addresses
	askTimeout = 3 * time.Minute // for all of them; those that are left are asked the next time
)

// byAddress is the name of who made the changes that were found at addresses: nobody.
const byAddress = "address"

// Gone is an address that gave nothing.
type Gone struct {
	Slug  string
	Since time.Time
	Why   string
}

// Reloaded is what a reload did.
type Reloaded struct {
	Report      ask.Report // of the documents of the server
	Fetched     []string   // slugs whose page had changed
	NotModified int        // pages that had not
	Gone        []Gone     // pages that are there no longer; the last good copy stays
	Failed      []Gone     // pages that could not be had just now, with Since zero
}

type lastReload struct {
	at   time.Time
	took time.Duration
	err  string
}

// Reload asks the addresses of the documents again, of slug alone if it is not "", and reads the shared documents
// again. Those of the server are changed where their page did, which stands in the history; shared ones are written
// anew in their folder, unless somebody edited them there. A second reload of a server at the same time gets
// ask.ErrBusy.
func (l *Library) Reload(ctx context.Context, server, slug string, progress func(done, total int)) (Reloaded, error) {
	s := l.server(server)
	if !s.reloading.TryLock() {
		return Reloaded{}, ask.ErrBusy
	}
	defer s.reloading.Unlock()
	if slug != "" {
		if _, ok := l.About(server, slug); !ok {
			return Reloaded{}, ErrNoDocument
		}
	}
	held, release, err := l.Hold(ctx, server)
	if err != nil {
		return Reloaded{}, err
	}
	defer release()
	before := held.Edition()
	var r Reloaded
	l.ask(ctx, s, slug, &r)
	if ctx.Err() != nil {
		return r, ctx.Err()
	}
	report, err := l.Renew(ctx, progress)
	report.Embedded, report.Reused = report.Embedded+r.Report.Embedded, report.Reused+r.Report.Reused
	if engine := l.Engine(server); engine != l.config.Shared && engine.Edition() != nil {
		edition := engine.Edition()
		report.Changed = before == nil || edition.Corpus.Digest() != before.Corpus.Digest()
		report.Documents, report.Passages = len(edition.Corpus.Documents()), edition.Corpus.Len()
	}
	r.Report = report
	return r, err
}

// Renew reads the shared documents again, and gives every server what is new in them. Addresses are not asked. Two wait
// for each other, so that no change of the folder goes unseen.
func (l *Library) Renew(ctx context.Context, progress func(done, total int)) (ask.Report, error) {
	select {
	case l.reloading <- struct{}{}:
		defer func() { <-l.reloading }()
	case <-ctx.Done():
		return ask.Report{}, ctx.Err()
	}
	return l.renew(ctx, progress)
}

func (l *Library) renew(ctx context.Context, progress func(done, total int)) (ask.Report, error) {
	start, before := l.config.Now(), l.config.Shared.Edition()
	report, err := l.config.Shared.Reload(ctx, progress)
	if after := l.config.Shared.Edition(); after != nil {
		l.noteShared()
		if before != nil && report.Changed {
			l.warnOver(before.Corpus, after.Corpus)
		}
		err = errors.Join(err, l.renewAll(ctx))
	}
	origins := l.readOrigins()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.origins = origins
	l.last = lastReload{at: start, took: l.config.Now().Sub(start)}
	if err != nil {
		l.last.err = err.Error()
	}
	return report, err
}

// warnOver says which documents that are new to all servers stand behind one of a server's own.
func (l *Library) warnOver(before, after *article.Corpus) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, d := range after.Documents() {
		if _, known := before.Document(d.Slug); known {
			continue
		}
		for id, s := range l.servers {
			if o, ok := s.own[d.Slug]; ok && !o.State.Hidden {
				l.config.Logger.Warn("a new shared document is not seen in a server that has one of that name", "document", d.Slug,
					"server", id)
			}
		}
	}
}

func (l *Library) readOrigins() map[string]intake.Origin {
	if l.config.Folder == nil {
		return nil
	}
	return l.config.Folder.Origins()
}

// renewAll brings each server whose documents are in memory to the shared edition of now; others come to it when they
// are loaded. What fails in one server does not keep another, and those whose documents are being changed just now,
// which may take long, come last.
func (l *Library) renewAll(ctx context.Context) error {
	l.mu.RLock()
	ids := slices.Sorted(maps.Keys(l.servers))
	l.mu.RUnlock()
	var busy []*server
	for _, id := range ids {
		s := l.server(id)
		if s.lock() != nil {
			busy = append(busy, s)
			continue
		}
		if err := l.renewInTurn(ctx, s); err != nil {
			return err
		}
	}
	for _, s := range busy {
		if err := s.wait(ctx); err != nil {
			return err
		}
		if err := l.renewInTurn(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// renewInTurn renews a server of which the caller has the turn, and ends it. The error is the context's alone.
func (l *Library) renewInTurn(ctx context.Context, s *server) error {
	defer s.unlock()
	err := l.renewServer(ctx, s)
	if err != nil && ctx.Err() == nil {
		l.config.Logger.Error("the documents of a server could not be renewed; those of before go on answering", "server",
			s.id, "error", err)
	}
	return ctx.Err()
}

// renewServer builds the server's edition anew where there is one, and tries again to embed what could not be. The
// caller has the turn.
func (l *Library) renewServer(ctx context.Context, s *server) error {
	l.mu.RLock()
	own, documents, loaded := maps.Clone(s.own), maps.Clone(s.documents), s.engine != nil
	l.mu.RUnlock()
	if !loaded {
		return nil
	}
	again := false
	for slug, o := range own {
		if errors.Is(o.problem, errNotEmbedded) {
			own[slug] = ownDocument{Document: o.Document}
			again = true
		}
	}
	var room *budget.Hold // none where what changes is the shared documents'
	if again {
		var err error
		size := l.guess(own)
		if room, err = l.room(ctx, size.Kept+size.Passing); err != nil {
			return err
		}
		defer func() { room.Release() }() // what was not settled
		if documents, err = l.read(ctx, s, own, nil); err != nil {
			return err
		}
	}
	_, err := l.swap(ctx, s, own, documents, &room, nil, func() (map[string]ownDocument, error) { return own, nil })
	return err
}

// renewWith builds the first edition of a server, without its own documents if they cannot be embedded: what it does
// not see stays unseen. The caller has the turn.
func (l *Library) renewWith(ctx context.Context, s *server, own map[string]ownDocument,
	documents map[string]article.Document, room **budget.Hold) error {
	same := func() (map[string]ownDocument, error) { return own, nil }
	_, err := l.swap(ctx, s, own, documents, room, nil, same)
	if err == nil || ctx.Err() != nil {
		return err
	}
	l.config.Logger.Error("the documents of a server cannot be embedded; it answers from the shared ones", "server", s.id,
		"error", err)
	for slug := range documents {
		o := own[slug]
		o.problem = errNotEmbedded
		own[slug] = o
	}
	_, err = l.swap(ctx, s, own, nil, room, nil, same)
	return err
}

var errNotEmbedded = errors.New("it could not be embedded; a reload tries again")

// ask asks addresses: the server's own and those of the shared documents.
func (l *Library) ask(ctx context.Context, s *server, slug string, r *Reloaded) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	type job struct {
		slug string
		ask  func() (answer, error)
	}
	var jobs []job
	documents := l.ownOf(s)
	for _, own := range slices.Sorted(maps.Keys(documents)) {
		if documents[own].State.Address != "" && (slug == "" || slug == own) {
			jobs = append(jobs, job{own, func() (answer, error) { return l.askOwn(ctx, s, own) }})
		}
	}
	if l.config.Folder != nil && l.asking.TryLock() { // else somebody is asking them already
		defer l.asking.Unlock()
		for _, shared := range l.config.Folder.Addresses() {
			if _, over := documents[shared]; !over && (slug == "" || slug == shared) {
				jobs = append(jobs, job{shared, func() (answer, error) { return l.askShared(ctx, shared) }})
			}
		}
		l.askSources(ctx, slug, r)
	}
	var mu sync.Mutex // guards r
	var workers sync.WaitGroup
	turns := make(chan struct{}, askAtOnce)
	for _, j := range jobs {
		turns <- struct{}{}
		workers.Go(func() {
			defer func() { <-turns }()
			a, err := j.ask()
			mu.Lock()
			defer mu.Unlock()
			r.Report.Embedded, r.Report.Reused = r.Report.Embedded+a.report.Embedded, r.Report.Reused+a.report.Reused
			switch {
			case err != nil && !a.since.IsZero():
				r.Gone = append(r.Gone, Gone{j.slug, a.since, err.Error()})
			case err != nil:
				r.Failed = append(r.Failed, Gone{Slug: j.slug, Why: err.Error()})
			case a.changed:
				r.Fetched = append(r.Fetched, j.slug)
			case a.asked:
				r.NotModified++
			}
		})
	}
	workers.Wait()
	slices.Sort(r.Fetched)
	slices.SortFunc(r.Gone, bySlug)
	slices.SortFunc(r.Failed, bySlug)
}

func bySlug(a, b Gone) int { return strings.Compare(a.Slug, b.Slug) }

// An answer is what asking an address came to.
type answer struct {
	changed, asked bool
	since          time.Time  // since when the page is gone; zero while it is not
	report         ask.Report // of a change
}

// askShared asks the address of a shared document.
func (l *Library) askShared(ctx context.Context, slug string) (answer, error) {
	visit, err := l.config.Folder.Refresh(ctx, slug)
	a := answer{changed: visit == intake.Rewritten, asked: visit != intake.Left}
	if err != nil && intake.Gone(err) {
		a.since = l.config.Folder.Origins()[slug].GoneSince
	}
	return a, err
}

// askOwn asks the address of a document of the server's own, and puts what is new there in its place.
func (l *Library) askOwn(ctx context.Context, s *server, slug string) (answer, error) {
	o, ok := l.ownOf(s)[slug]
	if !ok || o.State.Address == "" {
		return answer{}, nil
	}
	q := intake.Request{From: o.State.Address, Name: slug, Title: o.State.AsTitle,
		Known: fetch.Validators{ETag: o.Visit.ETag, LastModified: o.Visit.LastModified}}
	if o.State.AsDay != "" {
		day, err := time.Parse(time.DateOnly, o.State.AsDay)
		if err != nil {
			return answer{}, err
		}
		q.Published = day
	}
	m, err := l.make(ctx, s, q)
	now := l.config.Now()
	v := o.Visit
	switch {
	case err != nil && intake.Gone(err):
		if v.GoneSince.IsZero() {
			v.GoneSince, v.GoneWhy = now, err.Error()
		}
		return answer{asked: true, since: v.GoneSince}, errors.Join(err, l.visited(ctx, s, o, v))
	case err != nil:
		return answer{asked: true}, err
	case m.NotModified:
		v.Fetched, v.GoneSince, v.GoneWhy = now, time.Time{}, ""
		return answer{asked: true}, l.visited(ctx, s, o, v)
	}
	v = visit(m, now)
	if sha256.Sum256(m.Original) == o.Visit.Seen { // what was undone since stays undone until the page changes again
		return answer{asked: true}, l.visited(ctx, s, o, v)
	}
	if err := s.wait(ctx); err != nil {
		return answer{asked: true}, err
	}
	defer s.unlock()
	if err := l.current(ctx, s, true); err != nil {
		return answer{asked: true}, err
	}
	documents := l.ownOf(s)
	if documents[slug].State.ID != o.State.ID { // somebody was faster
		return answer{asked: true}, nil
	}
	if err := l.fits(documents, m.Document, len(m.Text)+len(m.Original)); err != nil {
		return answer{asked: true}, err
	}
	_, report, err := l.put(ctx, s, store.Edit{Server: s.id, At: now, ByName: byAddress, Action: ActionAddress, Slug: slug,
		Title: m.Document.Title, Undoable: true, Content: content(m, o.State.AsTitle, q.Published), Visit: v}, &m.Document,
		nil)
	return answer{changed: err == nil, asked: true, report: report}, err
}

// visited keeps what the address of a document said, if that document is still there.
func (l *Library) visited(ctx context.Context, s *server, asked ownDocument, v store.Visit) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	defer s.unlock()
	slug := asked.Slug
	if l.ownOf(s)[slug].State.ID != asked.State.ID {
		return nil
	}
	if err := l.config.Store.Visited(ctx, s.id, slug, v); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	next := maps.Clone(s.own)
	o := next[slug]
	o.Visit = v
	next[slug] = o
	s.own = next
	return nil
}
