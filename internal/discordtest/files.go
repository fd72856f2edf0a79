package discordtest

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// The server of files that people have sent: GET on the address of an attachment, whose signature lets whoever has it
// read the file.

const filesPath = "/attachments/"

// A File is what a person sends along.
type File struct {
	Name, MediaType string
	Data            []byte
	// Misbehave lets the server of files do something else than send Data; nil for nothing.
	Misbehave http.HandlerFunc
	URL       string // what Discord says where the file is; "" for where it is
	Size      int    // what Discord says of the size; 0 for what it is
}

type upload struct {
	File

	signature string
}

// upload keeps a file, and is what Discord says of it. The caller holds s.mu.
func (s *Server) upload(ch ID, f File) Attachment {
	id := s.newID()
	u := upload{f, rand.Text()}
	path := fmt.Sprintf("%s%s/%s/%s", filesPath, ch, id, url.PathEscape(strings.ReplaceAll(f.Name, "/", "_")))
	s.world.uploads[path] = u
	at := s.URL() + path + "?ex=7fffffff&is=0&hm=" + u.signature
	if f.URL != "" {
		at = f.URL
	}
	a := Attachment{ID: id, Filename: f.Name, ContentType: f.MediaType, Size: len(f.Data), URL: at, ProxyURL: at,
		Data: f.Data}
	if f.Size > 0 {
		a.Size = f.Size
	}
	return a
}

// serveFile sends a file. Whoever sends the bot's token along has told it to a server that has no business with it.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	path := r.URL.EscapedPath()
	u, known := s.world.uploads[path]
	if r.Header.Get("Authorization") != "" || strings.Contains(r.URL.RawQuery, s.cfg.Token) ||
		r.Header.Get("Cookie") != "" {
		s.breach(Breach{RuleRoute, r.Method + " " + filesPath, "Authorization", "given", "nothing of the bot's at the " +
			"server of files"})
	}
	if !known || r.URL.Query().Get("hm") != u.signature || r.Method != http.MethodGet {
		s.breach(Breach{RuleRoute, r.Method + " " + filesPath, "address", "unknown or changed", "that of an attachment"})
		known = false
	}
	s.requests = append(s.requests, Request{At: s.cfg.Now(), Method: r.Method, Path: path, Route: filesPath,
		Status: http.StatusOK})
	s.notify()
	s.mu.Unlock()
	switch {
	case !known:
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
	case u.Misbehave != nil:
		u.Misbehave(w, r)
	default:
		w.Header().Set("Content-Type", u.MediaType)
		w.Header().Set("Content-Length", strconv.Itoa(len(u.Data)))
		_, _ = w.Write(u.Data)
	}
}
