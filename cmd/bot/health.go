package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

const (
	healthTimeout  = 5 * time.Second
	maxHealthBytes = 4 << 10 // of what it says
)

// health asks the bot that serves on this machine how it does, as a container's engine or a supervisor does.
func (a *app) health(ctx context.Context) int {
	if a.config.web == "" {
		return a.fail(
			exitConfig,
			envWeb+" is not set: there is nobody to be asked. Set it for the bot and for this, such as "+defaultWeb,
		)
	}
	err := a.askHealth(ctx)
	if err != nil {
		return a.fail(exitNothing, err.Error())
	}
	fmt.Fprintln(a.stdout, "ok")
	return exitOK
}

func (a *app) askHealth(ctx context.Context) error {
	host, port, err := net.SplitHostPort(a.config.web)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() { // it listens everywhere, here too
		host = "127.0.0.1"
		if ip.To4() == nil {
			host = "::1"
		}
	}
	path := "/healthz"
	if a.flags.Health.Ready {
		path = "/readyz"
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+path, nil)
	if err != nil {
		return err
	}
	if token := a.config.webToken; token != "" {
		request.Header.Set("Authorization", "Bearer "+token.reveal())
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // no proxy: it is this machine
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, maxHealthBytes))
	switch {
	case err != nil:
		return err
	case response.StatusCode == http.StatusOK:
		return nil
	case response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusUnauthorized:
		return errors.New(
			"the bot does not say how it is: with " + envWebURL +
				" set, or from another address, it tells that only to who has " +
				envWebToken + "; set it for both",
		)
	}
	return fmt.Errorf("%s: %s", response.Status, strings.TrimSpace(string(said)))
}
