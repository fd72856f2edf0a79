// Package rest sends requests to Discord's REST interface: within its limits, again where that can help, and never with
// a secret in an error.
//
// Of the limits those of a route are a Bucket's, which whoever sends keeps for what the requests have in common (a
// channel, an interaction); those of the whole bot are the Client's. What Discord says of a limit is believed before
// anything is known of it here. https://discord.com/developers/docs/topics/rate-limits
package rest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"

	"pilcrow/internal/text"
)

// LongestRetry is the longest pause between two attempts; ours.
const LongestRetry = 5 * time.Second

// TillDeadline are attempts at a request that has a deadline: as many as there is time for, one in five seconds.
const TillDeadline = 1000

// What stands in headers.
const (
	JSON      = "application/json"
	userAgent = "DiscordBot (pilcrow, 1.0)" // the form that Discord asks for
)

const (
	apiVersion = "9" // the one that discordgo's shapes are written for
	apiPath    = "/api/v" + apiVersion

	maxResponse    = 8 << 20          // bytes, ours: far above anything that we ask for
	attemptLimit   = 15 * time.Second // ours: one attempt at a request
	maxIdle        = 64               // ours: connections that are kept for the next request
	maxTries       = 10               // ours: attempts at a request within its deadline
	firstRetry     = 250 * time.Millisecond
	urgentRetry    = 50 * time.Millisecond // an acknowledgement has three seconds
	urgentLongest  = 400 * time.Millisecond
	unknownBan     = 2 * time.Second  // ours: how long to wait after a 429 that does not say
	maxSlowWait    = 60 * time.Second // ours: longer slow modes are not waited out
	requestsSecond = 40               // Discord: 50 a second for the bot; with the burst we stay below it
	requestsBurst  = 8

	// Discord: 10,000 requests that are answered with 401, 403 or 429 in ten minutes, of an address, after which it
	// lets nobody in from there. Ours are that many at once and that many in ten minutes more.
	maxInvalid  = 4_000
	invalidTime = 10 * time.Minute
)

// A Client sends requests to Discord's REST interface.
type Client struct {
	base   string // scheme and host, and the path in front of /api if there is one
	Token  string
	http   *http.Client
	logger *slog.Logger
	rate   *rate.Limiter
	faults *rate.Limiter // those answers that count as invalid
	among  func() int    // processes that share what Discord allows to the bot; nil is 1
	// dial opens connections; the gateway's, too.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	limits atomic.Int64 // requests that were answered with 429
	away   atomic.Bool  // Discord could not be reached by the last request
	mu     sync.Mutex
	banned time.Time // until when Discord wants no requests from this bot at all
}

// New makes one for a base that BaseURL returned. among counts the processes that share what Discord allows to the
// bot; nil is 1.
func New(base, token string, logger *slog.Logger, among func() int) *Client {
	c := &Client{base: base, Token: token, logger: logger, among: among, rate: rate.NewLimiter(requestsSecond,
		requestsBurst),
		faults: rate.NewLimiter(rate.Every(invalidTime/maxInvalid), maxInvalid),
		Dial:   (&net.Dialer{Timeout: 5 * time.Second}).DialContext}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return c.Dial(ctx, network, address)
		},
		TLSHandshakeTimeout: 5 * time.Second,
		MaxIdleConnsPerHost: maxIdle,
		IdleConnTimeout:     90 * time.Second,
		ForceAttemptHTTP2:   true,
	}
	noRedirect := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http = &http.Client{Transport: transport, CheckRedirect: noRedirect, Timeout: attemptLimit}
	return c
}

// Redact takes what could be used by somebody else out of a text for a log.
func (c *Client) Redact(text string) string { return redact(text, c.Token) }

// Limited counts the requests that were answered with 429.
func (c *Client) Limited() int64 { return c.limits.Load() }

// Files fetches by the same connections.
func (c *Client) Files() *Files { return newFiles(c.base, c.http.Transport) }

// CloseIdle closes the connections that no request uses.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }

// A Request is one call of the interface.
type Request struct {
	What        string // for errors, without secrets: "register the commands"
	Method      string
	Path        string // behind apiPath; may hold an interaction's token
	Data        []byte // nil for none
	ContentType string // of data; "" means JSON
	Bucket      *Bucket
	Interaction bool          // authorized by its path, and outside of the limit for the whole bot
	Urgent      bool          // with short pauses between attempts
	Once        bool          // doing it twice shows: it is sent again only if it surely has not been done
	Tries       uint          // 0 means maxTries
	Safe        time.Duration // not 0: it is not sent again so long after an attempt that may have been carried out
	Spare       int           // not 0: only if the bucket is free and has more than that left; else ErrNoSpare
}

// A Error is an answer of Discord's that is not what we asked for.
type Error struct {
	Status  int
	Code    int    `json:"code"` // Discord's own, 0 for none
	Message string `json:"message"`
	Unsure  bool   // an earlier attempt may have been carried out
}

// Error says what Discord said.
func (e *Error) Error() string {
	if e.Message == "" {
		return fmt.Sprintf("Discord answered %d", e.Status)
	}
	return fmt.Sprintf("Discord answered %d: %s (code %d)", e.Status, e.Message, e.Code)
}

// Discord's error codes that are told apart.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes
const (
	UnknownInteraction = 10062
	UnknownWebhook     = 10015
	UnknownChannel     = 10003
	UnknownMessage     = 10008
	InvalidToken       = 50027
	Acknowledged       = 40060
	NoAccess           = 50001
	Forbidden          = 50013
	Archived           = 50083
	Locked             = 160005
	SlowMode           = 20016
	NoDirect           = 50007 // "cannot send messages to this user"
	NoSharedGuild      = 50278 // the same, for want of a server that both are in
	UnknownUser        = 10013
	UnknownMember      = 10007
	UnknownServer      = 10004
	ThreadExists       = 160004
	NoHistory          = 160002 // "cannot reply without permission to read message history"
)

// HasCode tells whether Discord answered with one of the codes.
func HasCode(err error, codes ...int) bool {
	if e, ok := errors.AsType[*Error](err); ok {
		return slices.Contains(codes, e.Code)
	}
	return false
}

// Refused tells that Discord does not take a request, and would not take it later.
func Refused(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Status >= http.StatusBadRequest && e.Status < http.StatusInternalServerError &&
		e.Status != http.StatusTooManyRequests
}

// ErrStale says that a request may have been carried out, and that it would show to send it again.
var ErrStale = errors.New("it may have been done")

// Do sends the request and returns the answer's body. What fails for now is tried again until ctx ends: 429 after the
// time that Discord asks for; 5xx and broken connections with growing pauses. Errors hold no address.
func (c *Client) Do(ctx context.Context, r Request) ([]byte, error) {
	take := r.Bucket.take
	if r.Spare > 0 {
		take = func(context.Context) error { return r.Bucket.tryTake(r.Spare) }
	}
	if err := take(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", r.What, err)
	}
	defer r.Bucket.give()
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval, pauses.Multiplier = firstRetry, LongestRetry, 2
	if r.Urgent {
		pauses.InitialInterval, pauses.MaxInterval = urgentRetry, urgentLongest
	}
	tries := r.Tries
	if tries == 0 {
		tries = maxTries
	}
	unsure, stale := false, time.Time{}
	data, err := backoff.Retry(ctx, func() ([]byte, error) {
		data, done, err := c.try(ctx, r)
		unsure = unsure || done
		if e, ok := errors.AsType[*Error](err); ok {
			e.Unsure = unsure
		}
		if done && stale.IsZero() {
			stale = time.Now().Add(r.Safe)
		}
		if r.Once && done || r.Safe > 0 && unsure && err != nil && time.Now().After(stale) {
			err = backoff.Permanent(fmt.Errorf("%w: %w", ErrStale, err))
		}
		return data, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(tries), backoff.WithMaxElapsedTime(0))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.What, err)
	}
	return data, nil
}

// try is one attempt. With an error, done tells that the request may have been carried out all the same.
func (c *Client) try(ctx context.Context, r Request) (data []byte, done bool, err error) {
	if err := c.clearance(ctx, r); err != nil {
		return nil, false, backoff.Permanent(err)
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, c.base+apiPath+r.Path, bytes.NewReader(r.Data))
	if err != nil {
		return nil, false, backoff.Permanent(errors.New("the address cannot be used"))
	}
	req.Header.Set("User-Agent", userAgent)
	if !r.Interaction {
		req.Header.Set("Authorization", "Bot "+c.Token)
	}
	if r.Data != nil {
		req.Header.Set("Content-Type", JSON)
		if r.ContentType != "" {
			req.Header.Set("Content-Type", r.ContentType)
		}
	}
	resp, err := c.http.Do(req)
	c.tellReach(ctx, err)
	if err != nil {
		r.Bucket.lose()
		op, isOp := errors.AsType[*net.OpError](err)
		return nil, !isOp || op.Op != "dial", WithoutURL(err)
	}
	defer resp.Body.Close()
	data, err = io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	r.Bucket.learn(resp.Header)
	c.invalid(resp)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		c.limits.Add(1)
		return nil, false, c.tooMany(ctx, r, resp.Header, data)
	case err != nil:
		return nil, true, fmt.Errorf("read the answer: %w", WithoutURL(err))
	case resp.StatusCode < http.StatusMultipleChoices:
		return data, false, nil
	}
	problem := &Error{}
	if json.Unmarshal(data, problem) != nil {
		problem = &Error{} // an HTML page, say
	}
	problem.Status = resp.StatusCode
	problem.Message = c.Redact(text.Clip(problem.Message, 300))
	if resp.StatusCode < http.StatusInternalServerError {
		return nil, false, backoff.Permanent(problem)
	}
	return nil, true, problem
}

// tellReach tells when Discord can no longer be reached, at the first request that does not get there, and when it can
// again.
func (c *Client) tellReach(ctx context.Context, err error) {
	switch {
	case err == nil && c.away.Swap(false):
		c.logger.Info("Discord can be reached again")
	case err != nil && ctx.Err() == nil && !c.away.Swap(true):
		c.logger.Warn("Discord cannot be reached: trying again", "error", c.Redact(WithoutURL(err).Error()))
	}
}

// Free tells that no ban is known: a request that is a courtesy can be made now.
func (c *Client) Free() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().After(c.banned)
}

// share takes this process's share of what Discord allows to the bot.
func (c *Client) share() {
	if c.among == nil {
		return
	}
	among := c.among()
	if share := rate.Limit(requestsSecond) / rate.Limit(among); c.rate.Limit() != share {
		c.rate.SetLimit(share)
		c.rate.SetBurst(max(requestsBurst/among, 1))
		c.faults.SetLimit(rate.Every(invalidTime / maxInvalid * time.Duration(among)))
		c.faults.SetBurst(max(maxInvalid/among, 1))
	}
}

// invalid counts an answer that Discord counts as of an invalid request, and has all requests wait where there were too
// many. https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
func (c *Client) invalid(resp *http.Response) {
	switch {
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden:
	case resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("X-RateLimit-Scope") != "shared":
	default:
		return
	}
	if wait := c.faults.Reserve().Delay(); wait > 0 {
		c.ban(wait)
	}
}

// ban has all requests wait that count for the whole bot.
func (c *Client) ban(wait time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until := time.Now().Add(wait); until.After(c.banned) {
		c.banned = until
	}
}

// clearance waits until a request may be sent.
func (c *Client) clearance(ctx context.Context, r Request) error {
	if err := r.Bucket.wait(ctx); err != nil {
		return err
	}
	if r.Interaction {
		return nil
	}
	c.share()
	if err := c.rate.Wait(ctx); err != nil {
		return err
	}
	for {
		c.mu.Lock()
		until := c.banned
		c.mu.Unlock()
		if !time.Now().Before(until) {
			return nil
		}
		if err := sleepUntil(ctx, until); err != nil {
			return err
		}
	}
}

// tooMany reads a 429, which may be Discord's JSON or a page of the network in front of it, and returns an error that
// says when to try again. A ban of the whole bot is remembered for all requests.
func (c *Client) tooMany(ctx context.Context, r Request, h http.Header, data []byte) error {
	var said struct {
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
		Code       int     `json:"code"`
	}
	ours := json.Unmarshal(data, &said) == nil
	wait := cmp.Or(seconds(fmt.Sprint(said.RetryAfter)), seconds(h.Get("Retry-After")), unknownBan)
	if !ours || said.Global || h.Get("X-RateLimit-Global") != "" {
		c.ban(wait)
	}
	problem := &Error{Status: http.StatusTooManyRequests, Code: said.Code, Message: "too many requests"}
	if said.Code == SlowMode && wait > maxSlowWait { // nobody waits behind it either
		return backoff.Permanent(problem)
	}
	r.Bucket.pause(wait)
	c.logger.Warn("Discord asked to wait", "for", r.What, "wait", wait)
	if deadline, ok := ctx.Deadline(); ok && time.Now().Add(wait).After(deadline) {
		return backoff.Permanent(problem)
	}
	return fmt.Errorf("%w: %w", problem, &backoff.RetryAfterError{Duration: wait})
}

// Fetch does the request and decodes the answer into v.
func Fetch[T any](ctx context.Context, c *Client, r Request) (v T, err error) {
	data, err := c.Do(ctx, r)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("%s: read the answer: %w", r.What, err)
	}
	return v, nil
}
