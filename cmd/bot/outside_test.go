package main

import "testing"

func TestOutside(t *testing.T) {
	for _, c := range []struct {
		config config
		want   string
	}{
		{config{openAIBaseURL: defaultBaseURL}, ""},
		{config{openAIBaseURL: defaultBaseURL, chatModel: "m"}, "the model server at api.openai.com"},
		{config{openAIBaseURL: "https://models.example.com:8443/v1", embedding: chooseEmbedding(nil, "m")},
			"the model server at models.example.com"},
		{config{openAIBaseURL: "https://models.example.com:8443/v1", chatModel: "m", embedding: chooseEmbedding(nil, "m")},
			"the model server at models.example.com"},
		{config{openAIBaseURL: "https://models.example.com/v1", embedding: chooseEmbedding(nil, "")}, ""},
		{config{openAIBaseURL: "https://models.example.com/v1", chatModel: "m", embedding: embedding{backEnd: backEnd{
			address: func(config) string { return "https://vectors.example.org" }}}},
			"the model server at models.example.com and the model server at vectors.example.org"},
		{config{openAIBaseURL: "https://models.example.com/v1", embedding: embedding{backEnd: backEnd{
			address: func(config) string { return "http://127.0.0.1:8080" }}}}, "a model server on the computer that I run on"},
		{config{openAIBaseURL: "http://localhost:11434/v1", judgeModel: "m"}, "a model server on the computer that I run on"},
	} {
		if got := c.config.outside(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.config, got, c.want)
		}
	}
}
