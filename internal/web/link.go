package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/article"
)

const (
	// LinkLife is how long a link to a server's own document can be followed; ours.
	LinkLife = 7 * 24 * time.Hour

	macBytes  = 16 // of the 32: 2^128 guesses
	sealBytes = 8 + 4 + macBytes
	markBytes = 4  // of a paragraph's text
	maxCited  = 20 // ours: citations that a link names
)

// Links make the addresses of paragraphs, and read them again.
type Links struct {
	base string // without a slash at its end
	key  []byte
	now  func() time.Time
	// shared is the corpus that is everybody's; nil while there is none.
	shared func() *article.Corpus
}

// NewLinks makes links below an address. A server's own documents are behind links that the key signs: whoever has one
// can read the document until it expires.
func NewLinks(base string, key []byte, now func() time.Time, shared func() *article.Corpus) *Links {
	return &Links{strings.TrimRight(base, "/"), key, now, shared}
}

// A Citation is a paragraph that an answer cites.
type Citation struct {
	Server  string // where the answer was given; "" for none
	Passage article.Passage
	Bold    string // the words that were cited, as a button carries them
	Cited   []int  // all paragraphs of the document that the answer cites
}

// Permalink is where the paragraph can be read, the cited words marked; "" where it cannot be.
func (l *Links) Permalink(c Citation) string {
	if l == nil {
		return ""
	}
	path := "/d/" + url.PathEscape(c.Passage.Ref.Slug)
	if !l.isShared(c.Passage) {
		seal, ok := l.seal(c.Server, c.Passage.Ref.Slug)
		if !ok {
			return ""
		}
		path = "/s/" + seal + path
	}
	n := strconv.Itoa(c.Passage.Ref.N)
	query := "?p=" + n + "&t=" + textMark(c.Passage.Text)
	if len(c.Cited) > 1 && len(c.Cited) <= maxCited {
		numbers := make([]string, len(c.Cited))
		for i, other := range c.Cited {
			numbers[i] = strconv.Itoa(other)
		}
		query += "&c=" + strings.Join(numbers, ".")
	}
	if c.Bold != "" {
		query += "&m=" + url.QueryEscape(c.Bold)
	}
	return l.base + path + query + "#p" + n
}

// isShared tells whether the paragraph stands in a document that is everybody's.
func (l *Links) isShared(p article.Passage) bool {
	corpus := l.shared()
	if corpus == nil {
		return false
	}
	there, ok := corpus.Passage(p.Ref)
	return ok && there.Text == p.Text && there.Title == p.Title
}

// textMark knows a paragraph's text again.
func textMark(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:markBytes])
}

// seal lets whoever has it read one document of a server until it expires. ok is false for what is no id of a server.
func (l *Links) seal(server, slug string) (seal string, ok bool) {
	id, err := strconv.ParseUint(server, 10, 64)
	if err != nil || id == 0 {
		return "", false
	}
	data := make([]byte, 0, sealBytes)
	data = binary.BigEndian.AppendUint64(data, id)
	data = binary.BigEndian.AppendUint32(data, uint32(l.now().Add(LinkLife).Unix())) // until 2106
	return base64.RawURLEncoding.EncodeToString(append(data, l.mac(data, slug)...)), true
}

func (l *Links) mac(data []byte, slug string) []byte {
	m := hmac.New(sha256.New, l.key)
	m.Write(data)
	m.Write([]byte(slug))
	return m.Sum(nil)[:macBytes]
}

// open returns the server whose document the seal lets be read. ok is false for any other text.
func (l *Links) open(seal, slug string) (server string, ok bool) {
	data, err := base64.RawURLEncoding.Strict().DecodeString(seal)
	if err != nil || len(data) != sealBytes {
		return "", false
	}
	said, mac := data[:len(data)-macBytes], data[len(data)-macBytes:]
	if !hmac.Equal(mac, l.mac(said, slug)) {
		return "", false
	}
	if expires := time.Unix(int64(binary.BigEndian.Uint32(said[8:])), 0); !l.now().Before(expires) {
		return "", false
	}
	return strconv.FormatUint(binary.BigEndian.Uint64(said), 10), true
}
