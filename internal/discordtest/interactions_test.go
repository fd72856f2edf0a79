package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// asked is a server with commands, a bot and one /ask that waits for a response.
func asked(t *testing.T, cfg Config) (*Server, *socket, *Interaction) {
	t.Helper()
	s := NewConfig(t, cfg)
	k, _ := s.login(t, smallIntents)
	s.rest(t, "PUT", s.commandsPath(), askCommand).want(t, 200, 0)
	return s, k, s.ask(t, k)
}

func (s *Server) ask(t *testing.T, k *socket) *Interaction {
	t.Helper()
	it := s.User("Ada").Slash(s.General(), "ask", Opt("question", "Why?"))
	if it.Err() != nil {
		t.Fatal(it.Err())
	}
	await[interactionWire](k, "INTERACTION_CREATE")
	if err := s.WaitFor(within(t), func() bool { return it.Delivered() }); err != nil {
		t.Fatal(err)
	}
	return it
}

const answerBody = `{"content":"Because.",` + noMentions + `}`

func TestAcknowledgeLate(t *testing.T) {
	tick := newClock()
	s, _, it := asked(t, Config{Now: tick.now})
	tick.add(ackDeadline + time.Millisecond)
	s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 404, codeUnknownInteract)
	s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 404, codeUnknownInteract)
	s.Close()
	s.breached(t, RuleInteraction)
}

func TestAcknowledgeNever(t *testing.T) {
	tick := newClock()
	s, _, _ := asked(t, Config{Now: tick.now})
	tick.add(ackDeadline + time.Millisecond)
	s.Close()
	s.breached(t, RuleInteraction)
}

func TestAcknowledgeJustInTime(t *testing.T) {
	tick := newClock()
	s, _, it := asked(t, Config{Now: tick.now})
	tick.add(ackDeadline)
	s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 204, 0)
}

func TestAcknowledgementThatMetAFault(t *testing.T) {
	tick := newClock()
	s, _, it := asked(t, Config{Now: tick.now})
	s.Fault(Match{"POST", "/interactions/*/*/callback"}, Fault{Status: 503, Times: 1})
	s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 503, 0)
	s.rest(t, "PATCH", s.hook(it, "/messages/@original"), answerBody).want(t, 404, codeUnknownWebhook)
	tick.add(ackDeadline + time.Millisecond)
	s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 404, codeUnknownInteract)
}

func TestInteractionThatTheBotNeverGot(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now})
	s.rest(t, "PUT", s.commandsPath(), askCommand).want(t, 200, 0)
	s.User("Ada").Slash(s.General(), "ask", Opt("question", "Why?"))
	tick.add(time.Minute)
}

func TestAcknowledgeTwice(t *testing.T) {
	s, _, it := asked(t, Config{})
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":`+answerBody+`}`).want(t, 204, 0)
	s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 400, codeAcked)
	s.breached(t, RuleInteraction)
}

func TestTokens(t *testing.T) {
	tick := newClock()
	s, _, it := asked(t, Config{Now: tick.now})
	original := s.hook(it, "/messages/@original")
	s.rest(t, "PATCH", original, answerBody).want(t, 404, codeUnknownWebhook)
	s.rest(t, "PATCH", "/webhooks/"+string(s.BotID())+"/nobody/messages/@original", answerBody).want(t, 404,
		codeUnknownWebhook)
	s.rest(t, "POST", "/interactions/1/"+it.token+"/callback", `{"type":5}`).want(t, 404, codeUnknownInteract)
	s.breached(t, RuleInteraction, RuleInteraction, RuleInteraction)
	s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 204, 0)
	tick.add(tokenLife)
	s.rest(t, "PATCH", original, answerBody).want(t, 200, 0)
	tick.add(time.Millisecond)
	s.rest(t, "PATCH", original, answerBody).want(t, 401, codeWebhookToken)
	s.breached(t, RuleInteraction, RuleInteraction, RuleInteraction)
}

func TestFollowUpTakesThePlaceOfTheLoadingMessage(t *testing.T) {
	s, _, it := asked(t, Config{})
	a := s.rest(t, "POST", it.callbackPath()+"?with_response=true", `{"type":5,"data":{"flags":64}}`).want(t, 200, 0)
	if !strings.Contains(a.text, `"response_message_loading":true`) {
		t.Errorf("with_response: %s", a.text)
	}
	first := s.rest(t, "GET", s.hook(it, "/messages/@original"), "").want(t, 200, 0)
	up := s.rest(t, "POST", s.hook(it, ""), answerBody).want(t, 200, 0)
	if up.ID != first.ID || up.Flags != FlagEphemeral {
		t.Errorf("follow-up %s with flags %d, want %s with %d", up.ID, up.Flags, first.ID, FlagEphemeral)
	}
	more := s.rest(t, "POST", s.hook(it, ""), answerBody).want(t, 200, 0)
	if more.ID == first.ID {
		t.Error("the second follow-up is the first message again")
	}
	s.rest(t, "PATCH", s.hook(it, "/messages/"+string(more.ID)), `{"content":"Edited",`+noMentions+`}`).want(t, 200, 0)
	s.rest(t, "DELETE", s.hook(it, "/messages/@original"), "").want(t, 204, 0)
	s.rest(t, "GET", s.hook(it, "/messages/@original"), "").want(t, 404, codeUnknownMessage)
	if list := it.Messages(); len(list) != 1 || list[0].Content != "Edited" || len(list[0].Edits) != 2 {
		t.Errorf("messages %+v", list)
	}
}

func TestCallbackTypesMustFit(t *testing.T) {
	s, k, it := asked(t, Config{})
	for _, kind := range []int{0, 1, deferUpdate, respondUpdate, respondChoices, 99} {
		s.rest(t, "POST", it.callbackPath(), fmt.Sprintf(`{"type":%d}`, kind)).want(t, 400, codeForm)
	}
	s.rest(t, "POST", it.callbackPath(), `{"type":5,"data":{"flags":32768}}`).want(t, 400, codeForm)
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":{"content":""}}`).want(t, 400, codeEmpty)
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":`+answerBody+`}`).want(t, 204, 0)
	s.Forgive(RuleInteraction, RuleFlags, RuleContent, RuleMentions)

	type result struct {
		list []CommandChoice
		err  error
	}
	got := make(chan result, 1)
	go func() {
		list, err := s.User("Ada").Autocomplete(t.Context(), s.General(), "ask", "document", "bor")
		got <- result{list, err}
	}()
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if o := w.Data.Options[0]; w.Type != kindAutocomplete || !o.Focused || string(o.Value) != `"bor"` {
		t.Fatalf("autocomplete %+v", w)
	}
	path := "/interactions/" + string(w.ID) + "/" + w.Token + "/callback"
	s.rest(t, "POST", path, `{"type":4,"data":{"content":"x"}}`).want(t, 400, codeForm)
	var many []string
	for i := range maxChoices + 1 {
		many = append(many, fmt.Sprintf(`{"name":"n%d","value":"v%d"}`, i, i))
	}
	s.rest(t, "POST", path, `{"type":8,"data":{"choices":[`+strings.Join(many, ",")+`]}}`).want(t, 400, codeForm)
	s.rest(t, "POST", path, `{"type":8,"data":{"choices":[{"name":"n","value":1}]}}`).want(t, 400, codeForm)
	s.Forgive(RuleChoices)
	s.rest(t, "POST", path, `{"type":8,"data":{"choices":[{"name":"Border","value":"border-war"}]}}`).want(t, 204, 0)
	if r := <-got; r.err != nil || len(r.list) != 1 || r.list[0].Text() != "border-war" {
		t.Errorf("offers %+v", r)
	}
}

func TestButtons(t *testing.T) {
	s, k, it := asked(t, Config{})
	row := `"components":[{"type":1,"components":[
		{"type":2,"style":1,"label":"¶ 4","custom_id":"p:4"},{"type":2,"style":5,"label":"Read","url":"https://example.com"},
		{"type":2,"style":2,"label":"No","custom_id":"no","disabled":true}]}]`
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":{"content":"Because.",`+row+`,`+noMentions+`}}`).want(t, 204, 0)
	m := it.Messages()[0]
	ada := s.User("Ada")
	for _, missing := range []string{"Read", "No", "¶ 5"} {
		if err := ada.Click(m.ID, missing).Err(); !errors.Is(err, ErrNoComponent) {
			t.Errorf("click on %s: %v", missing, err)
		}
	}

	click := ada.Click(m.ID, "¶ 4")
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if w.Type != kindComponent || w.Data.CustomID != "p:4" || w.Message == nil || w.Message.ID != m.ID {
		t.Fatalf("click %+v", w)
	}
	s.rest(t, "POST", click.callbackPath(), `{"type":4,"data":{"content":"Four.","flags":64,`+noMentions+`}}`).want(t, 204,
		0)
	private := click.Messages()[0]
	if err := s.Admin().Click(private.ID, "x").Err(); !errors.Is(err, ErrNoMessage) {
		t.Errorf("somebody else's ephemeral message: %v", err)
	}
	s.rest(t, "GET", "/channels/"+string(s.General())+"/messages/"+string(private.ID), "").want(t, 404, codeUnknownMessage)

	click = ada.Click(m.ID, "p:4")
	s.rest(t, "POST", click.callbackPath(), `{"type":7,"data":{"content":"Changed.","components":[],`+noMentions+
		`}}`).want(t, 204, 0)
	if now, _ := s.Message(m.ID); now.Content != "Changed." || len(now.Components) != 0 || len(now.Edits) != 2 {
		t.Errorf("updated %+v", now)
	}
}

func TestMenus(t *testing.T) {
	s, k, it := asked(t, Config{})
	body := menuOf(`{"label":"One","value":"1"},{"label":"Two","value":"2"}`)
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":`+body+`,`+noMentions+`}}`).want(t, 204, 0)
	id := it.Messages()[0].ID
	if err := s.User("Ada").Choose(id, "m", "3").Err(); !errors.Is(err, ErrNoComponent) {
		t.Errorf("an option that is not there: %v", err)
	}
	s.User("Ada").Choose(id, "m", "2")
	if w := await[interactionWire](k, "INTERACTION_CREATE"); w.Data.ComponentType != StringSelect ||
		fmt.Sprint(w.Data.Values) != "[2]" {
		t.Errorf("menu %+v", w.Data)
	}
}

func TestDeferredUpdateIsNoAnswerYet(t *testing.T) {
	s, _, it := asked(t, Config{})
	row := `"components":[{"type":1,"components":[{"type":2,"style":1,"label":"More","custom_id":"m"}]}]`
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":{"content":"One.",`+row+`,`+noMentions+`}}`).want(t, 204, 0)
	click := s.User("Ada").Click(it.Messages()[0].ID, "More")
	s.rest(t, "POST", click.callbackPath(), `{"type":6}`).want(t, 204, 0)
	if click.answered(click.Messages()) {
		t.Error("answered before anything has changed")
	}
	s.rest(t, "PATCH", s.hook(click, "/messages/@original"), `{"content":"Two.",`+noMentions+`}`).want(t, 200, 0)
	if m, err := s.WaitAnswer(click, testTimeout); err != nil || m.Content != "Two." {
		t.Errorf("answer %+v, %v", m, err)
	}
}

func TestModals(t *testing.T) {
	const form = `{"custom_id":"f","title":"%s","components":[{"type":1,"components":[
		{"type":4,"custom_id":"why","label":"Why?","style":2,"min_length":3}]}%s]}`
	s, k, it := asked(t, Config{})
	for _, bad := range []string{
		fmt.Sprintf(form, strings.Repeat("x", maxModalTitle+1), ""),
		fmt.Sprintf(form, "", ""),
		fmt.Sprintf(form, "Tell", `,{"type":1,"components":[{"type":4,"custom_id":"why","label":"Again","style":1}]}`),
		fmt.Sprintf(form, "Tell", `,{"type":1,"components":[{"type":2,"custom_id":"b","label":"B","style":1}]}`),
	} {
		s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+bad+`}`).want(t, 400, codeForm)
	}
	s.Forgive(RuleModal)
	s.rest(t, "POST", it.callbackPath(), `{"type":9,"data":`+fmt.Sprintf(form, "Tell", "")+`}`).want(t, 204, 0)
	if m, err := it.WaitModal(within(t)); err != nil || m.Title != "Tell" {
		t.Fatalf("form %+v, %v", m, err)
	}
	ada := s.User("Ada")
	if err := ada.SubmitModal(it, Opt("why", "x")).Err(); !errors.Is(err, ErrBadOption) {
		t.Errorf("too short: %v", err)
	}
	if err := s.Admin().SubmitModal(it, Opt("why", "Because")).Err(); !errors.Is(err, ErrNoComponent) {
		t.Errorf("somebody else's form: %v", err)
	}
	sent := ada.SubmitModal(it, Opt("why", "Because"))
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if w.Type != kindModal || w.Data.CustomID != "f" || w.Data.Components[0].Components[0].Value != "Because" {
		t.Fatalf("form %+v", w)
	}
	s.rest(t, "POST", sent.callbackPath(), `{"type":4,"data":`+answerBody+`}`).want(t, 204, 0)
}

func TestMessageMenuCarriesTheText(t *testing.T) {
	s, k, _ := asked(t, Config{})
	id := s.User("Ada").Say(s.General(), "Nobody is mentioned.")
	it := s.Admin().MessageMenu("Check this", id)
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if w.Data.TargetID != id || w.Data.Resolved.Messages[id].Content != "Nobody is mentioned." {
		t.Errorf("menu %+v, %v", w, it.Err())
	}
}

func TestRights(t *testing.T) {
	s, k, _ := asked(t, Config{})
	ada := s.User("Ada")
	if err := ada.Slash(s.General(), "reload").Err(); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("everyone may reload: %v", err)
	}
	s.Admin().Slash(s.General(), "reload")
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if bits := w.Member.Permissions; bits != fmt.Sprint(ordinary|ManageGuild) {
		t.Errorf("the administrator's permissions are %s", bits)
	}
	ada.SetPermissions(Administrator)
	if it := ada.Slash(s.General(), "reload"); it.Err() != nil {
		t.Error(it.Err())
	}
	await[interactionWire](k, "INTERACTION_CREATE")
	ada.SetPermissions(0)
	s.Grant("reload", ada)
	if it := ada.Slash(s.General(), "reload"); it.Err() != nil {
		t.Error(it.Err())
	}
	if w := await[interactionWire](k, "INTERACTION_CREATE"); w.Member.Permissions != fmt.Sprint(ordinary) {
		t.Errorf("a granted user's permissions are %s", w.Member.Permissions)
	}
	ada.Slash(ada.Direct(), "ask", Opt("question", "x"))
	if w := await[interactionWire](k, "INTERACTION_CREATE"); w.User == nil || w.Member != nil || w.GuildID != "" ||
		w.Context != 1 {
		t.Errorf("a direct command is %+v", w)
	}
}

func TestCommandForAdministratorsAlone(t *testing.T) {
	s := New(t)
	s.rest(t, "PUT", s.commandsPath(), `[{"name":"a","description":"d","default_member_permissions":"0"}]`).want(t, 200, 0)
	if err := s.Admin().Slash(s.General(), "a").Err(); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("Manage Server is enough: %v", err)
	}
	s.Admin().SetPermissions(Administrator)
	if err := s.Admin().Slash(s.General(), "a").Err(); err != nil {
		t.Error(err)
	}
}

func TestClientRefusesOptions(t *testing.T) {
	s, _, _ := asked(t, Config{})
	for _, opts := range [][]Option{
		nil, {Opt("what", "x")}, {Opt("question", strings.Repeat("x", 301))},
		{Opt("question", "x"), Opt("private", "perhaps")},
	} {
		if err := s.User("Ada").Slash(s.General(), "ask", opts...).Err(); !errors.Is(err, ErrBadOption) {
			t.Errorf("%v: %v", opts, err)
		}
	}
	if err := s.User("Ada").Slash(s.General(), "nothing").Err(); !errors.Is(err, ErrNoCommand) {
		t.Errorf("unknown command: %v", err)
	}
	for _, number := range []string{"1.5", "NaN", "Inf", "0x1p+60", "x", ""} {
		if v, err := typed(CommandOption{Type: optInteger}, number); err == nil {
			t.Errorf("%q is the integer %s", number, v)
		}
	}
	if v, err := typed(CommandOption{Type: optInteger}, "0x10p-1"); err != nil || !json.Valid(v) {
		t.Errorf("%s, %v", v, err)
	}
}

func TestFollowUpsOfAUserInstalledApp(t *testing.T) {
	s := NewConfig(t, Config{Webhook: Bucket{Requests: -1}})
	k, _ := s.login(t, 0)
	everywhere := strings.Replace(askCommand, `{`, `{"integration_types":[0,1],`, 1)
	s.rest(t, "PUT", s.commandsPath(), everywhere).want(t, 200, 0)
	s.User("Ada").InstallForUser()
	it := s.ask(t, k)
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":`+answerBody+`}`).want(t, 204, 0)
	for range maxFollowUps {
		s.rest(t, "POST", s.hook(it, ""), answerBody).want(t, 200, 0)
	}
	s.rest(t, "POST", s.hook(it, ""), answerBody).want(t, 400, codeFollowups)
	s.breached(t, RuleInteraction)
}
