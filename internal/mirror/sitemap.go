package mirror

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/fetch"
)

// The bounds of a list. A sitemap has at most 50,000 addresses: https://www.sitemaps.org/protocol.html
const (
	maxListed   = 50_000
	maxSitemaps = 50       // of an index
	maxInflated = 50 << 20 // bytes
)

// sitemap reads the pages of a sitemap, and of those that it is an index of.
func (m *Mirrors) sitemap(ctx context.Context, page fetch.Page, base *url.URL, pause time.Duration) ([]listed, error) {
	pages, more, err := readSitemap(page.Body, base)
	if err != nil {
		return nil, refuse("%s: %v", page.URL, err)
	}
	for _, next := range more[:min(len(more), maxSitemaps)] {
		if !sameSite(base, next.url.String()) {
			continue
		}
		if !wait(ctx, pause) {
			return nil, ctx.Err()
		}
		part, err := m.Fetcher.Get(ctx, next.url.String(), fetch.Validators{})
		if err != nil { // a part that is missing looks like pages that are gone
			return nil, err
		}
		got, _, err := readSitemap(part.Body, next.url)
		if err != nil {
			return nil, refuse("%s: %v", part.URL, err)
		}
		if pages = append(pages, got...); len(pages) > maxListed {
			break
		}
	}
	return pages[:min(len(pages), maxListed)], nil
}

// readSitemap reads the addresses of pages and of other sitemaps, packed or not. It is pure.
func readSitemap(data []byte, base *url.URL) (pages, sitemaps []listed, err error) {
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		if data, err = inflated(data); err != nil {
			return nil, nil, err
		}
	}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Strict = false // an address with a bare "&" is common
	r := sitemapReader{base: base}
	for len(r.pages)+len(r.sitemaps) < maxListed {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("it is no sitemap, or is cut short: %w", err)
		}
		if err := r.read(token); err != nil {
			return nil, nil, err
		}
	}
	return r.pages, r.sitemaps, nil
}

// A sitemapReader is where in a sitemap its reading is, and what was found before.
type sitemapReader struct {
	base            *url.URL
	path            []string // of elements
	text            strings.Builder
	entry           listed
	pages, sitemaps []listed
}

const maxNested = 16 // elements in each other

func (r *sitemapReader) read(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		r.path = append(r.path, t.Name.Local)
		r.text.Reset()
		if len(r.path) == 2 {
			r.entry = listed{}
		}
		if len(r.path) > maxNested {
			return errors.New("it is no sitemap: its elements are nested too deep")
		}
	case xml.CharData:
		r.text.Write(t)
	case xml.EndElement:
		r.end(strings.Join(r.path, "/"))
		r.path = r.path[:max(len(r.path)-1, 0)]
	}
	return nil
}

// end takes up what stands in an element.
func (r *sitemapReader) end(path string) {
	switch path {
	case "urlset/url/loc", "sitemapindex/sitemap/loc":
		r.entry.url = resolved(r.base, r.text.String())
	case "urlset/url/lastmod":
		r.entry.changed = strings.TrimSpace(r.text.String())
	case "urlset/url":
		if r.entry.url != nil {
			r.pages = append(r.pages, r.entry)
		}
	case "sitemapindex/sitemap":
		if r.entry.url != nil {
			r.sitemaps = append(r.sitemaps, r.entry)
		}
	}
}

// inflated undoes gzip, within bounds.
func inflated(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("it is packed, and damaged: %w", err)
	}
	out, err := io.ReadAll(io.LimitReader(r, maxInflated+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("it is packed, and damaged: %w", err)
	case len(out) > maxInflated:
		return nil, fmt.Errorf("it is larger than %d MiB", maxInflated>>20)
	}
	return out, nil
}

const maxAddress = 2000 // bytes; longer ones are not fetched

// resolved is an address of the web as it stands on a page; nil for none.
func resolved(base *url.URL, address string) *url.URL {
	address = strings.TrimSpace(address)
	if address == "" || len(address) > maxAddress {
		return nil
	}
	u, err := base.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return nil
	}
	return u
}

// linked are the pages that an llms.txt links to: https://llmstxt.org. It is pure.
func linked(page fetch.Page, base *url.URL) []listed {
	var pages []listed
	for _, address := range article.Links(page.Body) {
		if u := resolved(base, address); u != nil && len(pages) < maxListed {
			pages = append(pages, listed{url: u})
		}
	}
	return pages
}
