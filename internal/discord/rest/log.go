package rest

import (
	"fmt"
	"runtime/debug"
)

// Log writes an error without its secrets.
func (c *Client) Log(doing string, err error) {
	c.logger.Error(doing, "error", c.Redact(err.Error()))
}

// LogOf is Log for what becomes of a question, which ref names.
func (c *Client) LogOf(ref, doing string, err error) {
	c.logger.Error(doing, "ref", ref, "error", c.Redact(err.Error()))
}

// Contain keeps a panic from ending the process, and writes it down. It is deferred itself, by whoever may panic.
func (c *Client) Contain(doing string) {
	if p := recover(); p != nil {
		c.Log(doing, Panicked(fmt.Sprint(p)))
	}
}

// Panicked makes an error of what recover returned, as text, with the stack for the log.
func Panicked(value string) error {
	return fmt.Errorf("panic: %s\n%s", value, debug.Stack())
}
