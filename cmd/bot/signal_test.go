package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"pilcrow/internal/discordtest"
)

// TestSignals runs the program as a process of its own: SIGHUP reads the documents again, SIGTERM ends it with exit
// code 0.
func TestSignals(t *testing.T) {
	discord := discordtest.New(t)
	docs := folder(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), exe, "serve", "--docs", docs)
	command.Args[0] = "bot" // testscript.Main runs main under this name
	command.Dir = t.TempDir()
	command.Env = []string{envDiscordToken + "=" + discord.Token(), envDiscordAPIURL + "=" + discord.URL()}
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	log := bufio.NewScanner(stderr)
	await := func(part string) {
		t.Helper()
		for log.Scan() {
			if strings.Contains(log.Text(), part) {
				return
			}
		}
		t.Fatalf("the log ends without %q", part)
	}
	signal := func(s os.Signal) {
		t.Helper()
		if err := command.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
	await("registered the commands")
	signal(syscall.SIGHUP)
	await("msg=reloaded changed=false")
	if err := os.WriteFile(filepath.Join(docs, "ferry.txt"), []byte("The ferry sails at noon.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	signal(syscall.SIGHUP)
	await("msg=reloaded changed=true documents=2")
	if err := os.WriteFile(filepath.Join(docs, "paper.pdf"), []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	signal(syscall.SIGHUP)
	await("paper.pdf:1: ")
	signal(syscall.SIGTERM)
	await("shutting down")
	for log.Scan() {
	}
	if err := command.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	if _, err := os.Stat(filepath.Join(command.Dir, "data", "pilcrow.db")); err != nil {
		t.Errorf("the default folder for data: %v", err)
	}
}
