package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestUnknownEndpoints(t *testing.T) {
	s := New(t)
	for _, c := range [][2]string{{"GET", "/nothing"}, {"PUT", "/users/@me"}, {"GET", "/channels/1/2/3/4/5"}} {
		s.rest(t, c[0], c[1], "").want(t, 404, 0)
	}
	res, err := http.Get(s.URL() + "/api/v6/gateway")
	if err != nil || res.StatusCode != 404 {
		t.Errorf("version 6: %v, %v", res, err)
	}
	res.Body.Close()
	s.breached(t, RuleRoute, RuleRoute, RuleRoute, RuleRoute)
}

func TestAuthorization(t *testing.T) {
	s := New(t)
	for path, status := range map[string]int{"/users/@me": 401, "/gateway/bot": 401, "/gateway": 200} {
		res, err := http.Get(s.URL() + "/api/v10" + path)
		if err != nil || res.StatusCode != status {
			t.Errorf("%s: %v, %v", path, res, err)
			continue
		}
		res.Body.Close()
	}
}

func TestAccess(t *testing.T) {
	s := New(t)
	path := func(id ID) string { return "/channels/" + string(id) + "/messages" }
	muted, hidden := s.AddChannel(s.Guild(), "muted"), s.AddChannel(s.Guild(), "hidden")
	s.Mute(muted)
	s.Hide(hidden)
	s.Archive(s.Thread())
	gone := s.AddThread(s.General(), "gone")
	s.RemoveChannel(gone)
	s.rest(t, "POST", path("1"), answerBody).want(t, 404, codeUnknownChannel)
	s.rest(t, "POST", path(gone), answerBody).want(t, 404, codeUnknownChannel)
	s.rest(t, "POST", path(muted), answerBody).want(t, 403, codePermissions)
	s.rest(t, "GET", path(muted), "").want(t, 200, 0)
	s.rest(t, "POST", path(hidden), answerBody).want(t, 403, codeAccess)
	s.rest(t, "POST", path(s.Thread()), answerBody).want(t, 400, codeArchived)
	s.rest(t, "GET", path(s.General())+"/1", "").want(t, 404, codeUnknownMessage)
	s.rest(t, "POST", path(s.General()), `[]`).want(t, 400, codeBadJSON)
	s.rest(t, "POST", path(s.General()), `{`).want(t, 400, codeBadJSON)
	id := s.User("Ada").Say(s.General(), "hers")
	s.rest(t, "PATCH", path(s.General())+"/"+string(id), answerBody).want(t, 403, codeOthersMessage)
	s.rest(t, "DELETE", path(s.General())+"/"+string(id), "").want(t, 403, codePermissions)
	s.breached(t, RuleJSON, RuleJSON, RuleOwnership)
}

func TestMessagesComeGoAndChange(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now})
	k, _ := s.login(t, smallIntents)
	path := "/channels/" + string(s.General()) + "/messages"
	var ids []ID
	for i := range 4 {
		ids = append(ids, s.rest(t, "POST", path, fmt.Sprintf(`{"content":"%d",%s}`, i, noMentions)).want(t, 200, 0).ID)
		tick.add(2 * time.Second)
	}
	s.rest(t, "PATCH", path+"/"+string(ids[0]), `{"content":"changed",`+noMentions+`}`).want(t, 200, 0)
	if m := await[Message](k, "MESSAGE_UPDATE"); m.Content != "changed" || m.EditedTimestamp == nil {
		t.Errorf("update %+v", m)
	}
	s.rest(t, "DELETE", path+"/"+string(ids[1]), "").want(t, 204, 0)
	if m := await[Message](k, "MESSAGE_DELETE"); m.ID != ids[1] || m.ChannelID != s.General() {
		t.Errorf("delete %+v", m)
	}
	for query, want := range map[string]string{
		"": "3 2 changed", "?limit=1": "3", "?before=" + string(ids[2]): "changed", "?after=" + string(ids[0]): "3 2",
	} {
		var list []Message
		var texts []string
		if err := json.Unmarshal([]byte(s.rest(t, "GET", path+query, "").text), &list); err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			texts = append(texts, m.Content)
		}
		if got := strings.Join(texts, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	if list := s.Channel(s.General()).Messages(); len(list) != 3 || len(list[0].Edits) != 2 ||
		list[0].Edits[0].Content != "0" {
		t.Errorf("messages %+v", list)
	}
}

func TestNonceIsEnforced(t *testing.T) {
	s := New(t)
	path := "/channels/" + string(s.General()) + "/messages"
	body := `{"content":"x","nonce":"n1","enforce_nonce":true,` + noMentions + `}`
	first, again := s.rest(t, "POST", path, body), s.rest(t, "POST", path, body)
	other := s.rest(t, "POST", path, strings.Replace(body, "n1", "n2", 1))
	if first.ID != again.ID || first.ID == other.ID {
		t.Errorf("ids %s, %s, %s", first.ID, again.ID, other.ID)
	}
}

func TestOldMessagesAreEditedThirtyTimes(t *testing.T) {
	tick := newClock()
	cfg := unlimited
	cfg.Now = tick.now
	s := NewConfig(t, cfg)
	path := "/channels/" + string(s.General()) + "/messages"
	path += "/" + string(s.rest(t, "POST", path, answerBody).ID)
	s.rest(t, "PATCH", path, answerBody).want(t, 200, 0)
	tick.add(oldMessage + time.Second)
	for range maxOldEdits {
		s.rest(t, "PATCH", path, answerBody).want(t, 200, 0)
	}
	s.rest(t, "PATCH", path, answerBody).want(t, 429, codeOldEdits)
}

func TestThreads(t *testing.T) {
	s := New(t)
	k, _ := s.login(t, smallIntents)
	id := s.User("Ada").Say(s.General(), "A question")
	from := "/channels/" + string(s.General()) + "/messages/" + string(id) + "/threads"
	s.rest(t, "POST", from, `{"name":""}`).want(t, 400, codeForm)
	s.rest(t, "POST", from, `{"name":"`+x(maxThreadName+1)+`"}`).want(t, 400, codeForm)
	s.rest(t, "POST", from, `{"name":"n","auto_archive_duration":7}`).want(t, 400, codeForm)
	made := s.rest(t, "POST", from, `{"name":"Answers","auto_archive_duration":60}`).want(t, 201, 0)
	if c := await[Channel](k, "THREAD_CREATE"); made.ID != id || c.ID != id || c.ParentID != s.General() ||
		c.Type != PublicThread {
		t.Errorf("thread %s of message %s: %+v", made.ID, id, c)
	}
	s.rest(t, "POST", from, `{"name":"Again"}`).want(t, 400, codeThreadExists)
	s.breached(t, RuleThread, RuleThread, RuleThread, RuleThread)
	if m, _ := s.Message(id); m.Thread == nil || m.Thread.Name != "Answers" {
		t.Errorf("the message has the thread %+v", m.Thread)
	}
	own := s.rest(t, "POST", "/channels/"+string(s.General())+"/threads", `{"name":"Own","type":11}`).want(t, 201, 0)
	s.rest(t, "POST", "/channels/"+string(own.ID)+"/messages", answerBody).want(t, 200, 0)
	s.rest(t, "POST", "/channels/"+string(own.ID)+"/typing", "").want(t, 204, 0)
}

func TestLookups(t *testing.T) {
	s := New(t)
	ada := string(s.User("Ada").ID())
	for path, want := range map[string]string{
		"/users/@me": botName, "/applications/@me": botName, "/oauth2/applications/@me": botName, "/gateway": "ws://",
		"/channels/" + string(s.General()): channelName, "/guilds/" + string(s.Guild()): guildName,
		"/guilds/" + string(s.Guild()) + "/members/" + ada: "ada",
	} {
		if a := s.rest(t, "GET", path, "").want(t, 200, 0); !strings.Contains(a.text, want) {
			t.Errorf("%s: %s", path, a.text)
		}
	}
	a := s.rest(t, "POST", "/users/@me/channels", `{"recipient_id":"`+ada+`"}`).want(t, 200, 0)
	if a.ID != s.User("Ada").Direct() {
		t.Errorf("direct channel %s", a.ID)
	}
	s.User("Ada").CloseDirect()
	s.rest(t, "POST", "/channels/"+string(a.ID)+"/messages", answerBody).want(t, 403, codeNoDirect)
	s.rest(t, "GET", "/guilds/1", "").want(t, 404, codeUnknownGuild)
	s.rest(t, "GET", "/guilds/"+string(s.Guild())+"/members/1", "").want(t, 404, codeUnknownMember)
	s.rest(t, "POST", "/users/@me/channels", `{"recipient_id":"1"}`).want(t, 400, codeUnknownUser)
}
