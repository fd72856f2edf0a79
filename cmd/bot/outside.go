package main

import (
	"net/url"
	"slices"
	"strings"
)

// outside says to readers where their questions are sent; "" where no model is asked.
func (c config) outside() string {
	var places []string
	add := func(address string) {
		place := "a model server on the computer that I run on"
		if u, err := url.Parse(address); err == nil && !isLoopback(address) {
			place = "the model server at " + u.Hostname()
		}
		if !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	if c.chatModel != "" || c.judgeModel != "" {
		add(c.openAIBaseURL)
	}
	if c.embedding.remote() {
		add(c.embedding.sentTo(c))
	}
	return strings.Join(places, " and ")
}
