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

// discordAPI asks Discord the two questions of the doctor. Talking to people is the business of internal/discord.
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
		return nil, fmt.Errorf("%s cannot be reached: %w", base, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxDiscordBytes))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", base, err)
	case response.StatusCode == http.StatusUnauthorized:
		return nil, errors.New("the token is refused: reset it under Bot at " + discordURL +
			"/developers/applications and set " + envDiscordToken + " to the new one")
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%s answers %s", base, response.Status)
	}
	return body, nil
}
