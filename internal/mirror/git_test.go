package mirror

import (
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/fetch"
)

// A clone is a repository of a test's own.
type clone struct {
	t   *testing.T
	dir string
}

func newClone(t *testing.T) *clone {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	c := &clone{t, filepath.Join(t.TempDir(), "project")}
	if err := os.Mkdir(c.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c.git("init", "--quiet", "--initial-branch=main")
	return c
}

func (c *clone) git(args ...string) string {
	c.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a",
		"GIT_AUTHOR_EMAIL=a@example.org",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
	out, err := cmd.CombinedOutput()
	if err != nil {
		c.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// commit writes files, "" removes one, and commits them.
func (c *clone) commit(files map[string]string) string {
	c.t.Helper()
	for name, text := range files {
		at := filepath.Join(c.dir, name)
		if text == "" {
			if err := os.Remove(at); err != nil {
				c.t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			c.t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			c.t.Fatal(err)
		}
	}
	c.git("add", "--all")
	c.git("commit", "--quiet", "--message=a change")
	return c.git("rev-parse", "HEAD")
}

var firstFiles = map[string]string{
	"README.md": "The project.", "docs/intro.md": "Begin here.", "docs/guide/use.md": "Turn the wheel.",
	"docs/guide/old.rst": "Old.",
	"docs/logo.svg":      "<svg/>", "docs/.hidden/x.md": "Hidden.", "src/main.go": "package main",
	"docs/large.md": "version https://git-lfs.github.com/spec/v1\n",
}

func TestLocalClone(t *testing.T) {
	c := newClone(t)
	if err := os.Symlink("../../etc/passwd", filepath.Join(c.dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	first := c.commit(firstFiles)
	f := follow(t, nil)
	from := filepath.Join(c.dir, "docs")
	if KindOf(from) != Git {
		t.Fatal("a folder is not taken for one of a repository")
	}
	r := f.add(Spec{Kind: Git, From: from, Name: "project"})
	if wantCounts(t, r, "+2 ~0 -0 =0"); r.Source.Commit != first[:shortCommit] {
		t.Errorf("%+v", r.Source)
	}
	want := []string{".rst files, which are not read: 1",
		"files that are larger than 10 MiB, or only point at one that is kept elsewhere (Git LFS): 1"}
	if !slices.Equal(r.LeftOut, want) {
		t.Errorf("left out: %q", r.LeftOut)
	}
	f.holds("project/guide/use.md: Turn the wheel.", "project/intro.md: Begin here.")

	// What is not committed is not read.
	if err := os.WriteFile(filepath.Join(from, "intro.md"), []byte("Not yet."), 0o600); err != nil {
		t.Fatal(err)
	}
	wantCounts(t, f.refresh("project"), "+0 ~0 -0 =2")
	c.commit(map[string]string{"docs/guide/use.md": "", "docs/guide/end.md": "Put out the light."})
	wantCounts(t, f.refresh("project"), "+1 ~1 -1 =0")
	f.holds("project/guide/end.md: Put out the light.", "project/intro.md: Not yet.")
	c.git("tag", "v1", first)
	wantCounts(t, f.add(Spec{Kind: Git, From: c.dir, Folder: "docs/guide/", Branch: "v1", Name: "one"}), "+1 ~0 -0 =0")
	if r = f.add(Spec{Kind: Git, From: c.dir, Name: "all"}); !slices.Contains(r.LeftOut, "links to other files: 1") {
		t.Errorf("left out: %q", r.LeftOut)
	}
	for _, bad := range []struct {
		spec Spec
		want string
	}{
		{Spec{Kind: Git, From: c.dir, Name: "x", Folder: "nowhere"}, `no folder "nowhere"`},
		{Spec{Kind: Git, From: c.dir, Name: "x", Branch: "nowhere"}, "no branch or tag nowhere"},
		{Spec{Kind: Git, From: c.dir, Name: "x", Branch: "--quiet"}, "cannot be the name"},
		{Spec{Kind: Git, From: c.dir, Name: "x", Folder: "src"}, "there is no document in it"},
		{Spec{Kind: Git, From: c.dir, Name: "x", Under: "https://x.org/"}, "--folder"},
		{Spec{Kind: Git, From: t.TempDir(), Name: "x"}, "Want a folder inside a Git repository"},
		{Spec{Kind: Git, From: "http://example.org/x.git", Name: "x"}, "want the address of a repository"},
		{Spec{Kind: Git, From: "https://me:secret@example.org/x.git", Name: "x"}, "without a user or a password"},
		{Spec{Kind: Git, From: c.dir, Name: "project"}, "bot documents refresh project"},
	} {
		_, err := f.Add(t.Context(), bad.spec, false)
		refusal(t, err, bad.want)
	}
	f.Git = "no-such-program"
	_, err := f.Refresh(t.Context(), "project")
	refusal(t, err, "git is not installed")
}

// TestSettingsOfAClone: what a repository has set for git runs nothing.
func TestSettingsOfAClone(t *testing.T) {
	c := newClone(t)
	c.commit(map[string]string{"a.md": "One.", ".gitattributes": "*.md filter=evil diff=evil"})
	ran := filepath.Join(t.TempDir(), "ran")
	for _, key := range []string{"filter.evil.smudge", "diff.evil.textconv", "core.fsmonitor", "core.pager",
		"core.sshCommand", "alias.ls-tree"} {
		c.git("config", key, "touch "+ran+"; cat")
	}
	hook := filepath.Join(c.dir, ".git/hooks/reference-transaction")
	if err := os.WriteFile(hook, []byte("#!/bin/sh\ntouch "+ran), 0o700); err != nil {
		t.Fatal(err)
	}
	f := follow(t, nil)
	f.add(Spec{Kind: Git, From: c.dir, Name: "n"})
	f.holds("n/a.md: One.")
	if _, err := os.Stat(ran); !errors.Is(err, os.ErrNotExist) {
		t.Error("something of the repository's ran")
	}
}

// serveGit serves the repositories below a folder by Git's own program, over https on loopback. It returns a file
// with the certificate.
func serveGit(t *testing.T, dir string, asked func(*http.Request)) (server *httptest.Server, authority string) {
	t.Helper()
	path, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	handler := &cgi.Handler{Path: path, Args: []string{"http-backend"}, Env: []string{"GIT_PROJECT_ROOT=" + dir,
		"GIT_HTTP_EXPORT_ALL=1",
		"GIT_CONFIG_GLOBAL=" + os.DevNull}, InheritEnv: []string{"PATH"}}
	server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked(r)
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	authority = filepath.Join(t.TempDir(), "authority.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(authority, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return server, authority
}

func TestRemoteRepository(t *testing.T) {
	if testing.Short() {
		t.Skip("a dozen programs")
	}
	c := newClone(t)
	first := c.commit(firstFiles)
	c.git("config", "uploadpack.allowFilter", "true")
	c.git("config", "uploadpack.allowAnySHA1InWant", "true")
	c.git("config", "safe.directory", "*")
	asked := make(chan string, 100)
	server, authority := serveGit(t, filepath.Dir(c.dir), func(r *http.Request) { asked <- r.Method })
	f := follow(t, server)
	f.authority = authority
	from := server.URL + "/project/.git"
	r := f.add(Spec{Kind: KindOf(from), From: from, Folder: "docs", Name: "project"})
	if wantCounts(t, r, "+2 ~0 -0 =0"); r.Source.Commit != first[:shortCommit] {
		t.Errorf("%+v", r.Source)
	}
	f.holds("project/guide/use.md: Turn the wheel.", "project/intro.md: Begin here.")

	// The same commit costs one question.
	for len(asked) > 0 {
		<-asked
	}
	wantCounts(t, f.refresh("project"), "+0 ~0 -0 =2")
	if n := len(asked); n > 2 { // what the server can do, and where its branches are
		t.Errorf("%d requests", n)
	}
	c.commit(map[string]string{"docs/intro.md": "Begin there.", "docs/guide/use.md": ""})
	wantCounts(t, f.refresh("project"), "+0 ~1 -1 =0")
	f.holds("project/intro.md: Begin there.")
	_, err := f.Add(t.Context(), Spec{Kind: Git, From: from, Branch: "nowhere", Name: "x"}, false)
	refusal(t, err, "no branch or tag nowhere")
	_, err = f.Add(t.Context(), Spec{Kind: Git, From: server.URL + "/nothing.git", Name: "x"}, false)
	if err == nil || !strings.Contains(err.Error(), "not found") {
		t.Error(err)
	}

	// The guard holds for git, too: without a permission loopback is no place to fetch from.
	guarded := follow(t, nil)
	guarded.authority = authority
	_, err = guarded.Add(t.Context(), Spec{Kind: Git, From: from, Name: "x"}, false)
	if !errors.Is(err, fetch.ErrRefused) {
		t.Error(err)
	}
}

func TestAddresses(t *testing.T) {
	for from, want := range map[string]struct {
		kind Kind
		state
	}{
		"https://github.com/a/b": {Git, state{From: "https://github.com/a/b"}},
		"https://github.com/a/b/tree/main/docs/guide/": {Git, state{From: "https://github.com/a/b", Branch: "main",
			Folder: "docs/guide"}},
		"https://gitlab.com/a/b/c/-/tree/v2/docs": {Git, state{From: "https://gitlab.com/a/b/c", Branch: "v2",
			Folder: "docs"}},
		"https://codeberg.org/a/b/src/branch/main/docs": {Git, state{From: "https://codeberg.org/a/b", Branch: "main",
			Folder: "docs"}},
		"https://example.org/x/y.git":                {Git, state{From: "https://example.org/x/y.git"}},
		"https://github.com/a/b/blob/main/README.md": {None, state{}},
		"https://github.com/about":                   {None, state{}},
		"https://example.org/sitemap.xml":            {Sitemap, state{From: "https://example.org/sitemap.xml"}},
		"https://example.org/x/docs-sitemap.xml.gz":  {Sitemap, state{From: "https://example.org/x/docs-sitemap.xml.gz"}},
		"https://example.org/llms.txt":               {LLMs, state{From: "https://example.org/llms.txt"}},
		"https://example.org/llms-full.txt":          {None, state{}},
		"https://example.org/sitemap":                {None, state{}},
		"no-such-folder":                             {None, state{}},
	} {
		if got := KindOf(from); got != want.kind {
			t.Errorf("%s: a %q", from, got)
		}
		if want.kind == None {
			continue
		}
		s := &state{Kind: want.kind, From: from}
		if err := s.normalize(); err != nil || s.From != want.From || s.Branch != want.Branch || s.Folder != want.Folder {
			t.Errorf("%s: %+v, %v", from, s, err)
		}
	}
	for from, want := range map[string]string{"https://www.docs.example.org/sitemap.xml": "docs-example-org",
		"https://github.com/a/Big_Project": "big-project",
		"https://example.org/x/y.git":      "y"} {
		if got := (&state{Kind: KindOf(from), From: from}).defaultName(); got != want {
			t.Errorf("%s: %q, want %q", from, got, want)
		}
	}
}
