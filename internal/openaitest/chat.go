package openaitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// endless is how much EndlessLine and EndlessStream send before they give up on the client.
const endless = 256 << 20

// NotCovered is what the server says without passages, as a prompt for cited answers is expected to ask for.
const NotCovered = "NOT_COVERED"

type delta struct {
	Role    string `json:"role,omitempty"`
	Content string `json:"content,omitempty"`
}

type choice struct {
	Index        int      `json:"index"`
	Delta        *delta   `json:"delta,omitempty"`
	Message      *Message `json:"message,omitempty"`
	FinishReason *string  `json:"finish_reason"`
}

type completion struct {
	ID      string   `json:"id"`
	Object  string   `json:"object"`
	Created int64    `json:"created"`
	Model   string   `json:"model"`
	Choices []choice `json:"choices"`
	Usage   *usage   `json:"usage,omitempty"`
}

// usage is how many tokens a call took.
type usage struct {
	Prompt     int `json:"prompt_tokens"`
	Completion int `json:"completion_tokens"`
	Total      int `json:"total_tokens"`
}

// Tokens is how many tokens the server counts in a text: its words.
func Tokens(text string) int { return len(strings.Fields(text)) }

func usageOf(request Request, said string, fault Fault) *usage {
	u := usage{Completion: Tokens(said)}
	for _, m := range request.Messages {
		u.Prompt += Tokens(m.Content)
	}
	for _, text := range request.Input {
		u.Prompt += Tokens(text)
	}
	switch fault {
	case NoUsage:
		return nil
	case AbsurdUsage:
		u.Prompt, u.Completion = -5, 1<<40
	case HugeUsage:
		u.Prompt, u.Completion = 9_999_999, 9_999_999
	case OneUsage:
		u.Prompt, u.Completion = 1, 1
	}
	u.Total = u.Prompt + u.Completion
	return &u
}

func newCompletion(model, object string, choices ...choice) completion {
	if choices == nil {
		choices = []choice{}
	}
	return completion{ID: "chatcmpl-1", Object: object, Created: 1_700_000_000, Model: model, Choices: choices}
}

// reasons reports whether a model by that name refuses max_tokens and temperature, as OpenAI's reasoning models do.
func reasons(model string) bool {
	return regexp.MustCompile(`^(o[0-9]|gpt-[5-9])`).MatchString(model)
}

func (s *Server) chat(w http.ResponseWriter, r *http.Request, request Request, reply Reply) {
	if reply.Fault == Reasoning || reasons(request.Model) {
		if request.MaxTokens != 0 {
			refuse(w, http.StatusBadRequest, "invalid_request_error", "unsupported_parameter", "max_tokens",
				"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
			return
		}
		if request.Temperature != nil && *request.Temperature != 1 {
			refuse(w, http.StatusBadRequest, "invalid_request_error", "unsupported_value", "temperature",
				"Unsupported value: 'temperature' does not support this value with this model.")
			return
		}
	}
	if reply.Fault == UsageRefused && request.IncludeUsage {
		refuse(w, http.StatusBadRequest, "invalid_request_error", "", "stream_options",
			"Unknown parameter: 'stream_options'.")
		return
	}
	text, finish := s.says(request, reply), "stop"
	switch reply.Fault {
	case FinishLength:
		text, finish = half(text), "length"
	case ContentFilter:
		text, finish = half(text), "content_filter"
	case NoText:
		text = ""
	}
	if !request.Stream || reply.Fault == NoStream {
		c := newCompletion(request.Model, "chat.completion")
		if reply.Fault != EmptyChoices {
			c.Choices = []choice{{Message: &Message{Role: "assistant", Content: text}, FinishReason: &finish}}
			c.Usage = usageOf(request, text, reply.Fault)
		}
		respond(w, http.StatusOK, c)
		return
	}
	s.stream(w, r, request, text, finish, reply)
}

func half(text string) string { return text[:len(text)/2] }

// says is the text of the answer.
func (s *Server) says(request Request, reply Reply) string {
	if reply.Text != "" {
		return reply.Text
	}
	n, sentence := nearestPassage(request.Messages)
	switch {
	case n == "":
		return NotCovered
	case reply.Fault == WrongCitation:
		n = "99"
	case reply.Fault == InventedQuotation:
		return fmt.Sprintf("An official said, \"These words were never said by anybody in any paper\" [%s].", n)
	}
	if end := strings.TrimRight(sentence, ".!?"); end != sentence {
		return fmt.Sprintf("%s [%s]%s", end, n, sentence[len(end):])
	}
	return fmt.Sprintf("%s [%s]", sentence, n)
}

var (
	label = regexp.MustCompile(`^\[(\d+)\]`)
	fence = regexp.MustCompile("^(?:~{3,}|`{3,}|={3,}|-{3,})$")
	field = regexp.MustCompile(`(?i)^(?:text|passage): *`)
)

// nearestPassage finds the numbered passage in the last message that shares most words with what stands before the
// passages, roughly as a model would; the first of equals. A passage is a line that begins with its number in brackets,
// then the text, either fenced or on the same line.
func nearestPassage(messages []Message) (n, sentence string) {
	if len(messages) == 0 {
		return "", ""
	}
	lines := strings.Split(messages[len(messages)-1].Content, "\n")
	var asked []string
	most := -1
	for i, line := range lines {
		match := label.FindStringSubmatch(line)
		if match == nil {
			if most < 0 {
				asked = append(asked, longWords(line)...)
			}
			continue
		}
		text := strings.TrimSpace(line[len(match[0]):])
		if i+2 < len(lines) && fence.MatchString(lines[i+1]) {
			for _, inside := range lines[i+2:] {
				if inside == lines[i+1] {
					break
				}
				if text == "" || field.MatchString(inside) {
					text = field.ReplaceAllString(inside, "")
				}
			}
		}
		shared := 0
		for _, word := range longWords(text) {
			if slices.Contains(asked, word) {
				shared++
			}
		}
		if text != "" && shared > most {
			n, sentence, most = match[1], firstSentence(text), shared
		}
	}
	return n, sentence
}

// longWords are the words of a text that may say what it is about.
func longWords(text string) []string {
	all := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) &&
			!unicode.IsDigit(r)
	})
	return slices.DeleteFunc(all, func(w string) bool { return len(w) < len("lamp") })
}

func firstSentence(text string) string {
	for i := 20; i < len(text)-1; i++ { // after "U.S." and "Mr." at the very beginning, roughly
		if strings.ContainsRune(".!?", rune(text[i])) && text[i+1] == ' ' {
			return text[:i+1]
		}
	}
	return text
}

// neverEnds sends what has no end, until the client goes away; it reports whether the fault is one of these.
func neverEnds(w http.ResponseWriter, fault Fault) bool {
	switch fault {
	case EndlessLine:
		_, _ = fmt.Fprint(w, `data: {"choices":[{"index":0,"delta":{"content":"`)
		pour(w, bytes.Repeat([]byte("x"), 64<<10))
	case EndlessStream:
		pour(w, []byte(`data: {"choices":[{"index":0,"delta":{"content":"and so on "}}]}`+"\n\n"))
	case EndlessJunk:
		pour(w, bytes.Repeat([]byte(strings.Repeat("and so on ", 100)+"\n"), 64))
	case EndlessComments:
		pour(w, bytes.Repeat([]byte(": "+strings.Repeat("x", 1<<10)+"\n"), 64))
	default:
		return false
	}
	return true
}

// breaksOff ends an answer in the middle; it reports whether the fault is one of these.
func (s *Server) breaksOff(w http.ResponseWriter, r *http.Request, reply Reply, send func(line string) bool) bool {
	switch reply.Fault {
	case AbortedStream:
		panic(http.ErrAbortHandler)
	case StalledStream:
		s.hang(r)
	case TricklingEvent:
		s.trickle(w, r, reply.Pace)
	case BrokenEvent:
		send(`data: {"choices":[{"delta":`)
	case ErrorInStream:
		content, _ := json.Marshal(newErrorBody("server_error", "", "", "The model failed while it wrote."))
		send("data: " + string(content))
	default:
		return false
	}
	return true
}

// stream sends the answer word by word.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, request Request, text, finish string, reply Reply) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w).Flush
	send := func(line string) bool {
		if _, err := fmt.Fprintf(w, "%s\n\n", line); err != nil {
			return false
		}
		return flush() == nil
	}
	event := func(choices ...choice) bool {
		content, err := json.Marshal(newCompletion(request.Model, "chat.completion.chunk", choices...))
		return err == nil && send("data: "+string(content))
	}
	if reply.Fault == KeepAlives {
		for range 1000 {
			send(": KEEP-ALIVE")
		}
	}
	if reply.Fault != EmptyChoices {
		event(choice{Delta: &delta{Role: "assistant"}})
	}
	if neverEnds(w, reply.Fault) {
		return
	}
	if reply.Fault == LongLine {
		text = strings.Repeat("x", 4<<20)
	}
	for i, word := range strings.SplitAfter(text, " ") {
		if i == 2 && s.breaksOff(w, r, reply, send) {
			return
		}
		if i > 0 && !s.wait(r, reply.Pace) {
			return
		}
		if reply.Fault == EmptyChoices {
			event()
		} else if !event(choice{Delta: &delta{Content: word}}) {
			return
		}
	}
	switch reply.Fault {
	case CutStream:
		return
	case EmptyChoices, DoneWithoutReason:
	default:
		event(choice{Delta: &delta{}, FinishReason: &finish})
	}
	if reply.Fault == UsageLate {
		s.hang(r)
		return
	}
	if request.IncludeUsage {
		last := newCompletion(request.Model, "chat.completion.chunk")
		last.Usage = usageOf(request, text, reply.Fault)
		content, _ := json.Marshal(last)
		send("data: " + string(content))
	}
	send("data: [DONE]")
}

// trickle sends an event that does not end, one byte at each pace.
func (s *Server) trickle(w http.ResponseWriter, r *http.Request, pace time.Duration) {
	for _, c := range []byte(`data: {"choices":[{"index":0,"delta":{"content":"` + strings.Repeat("x", 1<<20)) {
		if _, err := w.Write([]byte{c}); err != nil || http.NewResponseController(w).Flush() != nil ||
			!s.wait(r, max(pace, time.Millisecond)) {
			return
		}
	}
}

func pour(w http.ResponseWriter, block []byte) {
	for sent := 0; sent < endless; sent += len(block) {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}
