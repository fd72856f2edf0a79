package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
)

const (
	// how many votes there are, instead of forgetVotes; 50,000 is what a server may have
	forgetVotesSet = "PILCROW_BOT_VOTES"
	forgetVotes    = 600
	forgetPeople   = 60
)

// Sixty people press "Delete my data" at once, and an admin adds a document in the middle: everybody is told what was
// deleted, nobody that something went wrong, the document is there, and no file holds any of their ids.
func TestManyDeleteTheirData(t *testing.T) {
	votes := forgetVotes
	if n, err := strconv.Atoi(os.Getenv(forgetVotesSet)); err == nil {
		votes = n
	}
	free := discordtest.Bucket{Requests: -1}
	discord := discordtest.NewConfig(t, discordtest.Config{Message: free, Webhook: free, IdentifyGap: -1})
	data := filepath.Join(t.TempDir(), "data")
	people := make([]*discordtest.Person, forgetPeople)
	for i := range people {
		people[i] = discord.User(fmt.Sprint("Person ", i))
	}
	s, err := store.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for n := range votes {
		who := fmt.Sprint("4200000000", 10_000_000+n%5000)
		if n%10 == 0 {
			who = string(people[n/10%forgetPeople].ID())
		}
		_, err := s.Vote(t.Context(), store.Vote{Server: string(discord.Guild()),
			Answer: s.AnswerKey("1", "2", fmt.Sprint(n)), Person: who,
			Comment: "A comment of " + who + ", as long as most are.", At: began.Add(-time.Duration(n) * time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	serve(t, discord, nil, map[string]string{envData: data})
	privacy := make([]discordtest.Message, forgetPeople)
	for i, p := range people {
		if privacy[i], err = discord.WaitAnswer(p.Slash(discord.General(), "privacy"), patience); err != nil {
			t.Fatal(err)
		}
	}
	var wait sync.WaitGroup
	took := make([]time.Duration, forgetPeople)
	var added time.Duration
	for i, p := range people {
		wait.Go(func() {
			began := time.Now()
			m, err := discord.WaitAnswer(p.Click(privacy[i].ID, "Delete my data"), patience)
			took[i] = time.Since(began)
			if err != nil || !strings.Contains(m.Text(), "Deleted for good") || !strings.Contains(m.Text(), "vote") {
				t.Errorf("%q, %v", m.Text(), err)
			}
		})
		if i == forgetPeople/2 {
			wait.Go(func() {
				grace := discord.Admin()
				began := time.Now()
				m, err := discord.WaitAnswer(grace.Slash(discord.General(), "documents add", discordtest.OptFile("file",
					discordtest.File{Name: "ferry.md", Data: []byte("# The ferry\n\nThe ferry to Oster sails at noon.\n")})), patience)
				if err != nil {
					t.Error(err)
					return
				}
				confirmed := grace.Click(m.ID, "Confirm")
				_, err = discord.WaitMessage(discord.General(), patience, func(m discordtest.Message) bool {
					return strings.Contains(m.Text(), "is added")
				})
				if added = time.Since(began); err != nil || confirmed.Err() != nil {
					t.Errorf("the add: %v, %v", err, confirmed.Err())
				}
			})
		}
	}
	wait.Wait()
	slowest := time.Duration(0)
	for _, d := range took {
		slowest = max(slowest, d)
	}
	t.Logf("%d votes: of %d deletions the slowest took %v, the add with its preview %v", votes, forgetPeople, slowest,
		added)
	entries, err := os.ReadDir(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(data, e.Name()))
		if err != nil {
			continue // a folder
		}
		for _, p := range people {
			if strings.Contains(string(content), string(p.ID())) {
				t.Errorf("%s is in %s", p.ID(), e.Name())
			}
		}
	}
}
