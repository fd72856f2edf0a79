package discordtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// Limits of interactions. Source: Discord's page "Receiving and Responding to Interactions".
const (
	ackDeadline   = 3 * time.Second
	tokenLife     = 15 * time.Minute
	maxModalTitle = 45
	maxFollowUps  = 5 // of an app that only the user has installed
)

// The types of an interaction.
const (
	kindCommand      = 2
	kindComponent    = 3
	kindAutocomplete = 4
	kindModal        = 5
)

// The types of a callback.
const (
	respondMessage  = 4
	respondDeferred = 5
	deferUpdate     = 6
	respondUpdate   = 7
	respondChoices  = 8
	respondModal    = 9
)

// An Interaction is one use of a command, a button, a menu or a form by a person.
type Interaction struct {
	s       *Server
	id      ID
	token   string
	kind    int
	user    *Person
	channel ID
	guild   ID
	usage   string // for people: /ask question: …
	option  int    // type of the option that is completed
	source  *message
	created time.Time

	userOnly bool  // the app is there by this person's installation alone
	err      error // it could not even be made

	delivered time.Time // when the bot first had it
	responded time.Time // when the callback was taken
	acked     int       // the type of the callback; 0 for none
	dead      bool      // the bot was too late
	faulty    bool      // a fault met the callback, so that the bot is not to blame for its absence
	edits     int       // of the first message, before the callback
	original  *message
	followUps []*message
	choices   []CommandChoice
	modal     *Modal
}

// A Modal is a form that the bot has shown.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

func (s *Server) breachInteraction(c *call, what, value, limit string) {
	s.breach(Breach{RuleInteraction, c.where, what, value, limit})
}

// callback is the first response.
func (s *Server) callback(c *call) reply {
	it := s.world.interactions[c.vars["interaction"]]
	if it == nil || it.token != c.token {
		s.breachInteraction(c, "interaction", "unknown", "one that was sent")
		return refusal(http.StatusNotFound, codeUnknownInteract, "Unknown interaction")
	}
	if it.acked != 0 {
		s.breachInteraction(c, "acknowledgement", "the second", "one")
		return refusal(http.StatusBadRequest, codeAcked, "Interaction has already been acknowledged.")
	}
	if c.now.Sub(it.created) > ackDeadline {
		if late := c.now.Sub(it.delivered); late > ackDeadline && !it.delivered.IsZero() && !it.dead && !it.faulty {
			s.breachInteraction(c, "acknowledgement", late.Round(time.Millisecond).String(), ackDeadline.String())
			it.dead = true
		}
		return refusal(http.StatusNotFound, codeUnknownInteract, "Unknown interaction")
	}
	b, refused := decode[struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}](s, c)
	if refused != nil {
		return *refused
	}
	if !slices.Contains(it.allowed(), b.Type) {
		p := &problems{}
		p.add(RuleInteraction, "type", "BASE_TYPE_CHOICES", fmt.Sprint(b.Type), fmt.Sprintf("one of %v", it.allowed()))
		return *s.refuse(c, p)
	}
	if len(b.Data) == 0 || string(b.Data) == "null" {
		b.Data = json.RawMessage("{}")
	}
	c.form.json, c.prefix = b.Data, "data."
	m, refused := s.take(c, it, b.Type)
	if refused != nil {
		return *refused
	}
	it.acked, it.original, it.responded = b.Type, m, s.cfg.Now()
	if m != nil && b.Type == deferUpdate {
		it.edits = len(m.Edits)
	}
	s.notify()
	if c.query.Get("with_response") == "true" {
		return s.callbackResponse(it, b.Type)
	}
	return noContent
}

// take does what a first response of the kind says, and is the message that it makes or changes, if any.
func (s *Server) take(c *call, it *Interaction, kind int) (m *message, refused *reply) {
	switch kind {
	case respondMessage, respondDeferred:
		return s.respond(c, it, kind)
	case respondUpdate:
		return it.source, s.change(c, it.source)
	case deferUpdate:
		return it.source, nil
	case respondChoices:
		return nil, s.takeChoices(c, it)
	case respondModal:
		return nil, s.takeModal(c, it)
	}
	return nil, nil
}

// allowed are the callbacks that an interaction takes.
func (it *Interaction) allowed() []int {
	switch {
	case it.kind == kindAutocomplete:
		return []int{respondChoices}
	case it.kind == kindComponent:
		return []int{respondMessage, respondDeferred, deferUpdate, respondUpdate, respondModal}
	case it.kind == kindModal && it.source != nil:
		return []int{respondMessage, respondDeferred, deferUpdate, respondUpdate}
	case it.kind == kindModal:
		return []int{respondMessage, respondDeferred}
	default:
		return []int{respondMessage, respondDeferred, respondModal}
	}
}

func (s *Server) callbackResponse(it *Interaction, kind int) reply {
	type interaction struct {
		ID        ID   `json:"id"`
		Type      int  `json:"type"`
		MessageID ID   `json:"response_message_id,omitempty"`
		Loading   bool `json:"response_message_loading"`
		Ephemeral bool `json:"response_message_ephemeral"`
	}
	type resource struct {
		Type    int      `json:"type"`
		Message *Message `json:"message,omitempty"`
	}
	out := struct {
		Interaction interaction `json:"interaction"`
		Resource    resource    `json:"resource"`
	}{interaction{ID: it.id, Type: it.kind}, resource{Type: kind}}
	if m := it.original; m != nil {
		v := s.visible(m, allIntents)
		out.Resource.Message = &v
		out.Interaction.MessageID, out.Interaction.Loading, out.Interaction.Ephemeral = m.ID, m.Loading(), m.Ephemeral()
	}
	return ok(encode(out))
}

// respond makes the first message of an interaction, or its "is thinking…". The caller holds s.mu.
func (s *Server) respond(c *call, it *Interaction, kind int) (*message, *reply) {
	b, refused := decode[messageBody](s, c)
	if refused != nil {
		return nil, refused
	}
	m := s.response(it, b.Flags.Value&FlagEphemeral != 0)
	if kind == respondDeferred {
		if extra := b.Flags.Value &^ FlagEphemeral; extra != 0 {
			p := &problems{}
			p.add(RuleFlags, "flags", "BASE_TYPE_CHOICES", fmt.Sprintf("%#x", b.Flags.Value), "EPHEMERAL alone when deferring")
			return nil, s.refuse(c, p)
		}
		m.Flags |= FlagLoading
		s.post(m)
		return m, nil
	}
	d := destination{interaction: true}
	if refused := s.refuse(c, s.checkMessage(b, c.form.files, d)); refused != nil {
		return nil, refused
	}
	s.suspicious(c, b, d)
	if empty := s.fill(m, b, c, true); empty != nil {
		return nil, empty
	}
	s.post(m)
	return m, nil
}

// response is a message of the bot for an interaction, not yet posted.
func (s *Server) response(it *Interaction, ephemeral bool) *message {
	m := s.newMessage(s.world.channels[it.channel], s.world.bot)
	m.byBot, m.WebhookID, m.ApplicationID, m.original = true, s.world.app, s.world.app, it
	m.Interaction = &interactionMetadata{ID: it.id, Type: it.kind, User: &it.user.user}
	if it.kind == kindCommand {
		m.Type = typeSlash
	}
	if ephemeral {
		m.Flags, m.For = FlagEphemeral, it.user.user.ID
	}
	return m
}

// change edits a message by an interaction's right. The caller holds s.mu.
func (s *Server) change(c *call, m *message) *reply {
	b, refused := decode[messageBody](s, c)
	if refused != nil {
		return refused
	}
	d := destination{edit: true, interaction: true, before: m}
	if refused := s.refuse(c, s.checkMessage(b, c.form.files, d)); refused != nil {
		return refused
	}
	s.suspicious(c, b, d)
	if empty := s.fill(m, b, c, true); empty != nil {
		return empty
	}
	s.edited(m)
	return nil
}

func (s *Server) takeChoices(c *call, it *Interaction) *reply {
	b, refused := decode[struct {
		Choices []CommandChoice `json:"choices"`
	}](s, c)
	if refused != nil {
		return refused
	}
	p := &problems{}
	p.count(RuleChoices, "choices", len(b.Choices), 0, maxChoices)
	for i, ch := range b.Choices {
		checkChoice(p, RuleChoices, fmt.Sprintf("choices.%d.", i), ch, it.option)
	}
	it.choices = b.Choices
	return s.refuse(c, p)
}

func (s *Server) takeModal(c *call, it *Interaction) *reply {
	m, refused := decode[Modal](s, c)
	if refused != nil {
		return refused
	}
	p := &problems{}
	checkModal(p, m)
	it.modal = &m
	return s.refuse(c, p)
}

// answering is the interaction of a webhook call, acknowledged and alive, or a refusal. The caller holds s.mu.
func (s *Server) answering(c *call) (*Interaction, *reply) {
	it := s.world.byToken[c.token]
	var out reply
	switch {
	case it == nil || c.vars["app"] != s.world.app:
		s.breachInteraction(c, "token", "unknown", "of an interaction that was sent")
		out = refusal(http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook")
	case c.now.Sub(it.created) > tokenLife:
		out = refusal(http.StatusUnauthorized, codeWebhookToken, "Invalid Webhook Token")
	case it.acked == 0:
		if !it.faulty {
			s.breachInteraction(c, "response", "before the acknowledgement", "after it")
		}
		out = refusal(http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook")
	default:
		return it, nil
	}
	return nil, &out
}

// responseOf is the message that a webhook call names: @original or one of the interaction's own.
func (s *Server) responseOf(c *call) (*message, *reply) {
	it, refused := s.answering(c)
	if refused != nil {
		return nil, refused
	}
	m := it.original
	if id := c.vars["message"]; id != "@original" && (m == nil || m.ID != id) {
		m = nil
		for _, f := range it.followUps {
			if f.ID == id {
				m = f
			}
		}
	}
	if m == nil || m.Deleted {
		out := refusal(http.StatusNotFound, codeUnknownMessage, "Unknown Message")
		return nil, &out
	}
	return m, nil
}

func (s *Server) getResponse(c *call) reply {
	m, refused := s.responseOf(c)
	if refused != nil {
		return *refused
	}
	return ok(encode(s.visible(m, allIntents)))
}

func (s *Server) editResponse(c *call) reply {
	m, refused := s.responseOf(c)
	if refused != nil {
		return *refused
	}
	if refused := s.change(c, m); refused != nil {
		return *refused
	}
	return ok(encode(s.visible(m, allIntents)))
}

func (s *Server) deleteResponse(c *call) reply {
	m, refused := s.responseOf(c)
	if refused != nil {
		return *refused
	}
	s.remove(s.world.channels[m.ChannelID], m)
	return noContent
}

// followUp is one more message; while the first is still loading, it takes that one's place.
func (s *Server) followUp(c *call) reply {
	it, refused := s.answering(c)
	if refused != nil {
		return *refused
	}
	if m := it.original; m != nil && m.Loading() && !m.Deleted {
		if refused := s.change(c, m); refused != nil {
			return *refused
		}
		return ok(encode(s.visible(m, allIntents)))
	}
	if it.userOnly && len(it.followUps) >= maxFollowUps {
		n, limit := fmt.Sprint(len(it.followUps)+1), fmt.Sprint(maxFollowUps, " of a user-installed app")
		s.breachInteraction(c, "follow-ups", n, limit)
		return refusal(http.StatusBadRequest, codeFollowups, "Maximum number of follow up messages reached")
	}
	b, refused := decode[messageBody](s, c)
	if refused != nil {
		return *refused
	}
	d := destination{interaction: true}
	if refused := s.refuse(c, s.checkMessage(b, c.form.files, d)); refused != nil {
		return *refused
	}
	s.suspicious(c, b, d)
	m := s.response(it, b.Flags.Value&FlagEphemeral != 0)
	m.Type = typeDefault
	if o := it.original; o != nil {
		m.Type, m.Reference = typeReply, &Reference{MessageID: o.ID, ChannelID: o.ChannelID, GuildID: o.GuildID}
	}
	if empty := s.fill(m, b, c, true); empty != nil {
		return *empty
	}
	it.followUps = append(it.followUps, m)
	s.post(m)
	return ok(encode(s.visible(m, allIntents)))
}

// checkUnanswered records the interactions that the bot had and let die. The caller holds s.mu.
func (s *Server) checkUnanswered() {
	for _, id := range slices.SortedFunc(maps.Keys(s.world.interactions), compareIDs) {
		it := s.world.interactions[id]
		if it.acked == 0 && !it.dead && !it.faulty && !it.delivered.IsZero() && s.cfg.Now().Sub(it.delivered) > ackDeadline {
			s.breach(Breach{RuleInteraction, it.usage, "acknowledgement", "none", ackDeadline.String()})
		}
	}
}
