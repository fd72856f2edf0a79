package discordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Error codes of Discord's JSON errors.
const (
	codeGeneral         = 0
	codeUnknownChannel  = 10003
	codeUnknownGuild    = 10004
	codeUnknownMember   = 10007
	codeUnknownMessage  = 10008
	codeUnknownUser     = 10013
	codeUnknownWebhook  = 10015
	codeUnknownInteract = 10062
	codeUnknownCommand  = 10063
	codeTooManyCommands = 30032
	codeOldEdits        = 30046
	codeAcked           = 40060
	codeFollowups       = 40094 // of an app that only the user has installed
	codeAccess          = 50001
	codeOthersMessage   = 50005
	codeEmpty           = 50006
	codeNoDirect        = 50007
	codePermissions     = 50013
	codeWebhookToken    = 50027
	codeForm            = 50035
	codeArchived        = 50083
	codeBadJSON         = 50109
	codeThreadExists    = 160004
)

// call is one request, ready for its handler, which runs with s.mu held.
type call struct {
	method, path string // path without /api/v9
	where        string // for breaches: method and path
	vars         map[string]ID
	token        string // of an interaction, from the path
	query        url.Values
	form         form
	prefix       string // of field names in errors: "data." in callbacks
	now          time.Time
}

// reply is what a handler answers.
type reply struct {
	status int
	header http.Header
	body   json.RawMessage // nil: no content
	html   string          // instead of body
}

func ok(body json.RawMessage) reply { return reply{status: http.StatusOK, body: body} }

var noContent = reply{status: http.StatusNoContent}

// refusal is an error in Discord's form.
func refusal(status, code int, message string) reply {
	return reply{status: status, body: encode(struct {
		Message string `json:"message"`
		Code    int    `json:"code"`
	}{message, code})}
}

// A route is one endpoint. {name} in the pattern takes one segment; {token} is an interaction's.
type route struct {
	method, pattern string
	limit           limitClass
	open            bool // needs no Authorization
	handle          func(*Server, *call) reply
}

// routes is the whole REST interface, below /api/v9 or /api/v10.
func routes() []route {
	return []route{
		{"GET", "/gateway", otherLimit, true, (*Server).getGateway},
		{"GET", "/gateway/bot", otherLimit, false, (*Server).getGatewayBot},
		{"GET", "/users/@me", otherLimit, false, (*Server).getMe},
		{"POST", "/users/@me/channels", otherLimit, false, (*Server).openDirect},
		{"GET", "/applications/@me", otherLimit, false, (*Server).getApplication},
		{"GET", "/oauth2/applications/@me", otherLimit, false, (*Server).getApplication},

		{"GET", "/applications/{app}/commands", otherLimit, false, (*Server).listCommands},
		{"POST", "/applications/{app}/commands", otherLimit, false, (*Server).createCommand},
		{"PUT", "/applications/{app}/commands", otherLimit, false, (*Server).putCommands},
		{"GET", "/applications/{app}/commands/{command}", otherLimit, false, (*Server).getCommand},
		{"PATCH", "/applications/{app}/commands/{command}", otherLimit, false, (*Server).patchCommand},
		{"DELETE", "/applications/{app}/commands/{command}", otherLimit, false, (*Server).deleteCommand},
		{"GET", "/applications/{app}/guilds/{guild}/commands", otherLimit, false, (*Server).listCommands},
		{"POST", "/applications/{app}/guilds/{guild}/commands", otherLimit, false, (*Server).createCommand},
		{"PUT", "/applications/{app}/guilds/{guild}/commands", otherLimit, false, (*Server).putCommands},
		{"GET", "/applications/{app}/guilds/{guild}/commands/{command}", otherLimit, false, (*Server).getCommand},
		{"PATCH", "/applications/{app}/guilds/{guild}/commands/{command}", otherLimit, false, (*Server).patchCommand},
		{"DELETE", "/applications/{app}/guilds/{guild}/commands/{command}", otherLimit, false, (*Server).deleteCommand},

		{"GET", "/channels/{channel}", otherLimit, false, (*Server).getChannel},
		{"DELETE", "/channels/{channel}", otherLimit, false, (*Server).deleteThread},
		{"GET", "/channels/{channel}/messages", otherLimit, false, (*Server).listMessages},
		{"POST", "/channels/{channel}/messages", messageLimit, false, (*Server).createMessage},
		{"GET", "/channels/{channel}/messages/{message}", otherLimit, false, (*Server).getMessage},
		{"PATCH", "/channels/{channel}/messages/{message}", messageLimit, false, (*Server).editMessage},
		{"DELETE", "/channels/{channel}/messages/{message}", messageLimit, false, (*Server).deleteMessage},
		{"POST", "/channels/{channel}/messages/{message}/threads", otherLimit, false, (*Server).threadFromMessage},
		{"POST", "/channels/{channel}/threads", otherLimit, false, (*Server).startThread},
		{"POST", "/channels/{channel}/typing", otherLimit, false, (*Server).typing},
		{"GET", "/guilds/{guild}", otherLimit, false, (*Server).getGuild},
		{"GET", "/guilds/{guild}/members/{user}", otherLimit, false, (*Server).getMember},

		{"POST", "/interactions/{interaction}/{token}/callback", exemptLimit, true, (*Server).callback},
		{"POST", "/webhooks/{app}/{token}", webhookLimit, true, (*Server).followUp},
		{"GET", "/webhooks/{app}/{token}/messages/{message}", webhookLimit, true, (*Server).getResponse},
		{"PATCH", "/webhooks/{app}/{token}/messages/{message}", webhookLimit, true, (*Server).editResponse},
		{"DELETE", "/webhooks/{app}/{token}/messages/{message}", webhookLimit, true, (*Server).deleteResponse},
	}
}

// match fills the call's variables if the path is the route's.
func (r route) match(c *call) bool {
	if r.method != c.method {
		return false
	}
	want, have := strings.Split(r.pattern, "/"), strings.Split(c.path, "/")
	if len(want) != len(have) {
		return false
	}
	vars, token := map[string]ID{}, ""
	for i, w := range want {
		switch {
		case w == "{token}":
			token = have[i]
		case strings.HasPrefix(w, "{"):
			vars[strings.Trim(w, "{}")] = ID(have[i])
		case w != have[i]:
			return false
		}
	}
	c.vars, c.token = vars, token
	return true
}

// cutVersion takes /api/v9 or /api/v10 off a path.
func cutVersion(path string) (string, bool) {
	for _, prefix := range []string{"/api/v9/", "/api/v10/"} {
		if rest, found := strings.CutPrefix(path, prefix); found {
			return "/" + rest, true
		}
	}
	return path, false
}

// routeOf is the route of a call.
func routeOf(c *call) (route, bool) {
	for _, r := range routes() {
		if r.match(c) {
			return r, true
		}
	}
	return route{}, false
}

// serveREST answers one request: faults first, then authorization, rate limits, and the handler.
func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	path, versioned := cutVersion(r.URL.Path)
	c := &call{method: r.Method, path: path, where: r.Method + " " + path, query: r.URL.Query(), now: s.cfg.Now()}
	rt, known := routeOf(c)
	body, form, badBody := readBody(w, r)
	c.form = form

	s.mu.Lock()
	entry := s.record(c, rt.pattern, body)
	fault := s.fault(c)
	if it := s.world.interactions[c.vars["interaction"]]; it != nil && fault != nil {
		it.faulty = true
	}
	s.notify()
	s.mu.Unlock()

	waiting := r.Context()
	if fault != nil && fault.Late {
		waiting = context.WithoutCancel(waiting)
	}
	if fault != nil && !s.pause(waiting, fault.Delay) {
		panic(http.ErrAbortHandler)
	}
	if fault != nil && fault.Cut && !fault.Applied {
		s.answered(entry, 0)
		panic(http.ErrAbortHandler)
	}
	c.now = s.cfg.Now()

	s.mu.Lock()
	out := s.answer(rt, c, fault, known && versioned, r.Header.Get("Authorization"), badBody)
	s.countInvalid(c, out.status)
	s.notify()
	s.mu.Unlock()

	if fault != nil && fault.Cut {
		s.answered(entry, 0)
		panic(http.ErrAbortHandler)
	}
	s.answered(entry, out.status)
	write(w, out, fault != nil && fault.Half)
}

// answer is what the request gets, after its fault's delay. The caller holds s.mu.
func (s *Server) answer(rt route, c *call, fault *ActiveFault, known bool, authorization string,
	badBody error) (out reply) {
	switch {
	case fault != nil && fault.Status != 0 && !fault.Applied:
		out = s.faulty(fault, rt, c)
	case !known:
		s.breach(Breach{RuleRoute, c.where, "path", "unknown", "an endpoint of the fake"})
		out = refusal(http.StatusNotFound, codeGeneral, "404: Not Found")
	case !rt.open && authorization != "Bot "+s.cfg.Token:
		out = refusal(http.StatusUnauthorized, codeGeneral, "401: Unauthorized")
	default:
		out = s.limited(rt, c, badBody)
	}
	if fault != nil && fault.Applied && fault.Status != 0 {
		out = s.faulty(fault, rt, c)
	}
	return out
}

// limited answers 429, or runs the handler and adds the headers of its bucket. The caller holds s.mu.
func (s *Server) limited(rt route, c *call, badBody error) reply {
	header, refused := s.limit(rt, c)
	if refused != nil {
		return *refused
	}
	var out reply
	if badBody != nil {
		s.breach(Breach{RuleJSON, c.where, "body", badBody.Error(), "JSON, or multipart with payload_json"})
		out = refusal(http.StatusBadRequest, codeBadJSON, "The request body contains invalid JSON.")
	} else {
		s.describe(c)
		out = rt.handle(s, c)
	}
	maps.Copy(header, out.header)
	out.header = header
	return out
}

// describe records a call that is not as Discord's description has it. The caller holds s.mu.
func (s *Server) describe(c *call) {
	if s.cfg.Spec == nil {
		return
	}
	if err := s.cfg.Spec.Check(c.method, c.path, c.form.json); err != nil {
		s.breach(Breach{RuleSpec, c.where, "body", err.Error(), "as Discord describes it"})
	}
}

// write sends a reply, or half of its body under the length of the whole.
func write(w http.ResponseWriter, out reply, half bool) {
	maps.Copy(w.Header(), out.header)
	switch {
	case out.html != "":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(out.status)
		_, _ = w.Write([]byte(out.html))
	case out.body != nil:
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(out.body)))
		w.WriteHeader(out.status)
		if half {
			_, _ = w.Write(out.body[:len(out.body)/2])
			panic(http.ErrAbortHandler)
		}
		_, _ = w.Write(out.body)
	default:
		w.WriteHeader(out.status)
	}
}

// decode reads a request's JSON into T. A body of another shape is a breach and refused.
func decode[T any](s *Server, c *call) (T, *reply) {
	var v T
	if err := json.Unmarshal(c.form.json, &v); err != nil {
		s.breach(Breach{RuleJSON, c.where, "body", err.Error(), fmt.Sprintf("JSON that fits %T", v)})
		out := refusal(http.StatusBadRequest, codeBadJSON, "The request body contains invalid JSON.")
		return v, &out
	}
	return v, nil
}
