package mirror

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
)

// A listed page is one that a list names.
type listed struct {
	url     *url.URL
	changed string // the day of its last change, as the list gives it; "" where it does not
}

// crawl asks for the pages that the list names, one at a time.
func (m *Mirrors) crawl(ctx context.Context, s *state, r *Report) (news, error) {
	list, err := m.list(ctx, s, r)
	if err != nil {
		return news{}, err
	}
	c := &crawler{Mirrors: m, state: s, report: r, news: news{texts: map[string][]byte{}}, names: map[string]string{},
		taken: map[string]string{},
		pause: list.pause}
	for name, f := range s.Files {
		c.names[f.URL], c.taken[name] = name, f.URL
	}
	here := map[string]bool{}
	for _, p := range list.pages {
		here[p.url.String()] = true
	}
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		switch {
		case here[s.Files[name].URL]:
		case s.Files[name].Written == "": // it never gave anything
			delete(s.Files, name)
		default:
			c.texts[name] = nil
		}
	}
	// what was asked longest ago first
	slices.SortStableFunc(list.pages, func(a, b listed) int { return c.asked(a).Compare(c.asked(b)) })
	return c.news, c.all(ctx, list.pages)
}

// A crawler is one way through the pages of a source.
type crawler struct {
	*Mirrors
	*state
	news

	report *Report
	root   *os.Root          // nil: the folder is not there yet
	names  map[string]string // of the files, by address
	taken  map[string]string // their addresses, by name
	pause  time.Duration
	inARow int // pages that failed one after another
}

func (c *crawler) asked(p listed) time.Time {
	if f := c.Files[c.names[p.url.String()]]; f != nil {
		return f.Asked
	}
	return time.Time{}
}

// all asks for each page, until the time is up or the site no longer answers.
func (c *crawler) all(ctx context.Context, pages []listed) error {
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	c.root = root
	if c.Progress != nil {
		defer c.Progress(len(pages), len(pages))
	}
	for i, p := range pages {
		if c.Progress != nil {
			c.Progress(i, len(pages))
		}
		if c.holds(p) {
			c.report.Same++
			continue
		}
		if i > 0 && !wait(ctx, c.pause) || ctx.Err() != nil {
			c.report.Left = len(pages) - i
			return nil
		}
		if err := c.one(ctx, p); err != nil {
			return err
		}
		if c.inARow >= mostInARow && i+1 < len(pages) {
			c.report.Left = len(pages) - i - 1
			c.report.LeftOut = append(c.report.LeftOut,
				fmt.Sprintf("the site gave nothing %d times in a row, so it is left in peace: try again later",
					mostInARow))
			return nil
		}
	}
	return nil
}

// holds reports whether the list says that the page did not change since it was last asked, which is believed for a
// week.
func (c *crawler) holds(p listed) bool {
	f := c.Files[c.names[p.url.String()]]
	return f != nil && p.changed != "" && p.changed == f.Listed && f.Why == "" && c.now().Sub(f.Asked) < trustListed &&
		c.stands(c.names[p.url.String()])
}

// stands reports whether the file of a page is there, as it was written or as somebody made it.
func (c *crawler) stands(name string) bool { return c.state.stands(c.root, name) }

func (s *state) stands(root *os.Root, name string) bool {
	f := s.Files[name]
	sum, known := f.found(root, path.Join(s.name, name))
	return f.Written != "" && sum != "" && (!known || sum == f.Written)
}

// one asks for a page. What is wrong with it is kept with it; the error is the system's.
func (c *crawler) one(ctx context.Context, p listed) error {
	address := p.url.String()
	name := c.names[address]
	f := c.Files[name]
	q := intake.Request{From: address, Name: "page"}
	if f != nil && c.stands(name) {
		q.Known = fetch.Validators{ETag: f.ETag, LastModified: f.LastModified}
	}
	made, err := c.Reader.Make(ctx, q)
	if err == nil && !sameSite(p.url, made.At) {
		err = fmt.Errorf("it leads on to another site: %s", made.At)
	}
	if err != nil && ctx.Err() != nil {
		return nil //nolint:nilerr // the time is up: the caller sees it
	}
	if c.inARow++; !unreachable(err) {
		c.inARow = 0
	}
	if f == nil {
		f = &file{URL: address}
	}
	f.Asked = c.now()
	switch {
	case err != nil && errors.Is(err, fetch.ErrGone) && f.Written != "":
		c.texts[name] = nil
		return nil
	case err != nil:
		if f.Why == "" {
			f.Since = c.now()
		}
		f.Why = strings.TrimPrefix(err.Error(), address+": ")
		if name == "" {
			name = c.placeFor(p.url, ".md", c.taken)
		}
		c.Files[name] = f
		return nil
	}
	f.Since, f.Why, f.Listed = time.Time{}, "", p.changed
	if made.NotModified {
		c.report.Same++
		return nil
	}
	f.ETag, f.LastModified = made.Validators.ETag, made.Validators.LastModified
	ext := path.Ext(made.Path)
	if path.Ext(name) != ext { // a new page, or one that is another kind of text now
		was := name
		name = c.placeFor(p.url, ext, c.taken)
		if was != "" {
			if f = f.moved(); c.Files[was].Written != "" {
				c.texts[was] = nil
			} else {
				delete(c.Files, was)
			}
		}
	}
	c.Files[name], c.names[address], c.texts[name] = f, name, made.Text
	return c.bound()
}

// moved is the file for another path, where nothing was written yet.
func (f *file) moved() *file {
	next := *f
	next.Written, next.Before = "", ""
	return &next
}

// bound keeps what is new within what a source may have.
func (n *news) bound() error {
	size := 0
	for _, text := range n.texts {
		size += len(text)
	}
	if size > maxBytes {
		return refuse("it has more than %d MiB of text: take a part of it, with --under or --folder, or a lower --limit",
			maxBytes>>20)
	}
	return nil
}

// unreachable reports whether an error is the server's or the network's, and not about this one page.
func unreachable(err error) bool {
	bad, ok := errors.AsType[*fetch.Error](err)
	return ok && !errors.Is(bad, fetch.ErrGone) && !errors.Is(bad, fetch.ErrDenied) && !errors.Is(bad, fetch.ErrRefused)
}

// sameSite reports whether the address is of the site of the page, or of one below it or above it ("www").
func sameSite(page *url.URL, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	a, b := strings.TrimPrefix(strings.ToLower(page.Hostname()), "www."),
		strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	return a == b
}

// wait waits, and reports whether ctx still lasts.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// A list is what a source names.
type list struct {
	pages []listed
	pause time.Duration
}

// list reads the list of a source, and takes what may be read of it.
func (m *Mirrors) list(ctx context.Context, s *state, r *Report) (list, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	page, err := m.Fetcher.Get(ctx, s.From, fetch.Validators{})
	if err != nil {
		return list{}, err
	}
	base, err := url.Parse(page.URL)
	if err != nil {
		return list{}, err
	}
	rules, err := m.robots(ctx, base)
	if err != nil {
		return list{}, err
	}
	out := list{pause: m.pauseFor(rules)}
	var all []listed
	if s.Kind == LLMs {
		all = linked(page, base)
	} else if all, err = m.sitemap(ctx, page, base, out.pause); err != nil {
		return list{}, err
	}
	if len(all) == 0 {
		return list{},
			refuse("%s: there is no address of a page in it: want a sitemap (XML, with <urlset>) or an llms.txt "+
				"(Markdown, with links)", s.From)
	}
	out.pages = s.chosen(all, base, rules, r)
	return out, nil
}

// chosen takes the pages that are of this site, that its robots.txt allows, and that were asked for. What is left out
// is counted.
func (s *state) chosen(all []listed, base *url.URL, rules *robots, r *Report) []listed {
	var pages []listed
	seen := map[string]bool{}
	var elsewhere, forbidden, outside, more int
	for _, p := range all {
		p.url.Fragment, p.url.RawFragment = "", ""
		address := p.url.String()
		switch {
		case seen[address]:
			continue
		case !sameSite(base, address):
			elsewhere++
		case s.Under != "" && !strings.HasPrefix(address, s.Under):
			outside++
		case !rules.allows(p.url):
			forbidden++
		case len(pages) == cmp.Or(s.Limit, DefaultPages):
			more++
		default:
			pages = append(pages, p)
		}
		seen[address] = true
	}
	for _, left := range []struct {
		n    int
		what string
	}{
		{elsewhere, "pages of other sites: %d"},
		{outside, "pages that do not begin with " + s.Under + ": %d"},
		{forbidden, "pages that the site's robots.txt asks not to read: %d"},
		{more, fmt.Sprintf("pages after the first %d: %%d (--limit takes up to %d, --under a part of the site)", len(pages),
			MaxPages)},
	} {
		if left.n > 0 {
			r.LeftOut = append(r.LeftOut, fmt.Sprintf(left.what, left.n))
		}
	}
	return pages
}

// explained reports whether an error is one that says what to do.
func explained(err error) bool {
	_, one := errors.AsType[*Refusal](err)
	_, two := errors.AsType[*fetch.Error](err)
	_, three := errors.AsType[*convert.Error](err)
	return one || two || three
}
