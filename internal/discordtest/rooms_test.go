package discordtest

import (
	"testing"
	"time"
)

func TestRooms(t *testing.T) {
	s := New(t)
	path := func(id ID) string { return "/channels/" + string(id) + "/messages" }
	ada := s.User("Ada")
	asked := ada.Say(s.General(), "why?")

	s.Deny(s.General(), ReadHistory)
	s.rest(t, "POST", path(s.General()),
		`{"content":"x","allowed_mentions":{"parse":[]},"message_reference":{"message_id":"`+string(asked)+`"}}`).
		want(t, 403, codeNoHistory)
	s.rest(t, "GET", path(s.General())+"/"+string(asked), "").want(t, 403, codeAccess)
	s.rest(t, "GET", path(s.General()), "").want(t, 200, 0)
	s.Deny(s.General(), SendMessages)
	s.rest(t, "POST", path(s.General()), answerBody).want(t, 403, codePermissions)
	s.Deny(s.General(), 0)

	s.SetSlowMode(s.General(), time.Minute)
	s.rest(t, "POST", path(s.General()), answerBody).want(t, 200, 0)
	s.rest(t, "POST", path(s.General()), answerBody).want(t, 429, codeSlowMode)

	thread := ada.OpenThreadFrom(asked, "why")
	if list := s.Messages(thread); thread != asked || len(list) != 1 || list[0].Referenced == nil ||
		list[0].Referenced.Content != "why?" {
		t.Errorf("thread %s of message %s begins with %+v", thread, asked, list)
	}
	s.Deny(thread, SendInThreads)
	s.rest(t, "POST", path(thread), answerBody).want(t, 403, codePermissions)
	s.Deny(thread, 0)
	s.Sleep(thread)
	s.rest(t, "POST", path(thread), answerBody).want(t, 200, 0)
	if s.Archived(thread) {
		t.Error("a message does not wake a thread")
	}
	s.Archive(thread)
	s.rest(t, "POST", path(thread), answerBody).want(t, 400, codeArchived)

	forum := s.AddPlace(s.Guild(), GuildForum, "help")
	post := ada.PostInForum(forum, "How?", "How does it work?")
	if m, ok := s.Message(post); !ok || m.ID != m.ChannelID {
		t.Errorf("the first message of a post is %+v", m)
	}
	s.Forgive(RuleThread)
	s.rest(t, "POST", path(forum), answerBody).want(t, 400, codeNotText)

	s.Forget()
	if len(s.Messages(s.General()))+len(s.Requests()) != 0 {
		t.Error("something is not forgotten")
	}
	s.rest(t, "POST", path(s.General()), answerBody).want(t, 200, 0)
}
