package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	openai "github.com/sashabaranov/go-openai"

	"pilcrow/internal/rag"
)

// What can be wrong with a server's answer. Vectors that cannot be used are rag.ErrBadVector; a caller that gave up
// gets its context's error.
var (
	ErrKeyRefused   = errors.New("refuses the key")
	ErrUnknownModel = errors.New("does not know the model")
	ErrUnreachable  = errors.New("cannot be reached")
	ErrTimeout      = errors.New("did not answer in time")
	ErrBusy         = errors.New("takes no more requests for now")
	ErrNoCredit     = errors.New("has no credit left for this key")
	ErrFailed       = errors.New("failed")
	ErrRefused      = errors.New("refuses the request")
	ErrTooLong      = errors.New("takes no text as long as this")
	ErrCutShort     = errors.New("cut its answer short")
	ErrLoops        = errors.New("writes the same again and again")
	ErrFiltered     = errors.New("withheld its answer")
	ErrEmpty        = errors.New("wrote nothing")
	ErrTooLarge     = errors.New("sent more than is taken")
	ErrProtocol     = errors.New("speaks something that is not the OpenAI protocol")
	ErrUncounted    = errors.New("is not asked, as the tokens cannot be written down and there is a budget")
)

// maxDetailRunes bounds what is repeated of a server's own words.
const maxDetailRunes = 200

// Error is what went wrong with one call. Its text is one line and never holds the key.
type Error struct {
	Server string // the base URL
	Model  string
	Status int    // of HTTP, 0 where there was none or it does not matter
	Kind   error  // one of the errors above
	Detail string // the server's or the network's own words, "" for none

	cause error // the caller's context's error, where that is what ended the call
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "model server %s %v", e.Server, e.Kind)
	if errors.Is(e.Kind, ErrUnknownModel) {
		fmt.Fprintf(&b, " %q", e.Model)
	}
	if e.Status != 0 {
		fmt.Fprintf(&b, " (HTTP %d)", e.Status)
	}
	if e.Detail != "" {
		fmt.Fprintf(&b, ": %s", e.Detail)
	}
	return b.String()
}

// Unwrap returns the kind and, where the caller's deadline ended the call, context.DeadlineExceeded.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.cause}
}

// Explain turns an error of this package into one sentence for whoever runs the program, with what to do about it. It
// returns "" for any other error.
func Explain(err error) string {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return ""
	}
	advice := ""
	for _, a := range []struct {
		kind error
		text string
	}{
		{ErrKeyRefused, "check the key and what it is allowed to do"},
		{ErrUnknownModel, "check the model's name, or pull it first on a server of your own"},
		{ErrUnreachable, "check the address, and that the server runs"},
		{ErrTimeout, "it may still be loading the model"},
		{ErrBusy, "try again later"},
		{ErrNoCredit, "check the account's plan and billing"},
		{ErrFailed, "look at the server's own log or status page"},
		{ErrRefused, "check that the model fits its use: one for chat, one for embeddings"},
		{ErrLoops, "a larger model does not"},
		{ErrTooLong, "give the model a larger window, or ask it with fewer passages; for embeddings set " +
			"PILCROW_EMBEDDING_TOKENS"},
		{ErrCutShort, "the model may need a larger limit of tokens, or the connection is bad"},
		{ErrProtocol, "check the address: on most servers it ends in /v1"},
		{ErrUncounted, "look at the disk that the data are on"},
		{rag.ErrBadVector, "check that the embedding model is one"},
	} {
		if errors.Is(e.Kind, a.kind) {
			advice = "; " + a.text
		}
	}
	return "The " + strings.TrimRight(e.Error(), ".") + advice + "."
}

// fail builds the error of a call; detail may come from the server and is cleaned.
func (c *client) fail(kind error, status int, detail string) error {
	return &Error{Server: c.config.BaseURL, Model: c.model, Status: status, Kind: kind, Detail: c.clean(detail)}
}

// classify says what an error of go-openai, or of the network below it, means. parent is the caller's context, without
// our own timeout.
func (c *client) classify(parent context.Context, err error) error {
	if cause := parent.Err(); cause != nil {
		if errors.Is(cause, context.DeadlineExceeded) {
			return &Error{Server: c.config.BaseURL, Model: c.model, Kind: ErrTimeout, cause: cause}
		}
		return fmt.Errorf("model server %s: %w", c.config.BaseURL, cause)
	}
	for _, own := range []struct{ err, kind error }{
		{errSilent, ErrTimeout}, {errTooMuch, ErrTooLarge}, {errNull, rag.ErrBadVector}, {errRedirect, ErrProtocol},
	} {
		if errors.Is(err, own.err) {
			return c.fail(own.kind, 0, own.err.Error())
		}
	}
	if errors.Is(err, errOverall) || errors.Is(err, context.DeadlineExceeded) {
		return c.fail(ErrTimeout, 0, fmt.Sprintf("not within %v", c.config.Timeout))
	}
	// A RequestError that wraps an APIError would match both, the second one empty: so it comes first.
	if e, ok := errors.AsType[*openai.RequestError](err); ok {
		return c.refusal(e.HTTPStatusCode, "", "", strings.ToValidUTF8(string(e.Body), "?"))
	}
	if e, ok := errors.AsType[*openai.APIError](err); ok {
		code, _ := e.Code.(string)
		return c.refusal(e.HTTPStatusCode, code, e.Type, e.Message)
	}
	if e, ok := errors.AsType[*url.Error](err); ok { // its own text holds the whole address
		return c.fail(ErrUnreachable, 0, e.Err.Error())
	}
	if _, ok := errors.AsType[net.Error](err); ok || errors.Is(err, io.ErrUnexpectedEOF) {
		return c.fail(ErrCutShort, 0, "the connection broke")
	}
	return c.fail(ErrProtocol, 0, protocolDetail(err))
}

// protocolDetail names the trouble with an answer that could not be read.
func protocolDetail(err error) string {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, kind := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case syntax || errors.Is(err, io.EOF):
		return "its answer is not JSON"
	case kind:
		return err.Error()
	}
	return ""
}

// refusal says what a status and an error body mean; code and kind are "" for a body that is not of the protocol.
func (c *client) refusal(status int, code, kind, message string) error {
	ofProtocol := code != "" || kind != ""
	if strings.HasPrefix(strings.TrimSpace(message), "<") {
		message = "a page of HTML"
	}
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return c.fail(ErrKeyRefused, status, "") // such messages repeat the key, or parts of it
	case code == "model_not_found", status == http.StatusNotFound && strings.Contains(strings.ToLower(message), "model"):
		return c.fail(ErrUnknownModel, status, message)
	case tooLong(status, code, message):
		return c.fail(ErrTooLong, status, message)
	case code == "insufficient_quota" || kind == "insufficient_quota":
		return c.fail(ErrNoCredit, status, message)
	case status == http.StatusTooManyRequests:
		return c.fail(ErrBusy, status, message)
	case status == http.StatusRequestTimeout || status == http.StatusGatewayTimeout:
		return c.fail(ErrTimeout, status, message)
	case status >= http.StatusInternalServerError, status == 0:
		return c.fail(ErrFailed, status, message)
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, !ofProtocol && message == "a page of HTML":
		return c.fail(ErrProtocol, status, message)
	}
	return c.fail(ErrRefused, status, message)
}

// overLength is how servers say that a text is longer than the model takes.
var overLength = regexp.MustCompile(`(?i)context (length|size|window)|too (long|large|many tokens)|(maximum|` +
	`max) (context|sequence|input|allowed)|` +
	`physical batch|exceeds? (the )?(available |model'?s )?(context|batch|maximum|max|limit)|tokens? .{0,40}exceed|` +
	`must have less than \d+ tokens`)

// tooLong reports whether a refusal is about the length of what was sent. Some servers answer 500 then.
func tooLong(status int, code, message string) bool {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity,
		http.StatusInternalServerError:
		return code == "context_length_exceeded" || status == http.StatusRequestEntityTooLarge ||
			overLength.MatchString(message)
	}
	return false
}

// leakBytes is how much of a key in a row may not appear: shorter pieces occur in ordinary words.
const leakBytes = 6

// clean makes one bounded line of a server's words, and nothing at all of words that hold a piece of the key.
func (c *client) clean(detail string) string {
	key := string(c.config.Key)
	for i := 0; key != "" && i+min(leakBytes, len(key)) <= len(key); i++ {
		if strings.Contains(detail, key[i:i+min(leakBytes, len(key))]) {
			return ""
		}
	}
	detail = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, detail)
	runes := []rune(strings.Join(strings.Fields(detail), " "))
	if len(runes) > maxDetailRunes {
		return string(runes[:maxDetailRunes]) + "…"
	}
	return string(runes)
}
