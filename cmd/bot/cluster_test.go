package main

import (
	"strings"
	"testing"
	"time"

	"pilcrow/internal/store"
)

// What each process has, and how far it is behind, is told; and where they do not read the same documents.
func TestCluster(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	all := []store.Process{
		{Name: "one:1", Version: "0.1.0", Since: now.Add(-time.Hour), Edit: 7, Edition: "aaaaaaaaaaaa",
			Shards: []store.Lease{{Count: 4, Shard: 0}, {Count: 4, Shard: 1}}},
		{Name: "two:2", Version: "0.2.0", Since: now.Add(-time.Minute), Edit: 5, Edition: "bbbbbbbbbbbb",
			Shards: []store.Lease{{Count: 4, Shard: 3}}},
		{Name: "three:3", Version: "0.2.0", Since: now.Add(time.Second)},
	}
	text := ""
	for _, b := range clusterReply(all, 7, now).Blocks {
		text += b.Text + "\n"
	}
	for _, want := range []string{
		"one:1: shards 0-1 of 4; version 0.1.0, for 1h0m0s; documents aaaaaaaa, 0 changes behind\n",
		"two:2: shards 3 of 4; version 0.2.0, for 1m0s; documents bbbbbbbb, 2 changes behind\n",
		"three:3: shards none; version 0.2.0, for 0s; has not loaded its documents\n",
		"do not read the same shared documents",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if r := clusterReply(all[1:], 7, now); strings.Contains(r.Blocks[len(r.Blocks)-1].Text, "same shared") {
		t.Error("one edition is taken for several")
	}
	if r := clusterReply(nil, 7, now); !r.Nothing || r.Blocks[0].Text != "No bot runs on this database." {
		t.Errorf("%+v", r)
	}
	env := map[string]string{envDocs: folder(t), envData: t.TempDir()}
	if r := bot(t.Context(), env, "", "cluster"); r.code != exitFailure || !strings.Contains(r.stderr, envDatabase) {
		t.Errorf("%d: %s", r.code, r.stderr)
	}
}
