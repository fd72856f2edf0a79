package openai

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"

	openai "github.com/sashabaranov/go-openai"
)

// client is what both halves share.
type client struct {
	config Config
	model  string
	api    *openai.Client
}

func newClient(config Config, model string) (*client, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	base := http.DefaultTransport
	if config.HTTPClient != nil && config.HTTPClient.Transport != nil {
		base = config.HTTPClient.Transport
	}
	if t, ok := base.(*http.Transport); ok && t.MaxResponseHeaderBytes == 0 {
		t = t.Clone()
		t.MaxResponseHeaderBytes = maxHeaderBytes
		base = t
	}
	settings := openai.DefaultConfig(string(config.Key))
	settings.BaseURL = config.BaseURL
	settings.HTTPClient = &http.Client{
		Transport: &transport{base: base, firstWait: config.firstWait, idle: config.IdleTimeout},
		// A redirect would take the question, and perhaps the key, to an address that nobody configured.
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
	}
	settings.EmptyMessagesLimit = math.MaxInt32 // the stream is bounded by its bytes and its time
	return &client{config: config, model: model, api: openai.NewClientWithConfig(settings)}, nil
}

// limit bounds one call by the configured timeout.
func (c *client) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, c.config.Timeout, errOverall)
}

// counted is a server's own count if it can be true, else ours.
func (c *client) counted(said int, own estimate) int {
	n, ok := own.believe(said)
	if !ok && said != 0 {
		c.config.Meter.doubted(c.model, said, n)
	}
	return n
}

// unmetered says why a call is not made.
func (c *client) unmetered(err error) error {
	if errors.Is(err, errUnwritten) {
		return c.fail(ErrUncounted, 0, "")
	}
	return err
}

// Models lists the models that the server offers, by name. It is the cheapest question to ask of a server: whether it
// is there, speaks the protocol and takes the key.
func Models(ctx context.Context, config Config) ([]string, error) {
	c, err := newClient(config, "")
	if err != nil {
		return nil, fmt.Errorf("model server: %w", err)
	}
	limited, cancel := c.limit(ctx)
	defer cancel()
	list, err := c.api.ListModels(limited)
	if err != nil {
		return nil, c.classify(ctx, err)
	}
	var names []string
	for _, m := range list.Models {
		names = append(names, m.ID)
	}
	if names == nil {
		return nil, c.fail(ErrProtocol, 0, "it lists no models")
	}
	slices.Sort(names)
	return names, nil
}

var errNoModel = errors.New("model server: no model is named")
