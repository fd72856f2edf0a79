#!/usr/bin/env bash
# Go's context: a child of a context that was canceled with a cause now and then ends without it, and x/sync's errgroup is one who does it
#
# Versions: Go 1.26's context, golang.org/x/sync v0.24.0, on two processors or more.
# Expected: a parent is canceled with a cause. Whoever wakes up by the parent's Done comes after that, so that a child's own cancel, called from
#   there, is too late: context.Cause(child) is the parent's cause, in all children alike.
# Seen: the parent closes its Done before it goes on to its children. Who was woken by it can be first at some of them, and the first cause
#   stays: a cancel(nil) makes it context.Canceled. In an errgroup, a goroutine that watches the outer context and returns its Err does the
#   same to all the others. It happens a few times in ten thousand, more often on a busy machine, and the children of one parent then
#   differ among themselves.
# For whom it matters: whoever decides by the cause how to end (a restart or an end for good, a handover or a goodbye). In a bot for Discord,
#   the close code: one of dozens of connections was closed for good, and its session was lost. Hand on context.Cause(parent) instead of
#   nil or ctx.Err(), or ask the outer context.
#
# It exits with another status than 0 if what is seen is something else.
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
cat >go.mod <<'M'
module finding

go 1.25
M
cat >main.go <<'G'
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sync/errgroup"
)

var errMove = errors.New("somebody else goes on")

// wakened cancels a parent whose waiter ends the children, each with what cause makes of the parent.
func wakened(cause func(parent context.Context) error) bool {
	parent, cancel := context.WithCancelCause(context.Background())
	var children []context.Context
	var ends []context.CancelCauseFunc
	for range 8 {
		child, end := context.WithCancelCause(parent)
		children, ends = append(children, child), append(ends, end)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		<-parent.Done()
		for _, end := range ends {
			end(cause(parent))
		}
	}()
	cancel(errMove)
	<-over
	for _, child := range children {
		if context.Cause(child) != errMove {
			return true
		}
	}
	return false
}

// grouped cancels a parent that a goroutine of an errgroup watches.
func grouped() bool {
	parent, cancel := context.WithCancelCause(context.Background())
	for range 4 { // others that live on the same parent
		_, end := context.WithCancel(parent)
		defer end()
	}
	group, child := errgroup.WithContext(parent)
	group.Go(func() error {
		<-parent.Done()
		return parent.Err()
	})
	cancel(errMove)
	_ = group.Wait()
	return context.Cause(child) != errMove
}

// first is the first of at most so many tries in which the cause is lost; 0 for none.
func first(tries int, lost func() bool) int {
	for n := range tries {
		if lost() {
			return n + 1
		}
	}
	return 0
}

func main() {
	const tries = 3_000_000
	none := first(tries, func() bool { return wakened(func(context.Context) error { return nil }) })
	group := first(tries, grouped)
	kept := first(200_000, func() bool { return wakened(context.Cause) })
	fmt.Printf("lost where the waiter cancels with nil:               in try %d\n", none)
	fmt.Printf("lost where an errgroup's goroutine watches the outer: in try %d\n", group)
	fmt.Printf("lost where the waiter hands the cause on:             in try %d (0: never, of 200,000)\n", kept)
	if none == 0 || group == 0 || kept != 0 {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
G
GOFLAGS=-mod=mod go get golang.org/x/sync@v0.24.0 2>/dev/null
go run .
