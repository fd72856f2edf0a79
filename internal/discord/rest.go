package discord

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
)

const (
	apiVersion = "9" // the one that discordgo's shapes are written for
	apiPath    = "/api/v" + apiVersion
	userAgent  = "DiscordBot (pilcrow, 1.0)" // the form that Discord asks for

	maxResponse    = 8 << 20          // bytes, ours: far above anything that we ask for
	attemptLimit   = 15 * time.Second // ours: one attempt at a request
	maxIdle        = 64               // ours: connections that are kept for the next request
	maxTries       = 10               // ours: attempts at a request within its deadline
	firstRetry     = 250 * time.Millisecond
	longestRetry   = 5 * time.Second
	urgentRetry    = 50 * time.Millisecond // an acknowledgement has three seconds
	urgentLongest  = 400 * time.Millisecond
	unknownBan     = 2 * time.Second // ours: how long to wait after a 429 that does not say
	requestsSecond = 40              // Discord: 50 a second for the bot; with the burst we stay below it
	requestsBurst  = 8

	// Discord: 10,000 requests that are answered with 401, 403 or 429 in ten minutes, of an address, after which it
	// lets nobody in from there. Ours are that many at once and that many in ten minutes more.
	maxInvalid  = 4_000
	invalidTime = 10 * time.Minute
)

// A client sends requests to Discord's REST interface.
type client struct {
	base   string // scheme and host, and the path in front of /api if there is one
	token  string
	http   *http.Client
	logger *slog.Logger
	rate   *rate.Limiter
	faults *rate.Limiter // those answers that count as invalid
	among  func() int    // processes that share what Discord allows to the bot; nil is 1
	dial   func(ctx context.Context, network, address string) (net.Conn, error)

	limits atomic.Int64 // requests that were answered with 429
	away   atomic.Bool  // Discord could not be reached by the last request
	mu     sync.Mutex
	banned time.Time // until when Discord wants no requests from this bot at all
}

func newClient(base, token string, logger *slog.Logger) *client {
	c := &client{base: base, token: token, logger: logger, rate: rate.NewLimiter(requestsSecond, requestsBurst),
		faults: rate.NewLimiter(rate.Every(invalidTime/maxInvalid), maxInvalid),
		dial:   (&net.Dialer{Timeout: 5 * time.Second}).DialContext}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return c.dial(ctx, network, address)
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

// A request is one call of the interface.
type request struct {
	what        string // for errors, without secrets: "register the commands"
	method      string
	path        string // behind apiPath; may hold an interaction's token
	data        []byte // nil for none
	contentType string // of data; "" means JSON
	bucket      *bucket
	interaction bool          // authorized by its path, and outside of the limit for the whole bot
	urgent      bool          // with short pauses between attempts
	once        bool          // doing it twice shows: it is sent again only if it surely has not been done
	tries       uint          // 0 means maxTries
	safe        time.Duration // not 0: it is not sent again so long after an attempt that may have been carried out
	spare       int           // not 0: only if the bucket is free and has more than that left; else errNoSpare
}

// A statusError is an answer of Discord's that is not what we asked for.
type statusError struct {
	Status  int
	Code    int    `json:"code"` // Discord's own, 0 for none
	Message string `json:"message"`
	unsure  bool   // an earlier attempt may have been carried out
}

// Error says what Discord said.
func (e *statusError) Error() string {
	if e.Message == "" {
		return fmt.Sprintf("Discord answered %d", e.Status)
	}
	return fmt.Sprintf("Discord answered %d: %s (code %d)", e.Status, e.Message, e.Code)
}

// Discord's error codes that are told apart.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes
const (
	codeUnknownInteraction = 10062
	codeUnknownWebhook     = 10015
	codeUnknownChannel     = 10003
	codeUnknownMessage     = 10008
	codeInvalidToken       = 50027
	codeAcknowledged       = 40060
	codeNoAccess           = 50001
	codeForbidden          = 50013
	codeArchived           = 50083
	codeLocked             = 160005
	codeSlowMode           = 20016
	codeNoDirect           = 50007 // "cannot send messages to this user"
	codeNoSharedGuild      = 50278 // the same, for want of a server that both are in
	codeUnknownUser        = 10013
	codeUnknownMember      = 10007
	codeUnknownServer      = 10004
	codeThreadExists       = 160004
	codeNoHistory          = 160002 // "cannot reply without permission to read message history"
)

func hasCode(err error, codes ...int) bool {
	if e, ok := errors.AsType[*statusError](err); ok {
		return slices.Contains(codes, e.Code)
	}
	return false
}

// errStale says that a request may have been carried out, and that it would show to send it again.
var errStale = errors.New("it may have been done")

// do sends the request and returns the answer's body. What fails for now is tried again until ctx ends: 429 after the
// time that Discord asks for; 5xx and broken connections with growing pauses. Errors hold no address.
func (c *client) do(ctx context.Context, r request) ([]byte, error) {
	take := r.bucket.take
	if r.spare > 0 {
		take = func(context.Context) error { return r.bucket.tryTake(r.spare) }
	}
	if err := take(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", r.what, err)
	}
	defer r.bucket.give()
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval, pauses.Multiplier = firstRetry, longestRetry, 2
	if r.urgent {
		pauses.InitialInterval, pauses.MaxInterval = urgentRetry, urgentLongest
	}
	tries := r.tries
	if tries == 0 {
		tries = maxTries
	}
	unsure, stale := false, time.Time{}
	data, err := backoff.Retry(ctx, func() ([]byte, error) {
		data, done, err := c.try(ctx, r)
		unsure = unsure || done
		if e, ok := errors.AsType[*statusError](err); ok {
			e.unsure = unsure
		}
		if done && stale.IsZero() {
			stale = time.Now().Add(r.safe)
		}
		if r.once && done || r.safe > 0 && unsure && err != nil && time.Now().After(stale) {
			err = backoff.Permanent(fmt.Errorf("%w: %w", errStale, err))
		}
		return data, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(tries), backoff.WithMaxElapsedTime(0))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.what, err)
	}
	return data, nil
}

// try is one attempt. With an error, done tells that the request may have been carried out all the same.
func (c *client) try(ctx context.Context, r request) (data []byte, done bool, err error) {
	if err := c.clearance(ctx, r); err != nil {
		return nil, false, backoff.Permanent(err)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, c.base+apiPath+r.path, bytes.NewReader(r.data))
	if err != nil {
		return nil, false, backoff.Permanent(errors.New("the address cannot be used"))
	}
	req.Header.Set("User-Agent", userAgent)
	if !r.interaction {
		req.Header.Set("Authorization", "Bot "+c.token)
	}
	if r.data != nil {
		req.Header.Set("Content-Type", contentJSON)
		if r.contentType != "" {
			req.Header.Set("Content-Type", r.contentType)
		}
	}
	resp, err := c.http.Do(req)
	c.tellReach(ctx, err)
	if err != nil {
		r.bucket.lose()
		op, isOp := errors.AsType[*net.OpError](err)
		return nil, !isOp || op.Op != "dial", withoutURL(err)
	}
	defer resp.Body.Close()
	data, err = io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	r.bucket.learn(resp.Header)
	c.invalid(resp)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		c.limits.Add(1)
		return nil, false, c.limited(ctx, r, resp.Header, data)
	case err != nil:
		return nil, true, fmt.Errorf("read the answer: %w", withoutURL(err))
	case resp.StatusCode < http.StatusMultipleChoices:
		return data, false, nil
	}
	problem := &statusError{}
	if json.Unmarshal(data, problem) != nil {
		problem = &statusError{} // an HTML page, say
	}
	problem.Status = resp.StatusCode
	problem.Message = redact(clipRunes(problem.Message, 300), c.token)
	if resp.StatusCode < http.StatusInternalServerError {
		return nil, false, backoff.Permanent(problem)
	}
	return nil, true, problem
}

// tellReach tells when Discord can no longer be reached, at the first request that does not get there, and when it can
// again.
func (c *client) tellReach(ctx context.Context, err error) {
	switch {
	case err == nil && c.away.Swap(false):
		c.logger.Info("Discord can be reached again")
	case err != nil && ctx.Err() == nil && !c.away.Swap(true):
		c.logger.Warn("Discord cannot be reached: trying again", "error", redact(withoutURL(err).Error(), c.token))
	}
}

// free tells that no ban is known: a request that is a courtesy can be made now.
func (c *client) free() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().After(c.banned)
}

// share takes this process's share of what Discord allows to the bot.
func (c *client) share() {
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
func (c *client) invalid(resp *http.Response) {
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
func (c *client) ban(wait time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until := time.Now().Add(wait); until.After(c.banned) {
		c.banned = until
	}
}

// clearance waits until a request may be sent.
func (c *client) clearance(ctx context.Context, r request) error {
	if err := r.bucket.wait(ctx); err != nil {
		return err
	}
	if r.interaction {
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

// limited reads a 429, which may be Discord's JSON or a page of the network in front of it, and returns an error that
// says when to try again. A ban of the whole bot is remembered for all requests.
func (c *client) limited(ctx context.Context, r request, h http.Header, data []byte) error {
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
	problem := &statusError{Status: http.StatusTooManyRequests, Code: said.Code, Message: "too many requests"}
	if said.Code == codeSlowMode && wait > maxSlowWait { // nobody waits behind it either
		return backoff.Permanent(problem)
	}
	r.bucket.pause(wait)
	c.logger.Warn("Discord asked to wait", "for", r.what, "wait", wait)
	if deadline, ok := ctx.Deadline(); ok && time.Now().Add(wait).After(deadline) {
		return backoff.Permanent(problem)
	}
	return fmt.Errorf("%w: %w", problem, &backoff.RetryAfterError{Duration: wait})
}

// fetch does the request and decodes the answer into v.
func fetch[T any](ctx context.Context, c *client, r request) (v T, err error) {
	data, err := c.do(ctx, r)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("%s: read the answer: %w", r.what, err)
	}
	return v, nil
}
