package discordtest

import (
	"fmt"
	"slices"
)

// A Rule names one of Discord's limits.
type Rule string

// The rules whose breach is kept.
const (
	RuleContent     Rule = "content"          // length of a message, emptiness
	RuleEmbeds      Rule = "embeds"           // number and lengths
	RuleComponents  Rule = "components"       // number, nesting, lengths, custom ids
	RuleFlags       Rule = "flags"            // flags that may not be set or removed there
	RuleFiles       Rule = "files"            // number, size
	RuleMentions    Rule = "allowed_mentions" // absent, parsing, or contradicting itself
	RuleNonce       Rule = "nonce"
	RuleCommand     Rule = "command"     // registration
	RuleInteraction Rule = "interaction" // late, second or impossible acknowledgement; unknown token
	RuleChoices     Rule = "choices"     // autocomplete
	RuleModal       Rule = "modal"
	RuleThread      Rule = "thread"
	RuleRoute       Rule = "route"       // an endpoint that the fake does not have
	RuleJSON        Rule = "json"        // a body that cannot be read
	RuleRateLimit   Rule = "rate limit"  // sending on in spite of 429, or 10,000 invalid requests
	RuleGateway     Rule = "gateway"     // payload size, order and number
	RuleOwnership   Rule = "ownership"   // editing what is not the bot's
	RuleSpec        Rule = "description" // a body that is not as Discord's own description has it
)

// A Breach is a limit that the bot did not keep.
type Breach struct {
	Rule  Rule
	Where string // the request or the gateway operation
	What  string // which part of it
	Value string // what it was
	Limit string // what it may be
}

// String is one line.
func (b Breach) String() string {
	return fmt.Sprintf("%s: %s: %s is %s, limit: %s", b.Rule, b.Where, b.What, b.Value, b.Limit)
}

// Breaches are all that have been seen so far, in order, forgiven ones too.
func (s *Server) Breaches() []Breach {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.breaches)
}

// Unforgiven are the breaches that fail a test.
func (s *Server) Unforgiven() []Breach {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.breaches), func(b Breach) bool { return s.forgiven[b.Rule] })
}

// Forgive lets breaches of the rules pass without failing the test: the past ones and those to come.
// The bot is still answered as Discord would.
func (s *Server) Forgive(rules ...Rule) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range rules {
		s.forgiven[r] = true
	}
}

const maxBreaches = 1000 // ours: a runaway bot must not eat the memory of the test

// breach keeps one. The caller holds s.mu.
func (s *Server) breach(b Breach) {
	if len(s.breaches) < maxBreaches {
		s.breaches = append(s.breaches, b)
	}
	s.notify()
}
