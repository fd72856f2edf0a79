package main

import "net/url"

// outside says to readers where their questions are sent; "" where no model is asked.
func (c config) outside() string {
	if c.chatModel == "" && c.embeddingModel == "" && c.judgeModel == "" {
		return ""
	}
	u, err := url.Parse(c.openAIBaseURL)
	if err != nil || isLoopback(c.openAIBaseURL) {
		return "a model server on the computer that I run on"
	}
	return "the model server at " + u.Hostname()
}
