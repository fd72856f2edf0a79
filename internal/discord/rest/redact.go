package rest

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
)

// An interaction's address is a credential for 15 minutes.
var credential = regexp.MustCompile(`((?:webhooks|interactions)/\d+)/[^/\s"?]+`)

// redact takes what could be used by somebody else out of a text for a log: the bot's token and interaction tokens in
// addresses.
func redact(text, token string) string {
	if token != "" {
		text = strings.ReplaceAll(text, token, "[secret]")
	}
	return credential.ReplaceAllString(text, "$1/[secret]")
}

// WithoutURL unwraps what net/http has put around a cause: it prints the whole address.
func WithoutURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}
