package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The permissions that the bot asks for: https://discord.com/developers/docs/topics/permissions
const (
	permissionViewChannel          = 1 << 10
	permissionSendMessages         = 1 << 11
	permissionAttachFiles          = 1 << 15
	permissionReadMessageHistory   = 1 << 16
	permissionSendMessagesInThread = 1 << 38

	botPermissions = permissionViewChannel | permissionSendMessages | permissionAttachFiles |
		permissionReadMessageHistory | permissionSendMessagesInThread
)

const (
	discordURL      = "https://discord.com"
	maxDiscordBytes = 1 << 20 // of an answer: the ones asked for are about 1 kB
)

// discordAPI asks Discord the questions of the doctor, and one before the first start. Talking to people is the
// business of internal/discord.
type discordAPI struct {
	client *http.Client
	url    string // "" is Discord's own
	token  secret
}

type discordUser struct {
	ID       string `json:"id"`
	Username string `json:"username"`
}

type discordApplication struct {
	ID    string `json:"id"`
	Flags int    `json:"flags"`
}

// invite is the address at which somebody who manages a server adds the bot to it.
func (a discordApplication) invite() string {
	return discordURL + "/oauth2/authorize?client_id=" + a.ID + "&scope=bot+applications.commands&permissions=" +
		strconv.FormatInt(botPermissions, 10)
}

func (d discordAPI) me(ctx context.Context) (discordUser, error) {
	body, err := d.get(ctx, "/users/@me")
	if err != nil {
		return discordUser{}, err
	}
	var user discordUser
	return user, notDiscord(json.Unmarshal(body, &user))
}

func (d discordAPI) application(ctx context.Context) (discordApplication, error) {
	body, err := d.get(ctx, "/oauth2/applications/@me")
	if err != nil {
		return discordApplication{}, err
	}
	var application discordApplication
	return application, notDiscord(json.Unmarshal(body, &application))
}

// registered is how many commands of the application Discord knows.
func (d discordAPI) registered(ctx context.Context) (int, error) {
	application, err := d.application(ctx)
	if err != nil {
		return 0, err
	}
	body, err := d.get(ctx, "/applications/"+application.ID+"/commands")
	if err != nil {
		return 0, err
	}
	var all []struct{}
	err = notDiscord(json.Unmarshal(body, &all))
	return len(all), err
}

// A discordGateway is how the bot may connect.
type discordGateway struct {
	Shards int `json:"shards"` // recommended
	Limit  struct {
		Total      int   `json:"total"`
		Remaining  int   `json:"remaining"`
		ResetAfter int64 `json:"reset_after"` // milliseconds
	} `json:"session_start_limit"`
}

func (d discordAPI) gateway(ctx context.Context) (discordGateway, error) {
	body, err := d.get(ctx, "/gateway/bot")
	if err != nil {
		return discordGateway{}, err
	}
	var g discordGateway
	return g, notDiscord(json.Unmarshal(body, &g))
}

// clock is what time it is at Discord, to a second or two.
func (d discordAPI) clock(ctx context.Context) (at time.Time, ok bool) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet,
		strings.TrimRight(cmp.Or(d.url, discordURL), "/")+"/api/v9/gateway", nil)
	if err != nil {
		return at, false
	}
	response, err := d.client.Do(request)
	if err != nil {
		return at, false
	}
	defer response.Body.Close()
	at, err = http.ParseTime(response.Header.Get("Date"))
	return at, err == nil
}

// errUnreachable says that asking again may help.
var errUnreachable = errors.New("cannot be reached")

func notDiscord(err error) error {
	if err != nil {
		return errors.New("what answers there does not speak Discord's protocol: check " + envDiscordAPIURL)
	}
	return nil
}

func (d discordAPI) get(ctx context.Context, path string) ([]byte, error) {
	base := cmp.Or(d.url, discordURL)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+"/api/v9"+path, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", envDiscordAPIURL, err)
	}
	request.Header.Set("Authorization", "Bot "+d.token.reveal())
	request.Header.Set("User-Agent", "DiscordBot (https://github.com/, 0)")
	response, err := d.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s %w: %w", base, errUnreachable, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxDiscordBytes))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", base, err)
	case response.StatusCode == http.StatusUnauthorized:
		return nil, errors.New("the token is refused: reset it under Bot at " + discordURL +
			"/developers/applications and set " + envDiscordToken + " to the new one")
	case response.StatusCode >= http.StatusInternalServerError, response.StatusCode == http.StatusTooManyRequests:
		return nil, fmt.Errorf("%s %w: it answers %s", base, errUnreachable, response.Status)
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%s answers %s", base, response.Status)
	}
	return body, nil
}
