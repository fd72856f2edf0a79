package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// content is what the server of these tests has.
var content = bytes.Repeat([]byte("0123456789abcdef"), 100_000)

func partFile(t *testing.T, begin []byte) *os.File {
	t.Helper()
	name := filepath.Join(t.TempDir(), "model.part")
	if err := os.WriteFile(name, begin, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestDownload(t *testing.T) {
	for name, c := range map[string]struct {
		begin   []byte
		path    string
		asked   string // the range that the server must see
		want    []byte
		problem string
	}{
		"whole":                   {nil, "/ranges", "", content, ""},
		"goes on where it ended":  {content[:700_000], "/ranges", "bytes=700000-", content, ""},
		"a server without ranges": {content[:700_000], "/plain", "bytes=700000-", content, ""},
		"a file that is too long": {append(bytes.Clone(content), 'x'), "/ranges", "", content, ""},
		"moved":                   {content[:5], "/moved", "bytes=5-", content, ""},
		"more than it is to have": {nil, "/more", "", nil, "more than"},
		"fewer":                   {nil, "/fewer", "", content[:1000], "broke off after 1000"},
		"from another place": {content[:700_000], "/elsewhere", "bytes=700000-", content[:700_000],
			"another place"},
		"not there":                     {nil, "/gone", "", []byte{}, "no such file"},
		"not now":                       {nil, "/busy", "", []byte{}, "later"},
		"not ours to see":               {nil, "/secret", "", []byte{}, "status 403"},
		"the server has less than that": {content[:700_000], "/short", "bytes=700000-", []byte{}, "begins anew"},
	} {
		t.Run(name, func(t *testing.T) {
			var asked string
			s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
				asked = r.Header.Get("Range")
				switch r.URL.Path {
				case "/ranges":
					http.ServeContent(w, r, "model", time.Time{}, bytes.NewReader(content))
				case "/plain":
					_, _ = w.Write(content)
				case "/moved":
					http.Redirect(w, r, "/ranges", http.StatusFound)
				case "/more":
					_, _ = w.Write(append(bytes.Clone(content), 'x'))
				case "/fewer":
					_, _ = w.Write(content[:1000])
				case "/elsewhere":
					w.Header().Set("Content-Range", fmt.Sprintf("bytes 5-%d/%d", len(content)-1, len(content)))
					w.WriteHeader(http.StatusPartialContent)
				case "/gone":
					http.NotFound(w, r)
				case "/busy":
					w.WriteHeader(http.StatusServiceUnavailable)
				case "/secret":
					w.WriteHeader(http.StatusForbidden)
				case "/short":
					w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
				}
			})
			f := partFile(t, c.begin)
			last := int64(-1)
			err := s.fetcher().Download(t.Context(), s.URL+c.path, f, int64(len(content)), func(done int64) {
				if done <= last {
					t.Errorf("progress went from %d to %d", last, done)
				}
				last = done
			})
			if asked != c.asked {
				t.Errorf("asked for the range %q, want %q", asked, c.asked)
			}
			if c.problem == "" && (err != nil || last != int64(len(content))) ||
				c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)) {
				t.Errorf("%v after %d bytes, want %q", err, last, c.problem)
			}
			if got, err := os.ReadFile(f.Name()); err != nil || c.want != nil && !bytes.Equal(got, c.want) {
				t.Errorf("the file has %d bytes, want %d (%v)", len(got), len(c.want), err)
			}
		})
	}
}

// TestDownloadIsGuarded: the rules of Get hold for files, too.
func TestDownloadIsGuarded(t *testing.T) {
	s := newSite(t, func(http.ResponseWriter, *http.Request) { t.Error("the server was asked") })
	for _, address := range []string{"file:///etc/passwd", s.URL + "/private", "http://user@example.org/x", "",
		strings.Repeat("x", 3000)} {
		if err := New(Config{}).Download(t.Context(), address, partFile(t, nil), 10, nil); !errors.Is(err, ErrRefused) {
			t.Errorf("%.40q: %v", address, err)
		}
	}
}

func TestWholeFileIsNotAskedFor(t *testing.T) {
	s := newSite(t, func(http.ResponseWriter, *http.Request) { t.Error("the server was asked") })
	if err := s.fetcher().Download(t.Context(), s.URL, partFile(t, []byte("ten bytes.")), 10, nil); err != nil {
		t.Error(err)
	}
}

// TestDownloadStalls: a server that brings nothing is given up, one that is slow is not, however long all of it takes.
func TestDownloadStalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(Config{})
		f.client.Transport = hangs{}
		began := time.Now()
		err := f.Download(t.Context(), "https://example.org/", partFile(t, nil), 10, nil)
		if !errors.Is(err, errStalled) || !strings.Contains(err.Error(), "goes on where it ended") ||
			time.Since(began) != stallTimeout {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		f.client.Transport = drips{}
		const size = 1000
		began = time.Now()
		err = f.Download(t.Context(), "https://example.org/", partFile(t, nil), size, nil)
		if err == nil || !strings.Contains(err.Error(), "more than") || time.Since(began) <= stallTimeout {
			t.Errorf("drop by drop: %v after %v", err, time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		f.client.Transport = hangs{}
		if err := f.Download(ctx, "https://example.org/", partFile(t, nil), size, nil); !errors.Is(err,
			context.DeadlineExceeded) {
			t.Errorf("the caller's deadline: %v", err)
		}
	})
}
