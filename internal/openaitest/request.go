package openaitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// The limits of the real server.
const (
	maxBodyBytes   = 25 << 20 // of one request
	maxInputs      = 2048     // texts per embedding request
	maxInputTokens = 8192     // per text
	maxTokens      = 300_000  // of all texts of one embedding request
	bytesPerToken  = 4.6      // of English text, measured within 11 %
)

// A Message is one of a conversation.
type Message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// A Request is what the server understood of one call.
type Request struct {
	Path  string // "/v1/chat/completions", "/v1/embeddings" or "/v1/models"
	Key   string // as sent, "" for none
	Model string

	// Of chat.
	Messages            []Message
	Stream              bool
	IncludeUsage        bool // a stream is to end with the number of tokens
	MaxTokens           int
	MaxCompletionTokens int
	Temperature         *float64

	// Of embeddings.
	Input []string
}

// body is every field of the two endpoints that a client may send, by the type that the real server wants. Anything
// else is refused.
type body struct {
	Model               *string         `json:"model"`
	Messages            []Message       `json:"messages"`
	Stream              bool            `json:"stream"`
	StreamOptions       *streamOptions  `json:"stream_options"`
	MaxTokens           *int            `json:"max_tokens"`
	MaxCompletionTokens *int            `json:"max_completion_tokens"`
	Temperature         *float64        `json:"temperature"`
	TopP                *float64        `json:"top_p"`
	N                   *int            `json:"n"`
	Seed                *int64          `json:"seed"`
	Stop                json.RawMessage `json:"stop"`
	User                *string         `json:"user"`
	ReasoningEffort     *string         `json:"reasoning_effort"`

	Input          json.RawMessage `json:"input"`
	EncodingFormat *string         `json:"encoding_format"`
	Dimensions     *int            `json:"dimensions"`
}

type streamOptions struct {
	IncludeUsage bool `json:"include_usage"`
}

// read understands a request, or says what the protocol forbids in it.
func read(r *http.Request) (request Request, breach string) {
	request.Path = r.URL.Path
	if r.Method == http.MethodGet {
		return request, ""
	}
	content, err := io.ReadAll(io.LimitReader(r.Body, maxBodyBytes+1))
	switch {
	case err != nil:
		return request, "the body cannot be read: " + err.Error()
	case len(content) > maxBodyBytes:
		return request, "the body is larger than 25 MiB"
	case !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		return request, fmt.Sprintf("Content-Type is %q", r.Header.Get("Content-Type"))
	}
	return parse(r.URL.Path, content)
}

// parse understands a request's body.
func parse(path string, content []byte) (request Request, breach string) {
	request.Path = path
	var b body
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&b); err != nil {
		return request, err.Error()
	}
	if b.Model == nil || *b.Model == "" {
		return request, "you must provide a model parameter"
	}
	request.Model = *b.Model
	if strings.HasSuffix(path, "/embeddings") {
		request.Input, breach = inputs(b)
		return request, breach
	}
	request.Messages, request.Stream, request.Temperature = b.Messages, b.Stream, b.Temperature
	if b.StreamOptions != nil {
		request.IncludeUsage = b.StreamOptions.IncludeUsage
	}
	if b.MaxTokens != nil {
		request.MaxTokens = *b.MaxTokens
	}
	if b.MaxCompletionTokens != nil {
		request.MaxCompletionTokens = *b.MaxCompletionTokens
	}
	return request, conversation(b)
}

func conversation(b body) (breach string) {
	if b.StreamOptions != nil && !b.Stream {
		return "stream_options without stream"
	}
	if len(b.Messages) == 0 {
		return "messages is empty"
	}
	for i, m := range b.Messages {
		switch m.Role {
		case "system", "developer", "user", "assistant":
		default:
			return fmt.Sprintf("messages[%d] has the role %q", i, m.Role)
		}
	}
	switch {
	case b.Input != nil:
		return "input is no parameter of chat"
	case b.MaxTokens != nil && b.MaxCompletionTokens != nil:
		return "max_tokens and max_completion_tokens are both set"
	case b.MaxTokens != nil && *b.MaxTokens < 1 || b.MaxCompletionTokens != nil && *b.MaxCompletionTokens < 1:
		return "the limit of tokens is below 1"
	case b.Temperature != nil && (*b.Temperature < 0 || *b.Temperature > 2):
		return "temperature is not within 0 and 2"
	case b.N != nil && *b.N != 1:
		return "n is not 1"
	}
	return ""
}

func inputs(b body) (texts []string, breach string) {
	if b.Messages != nil {
		return nil, "messages is no parameter of embeddings"
	}
	var one string
	if json.Unmarshal(b.Input, &one) == nil {
		texts = []string{one}
	} else if err := json.Unmarshal(b.Input, &texts); err != nil {
		return nil, "input is neither a string nor a list of strings"
	}
	if len(texts) == 0 || len(texts) > maxInputs {
		return nil, fmt.Sprintf("input has %d texts, want 1 to %d", len(texts), maxInputs)
	}
	total := 0.0
	for i, text := range texts {
		tokens := float64(len(text)) / bytesPerToken
		if text == "" {
			return nil, fmt.Sprintf("input[%d] is an empty string", i)
		}
		if tokens > maxInputTokens {
			return nil, fmt.Sprintf("input[%d] has about %.0f tokens, the maximum is %d", i, tokens, maxInputTokens)
		}
		total += tokens
	}
	if total > maxTokens {
		return nil, fmt.Sprintf("input has about %.0f tokens, the maximum is %d", total, maxTokens)
	}
	if b.EncodingFormat != nil && *b.EncodingFormat != "float" {
		return nil, fmt.Sprintf("encoding_format is %q, this server knows float", *b.EncodingFormat)
	}
	return texts, ""
}
