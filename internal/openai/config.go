// Package openai is a rag.Embedder and a rag.Generator over any server that speaks the OpenAI protocol: OpenAI itself,
// Ollama, llama.cpp, vLLM and the like.
//
// The server is not trusted. What it sends is bounded in time and size, vectors are checked before they are handed
// on, a draft is whole only if the server says that it is ("stop"), and the key appears in no error.
package openai

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// DefaultBaseURL is OpenAI's own server.
const DefaultBaseURL = "https://api.openai.com/v1"

// What a Config's zero values stand for.
const (
	DefaultTimeout     = 60 * time.Second
	DefaultIdleTimeout = 30 * time.Second
	DefaultMaxTokens   = 2048 // five sentences take some 200; the rest is for models that think aloud
)

// Key is a server's key. However it is printed, it prints as [secret]; string(key) is the key.
type Key string

// Format keeps the key out of everything that fmt prints, whatever the verb.
func (Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[secret]")) }

// MarshalText keeps the key out of JSON.
func (Key) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }

// LogValue keeps the key out of logs.
func (Key) LogValue() slog.Value { return slog.StringValue("[secret]") }

// Config says which server and models to use.
type Config struct {
	// BaseURL is the server's address up to the version, such as http://localhost:11434/v1; "" means
	// DefaultBaseURL. It is https, or http to this machine itself.
	BaseURL string
	// Key may be empty only for a server on this machine.
	Key Key

	ChatModel      string // needed by NewGenerator
	EmbeddingModel string // needed by NewEmbedder

	// MaxBytes is the longest text that the embedding model takes whole; 0 means what is known of the model.
	// EmbeddingTokens says the same in tokens, and wins; 0 says nothing.
	MaxBytes        int
	EmbeddingTokens int
	// MaxTokens bounds an answer; 0 means DefaultMaxTokens.
	MaxTokens int
	// Timeout is for one answer, or one call for embeddings, with all its retries; 0 means DefaultTimeout.
	Timeout time.Duration
	// IdleTimeout is how long a stream may be silent after its first event; 0 means DefaultIdleTimeout. Until then Timeout
	// holds: a small server reads a long prompt for a minute.
	IdleTimeout time.Duration
	// HTTPClient lends its Transport; its other fields are not used. nil means http.DefaultTransport.
	HTTPClient *http.Client
	// Meter counts the tokens and stops at a budget; nil counts nothing.
	Meter *Meter

	firstWait time.Duration // before the first retry; tests shorten it
}

// withDefaults checks the configuration and fills in what is left open. All that is wrong is reported at once.
func (c Config) withDefaults() (Config, error) {
	c.BaseURL = strings.TrimRight(strings.TrimSpace(cmp.Or(c.BaseURL, DefaultBaseURL)), "/")
	c.Key = Key(strings.TrimSpace(string(c.Key)))
	c.Timeout = cmp.Or(c.Timeout, DefaultTimeout)
	c.IdleTimeout = cmp.Or(c.IdleTimeout, DefaultIdleTimeout)
	c.MaxTokens = cmp.Or(c.MaxTokens, DefaultMaxTokens)
	c.firstWait = cmp.Or(c.firstWait, firstWait)
	local, err := checkURL(c.BaseURL)
	problems := []error{err}
	if err == nil && !local && c.Key == "" {
		problems = append(problems, fmt.Errorf("a key is needed for %s", c.BaseURL))
	}
	if strings.ContainsFunc(string(c.Key), func(r rune) bool { return r <= ' ' || r > '~' }) {
		problems = append(problems, errors.New("the key has a character in it that no key has"))
	}
	if c.Timeout < 0 || c.IdleTimeout < 0 || c.MaxTokens < 0 || c.MaxBytes < 0 || c.EmbeddingTokens < 0 {
		problems = append(problems, errors.New("a timeout or limit is below zero"))
	}
	return c, errors.Join(problems...)
}

// checkURL reports whether the server is on this machine, the only one that may be spoken to in plain text.
func checkURL(base string) (local bool, err error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return false, errors.New("the base URL is no address: want one such as " + DefaultBaseURL) // it may hold a password
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false, errors.New("the base URL has a user, a query or a fragment: want one such as " + DefaultBaseURL)
	}
	addr, err := netip.ParseAddr(u.Hostname())
	local = u.Hostname() == "localhost" || err == nil && addr.Unmap().IsLoopback()
	switch {
	case u.Scheme == "https", u.Scheme == "http" && local:
		return local, nil
	case u.Scheme == "http":
		return false, fmt.Errorf("base URL %s: plain http is only for a server on this machine; use https", base)
	}
	return false, fmt.Errorf("base URL %s: want https", base)
}
