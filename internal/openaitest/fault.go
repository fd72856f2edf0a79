package openaitest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Reply is how one request is answered. The zero value is the ordinary answer.
type Reply struct {
	Fault      Fault
	Delay      time.Duration // before anything is sent
	Pace       time.Duration // between the events of a stream
	Text       string        // what chat says instead of the ordinary answer
	RetryAfter time.Duration // sent with RateLimited, Failing and Unavailable; whole seconds, 0 sends none
}

// A Fault is a way to misbehave.
type Fault int

// The faults.
const (
	None Fault = iota

	// Of any endpoint.
	Unauthorized  // 401, with the key in the message
	ModelNotFound // 404, as for a model that does not exist
	RateLimited   // 429
	NoCredit      // 429 with the code insufficient_quota
	Failing       // 500
	Unavailable   // 503
	BadGateway    // 502 with a page of HTML, as a proxy answers
	Portal        // 200 with a page of HTML
	Redirected    // 307 to another host
	Refused       // 400 for no reason that the client could mend
	Hanging       // never answers
	Dropped       // closes the connection without a word
	ErrorBody     // 200 with an error for a body
	Gibberish     // 200 with bytes that mean nothing
	EchoedKey     // 500 with the Authorization header in the message
	TooLong       // 400: what was sent is longer than the model takes, in OpenAI's words
	TooLongFails  // 500 for the same, as llama.cpp's server answers for texts to embed that are longer than its batch
	TooLongLlama  // 400 for the same, as it answers for prompts that are longer than its window: with numbers for codes
	RefusedMutely // 400 for the same or for anything, without a word that says so
	HugeHeader    // a header of a megabyte

	// Of chat.
	Reasoning         // refuses max_tokens and temperature, as OpenAI's reasoning models do, whatever the name
	EmptyChoices      // events or an answer without choices
	NoText            // finish_reason "stop" and not a word
	CutStream         // the stream ends without a finish_reason, as if it were whole
	DoneWithoutReason // the same with a "[DONE]"
	AbortedStream     // the connection breaks in the middle
	StalledStream     // two events, then silence
	ErrorInStream     // two events, then an error
	BrokenEvent       // two events, then one that is not JSON
	FinishLength      // cut at the limit of tokens
	ContentFilter     // cut by the filter
	KeepAlives        // 1,000 comments before the first event: a client may take no more than some for a failure
	EndlessLine       // one line of up to 256 MiB
	EndlessStream     // events of up to 256 MiB
	LongLine          // one event of 4 MiB: less than an answer may have, more than an event has
	EndlessJunk       // lines that are no events, of up to 256 MiB
	EndlessComments   // comments of up to 256 MiB
	TricklingEvent    // two events, then one that comes byte by byte and never ends; see Reply.Pace
	NoStream          // one JSON object although a stream was asked for
	WrongCitation     // cites a passage that was not given
	InventedQuotation // puts words that stand nowhere between quotation marks

	NoUsage      // does not say how many tokens it took; of embeddings, too
	AbsurdUsage  // says numbers of tokens that cannot be true; of embeddings, too
	HugeUsage    // says 9,999,999 tokens, likewise
	OneUsage     // says one token, likewise
	UsageRefused // refuses to be asked for the number of tokens, as older servers do
	UsageLate    // is silent behind the answer, without the number of tokens and without an end

	// Of embeddings.
	OneVectorLess
	OneVectorMore
	Shuffled       // in another order, with the right indexes: that is allowed
	RepeatedIndex  // two vectors of one index
	IndexTooLarge  // an index beyond the inputs
	NullValue      // null in a vector, as some servers write NaN
	StringValue    // "NaN" in a vector
	OneValueLess   // the last vector has a dimension less
	ZeroVector     // the last vector is all zeros
	EmptyVector    // the last vector is empty
	OtherDimension // all vectors have a dimension less than in other replies
	HugeValue      // a number that no float32 holds
	CutAt100Words  // of longer texts the end is not read, and nothing says so, as many servers do
	OtherModel     // vectors of the same dimension that another model made
)

// A refusal is an error as a server sends it. In its message MODEL and KEY stand for those of the request.
type refusal struct {
	status                     int
	kind, code, param, message string
}

var refusals = map[Fault]refusal{
	ModelNotFound: {http.StatusNotFound, "invalid_request_error", "model_not_found", "",
		"The model `MODEL` does not exist or you do not have access to it."},
	RateLimited: {http.StatusTooManyRequests, "requests", "rate_limit_exceeded", "",
		"Rate limit reached for requests. Please try again later."},
	NoCredit: {http.StatusTooManyRequests, "insufficient_quota", "insufficient_quota", "",
		"You exceeded your current quota, please check your plan and billing details."},
	Failing:     {http.StatusInternalServerError, "server_error", "", "", "The server had an error."},
	Unavailable: {http.StatusServiceUnavailable, "server_error", "", "", "The engine is currently overloaded."},
	Refused:     {http.StatusBadRequest, "invalid_request_error", "", "", "This request cannot be served."},
	EchoedKey: {http.StatusInternalServerError, "server_error", "", "",
		"upstream got Authorization: Bearer KEY"},
	TooLong: {http.StatusBadRequest, "invalid_request_error", "context_length_exceeded", "messages",
		"This model's maximum context length is 8192 tokens, however you requested 9001 tokens. Please reduce your prompt."},
	TooLongFails: {http.StatusInternalServerError, "server_error", "", "",
		"input (701 tokens) is too large to process. increase the physical batch size (current batch size: 512)"},
	RefusedMutely: {http.StatusBadRequest, "invalid_request_error", "", "", "Bad request."},
	ErrorBody:     {http.StatusOK, "server_error", "", "", "Something failed behind this server."},
}

// misbehave does what is the same for every endpoint; it reports whether the request is answered with that.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, request Request, reply Reply) bool {
	if reply.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(reply.RetryAfter.Seconds())))
	}
	if r, ok := refusals[reply.Fault]; ok {
		refuse(w, r.status, r.kind, r.code, r.param,
			strings.NewReplacer("MODEL", request.Model, "KEY", request.Key).Replace(r.message))
		return true
	}
	switch reply.Fault {
	case Unauthorized:
		unauthorized(w, request.Key)
	case TooLongLlama:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":{"code":400,"message":"request (3031 tokens) exceeds the available context size ` +
			`(2048 tokens), try increasing it",` +
			`"type":"exceed_context_size_error","n_prompt_tokens":3031,"n_ctx":2048}}`))
	case HugeHeader:
		w.Header().Set("X-Trace", strings.Repeat("x", 1<<20))
		respond(w, http.StatusOK, struct{}{})
	case BadGateway:
		page(w, http.StatusBadGateway)
	case Portal:
		page(w, http.StatusOK)
	case Redirected:
		http.Redirect(w, r, "http://localhost:1/v1/elsewhere", http.StatusTemporaryRedirect)
	case Gibberish:
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write([]byte("\x00\x9f\x92\x96}{\n\x7f\x00]["))
	case Hanging:
		s.hang(r)
	case Dropped:
		panic(http.ErrAbortHandler)
	default:
		return false
	}
	return true
}

// hang waits for the client or the test to go away.
func (s *Server) hang(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.done:
	}
}

func page(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<!DOCTYPE html>\n<html><head><title>%d</title></head><body><h1>nginx</h1></body></html>\n",
		status)
}

// unauthorized repeats the key that it got, as the real server does (and more of it: theirs is masked in the middle).
func unauthorized(w http.ResponseWriter, key string) {
	refuse(w, http.StatusUnauthorized, "invalid_request_error", "invalid_api_key", "",
		fmt.Sprintf("Incorrect API key provided: %s. You can find your API key in your account.", key))
}

type errorBody struct {
	Error struct {
		Message string  `json:"message"`
		Type    string  `json:"type"`
		Param   *string `json:"param"`
		Code    *string `json:"code"`
	} `json:"error"`
}

func newErrorBody(kind, code, param, message string) errorBody {
	var body errorBody
	body.Error.Message, body.Error.Type = message, kind
	if code != "" {
		body.Error.Code = &code
	}
	if param != "" {
		body.Error.Param = &param
	}
	return body
}

func refuse(w http.ResponseWriter, status int, kind, code, param, message string) {
	respond(w, status, newErrorBody(kind, code, param, message))
}
