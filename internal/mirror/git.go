package mirror

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/intake"
)

// The bounds of what git may send, in bytes.
const (
	maxFetched   = 512 << 20 // over the network
	maxTreeBytes = 64 << 20  // of the names of a tree
	maxComplaint = 4 << 10   // of what is wrong
)

// A repository is one that git reads for us: the installed one, since a library takes 3 MB of the program and fetches
// whole histories. It is kept from all that a repository's own settings could have it run, and reaches the network
// through the fetcher's guard alone.
type repository struct {
	git     string
	dir     string   // a local clone, or a new and empty repository
	network []string // settings to reach the network; nil: it may not
}

// hardened are settings that win over those of a repository.
var hardened = []string{
	"core.hooksPath=" + os.DevNull, "core.fsmonitor=false", "core.askPass=", "credential.helper=",
	"submodule.recurse=false",
	"protocol.allow=never", "transfer.bundleURI=false", "gc.auto=0", "maintenance.auto=false", "core.quotePath=false",
	"http.lowSpeedLimit=1000", "http.lowSpeedTime=30", "fetch.negotiationAlgorithm=noop", "advice.detachedHead=false",
}

// run runs git and returns what it prints, up to limit bytes.
func (g *repository) run(ctx context.Context, stdin io.Reader, limit int64, args ...string) ([]byte, error) {
	settings := make([]string, 0, 2*(len(hardened)+len(g.network)))
	for _, s := range slices.Concat(hardened, g.network) {
		settings = append(settings, "-c", s)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(ctx, g.git, slices.Concat([]string{"--no-pager"}, settings, []string{"-C", g.dir}, args)...)
	cmd.Env = []string{"PATH=" + filepath.Dir(cmd.Path), "HOME=" + g.dir, "XDG_CONFIG_HOME=" + g.dir, "LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_TERMINAL_PROMPT=0", "GIT_NO_REPLACE_OBJECTS=1", "GIT_OPTIONAL_LOCKS=0",
		"GIT_ATTR_NOSYSTEM=1"}
	if g.network == nil {
		cmd.Env = append(cmd.Env, "GIT_NO_LAZY_FETCH=1")
	}
	cmd.WaitDelay = 2 * time.Second
	cmd.Stdin = stdin
	var out, complaint limited
	out.left, out.full, complaint.left = limit, cancel, maxComplaint
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	switch {
	case out.left < 0:
		return nil, refuse("git: there is more than %d MiB of it: take a part of it, with --folder", limit>>20)
	case errors.Is(err, exec.ErrNotFound):
		return nil, refuse("git is not installed here: it reads the repository for Pilcrow")
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, &gitError{args[0], lastLine(complaint.String()), err}
	}
	return out.Bytes(), nil
}

// limited keeps what is written to it, as far as it may.
type limited struct {
	bytes.Buffer
	left int64
	full func() // called when it is more; nil: the rest is dropped
}

func (l *limited) Write(data []byte) (int, error) {
	if l.left -= int64(len(data)); l.left < 0 {
		if l.full != nil {
			l.full()
		}
		return len(data), nil
	}
	return l.Buffer.Write(data)
}

// A gitError is what git says is wrong.
type gitError struct {
	what string
	msg  string
	err  error
}

func (e *gitError) Error() string { return "git " + e.what + ": " + e.msg }
func (e *gitError) Unwrap() error { return e.err }

// lastLine is the last thing that git complained about, which is the reason; in front of it stand warnings.
func lastLine(complaint string) string {
	reason := "it failed"
	for line := range strings.SplitSeq(strings.ToValidUTF8(complaint, "?"), "\n") {
		line = strings.TrimSpace(line)
		for _, prefix := range []string{"fatal: ", "error: ", "remote: "} {
			line = strings.TrimPrefix(line, prefix)
		}
		if line != "" && !strings.HasPrefix(line, "hint:") {
			reason = line
		}
	}
	return reason
}

// pull reads the folder of a repository.
func (m *Mirrors) pull(ctx context.Context, s *state, r *Report) (news, error) {
	ctx, cancel := context.WithTimeout(ctx, gitTimeout)
	defer cancel()
	g := &repository{git: "git", dir: s.From}
	if m.Git != "" {
		g.git = m.Git
	}
	if !intake.IsAddress(s.From) {
		return m.local(ctx, s, g, r)
	}
	return m.remote(ctx, s, g, r)
}

// local reads a clone on this machine: what is committed, not what lies there.
func (m *Mirrors) local(ctx context.Context, s *state, g *repository, r *Report) (news, error) {
	said, err := g.run(ctx, nil, maxTreeBytes, "rev-parse", "--show-prefix")
	if _, no := errors.AsType[*gitError](err); no {
		return news{},
			refuse("%s: %v. Want a folder inside a Git repository; one that is in none can be named with --docs, or copied in",
				s.From, err)
	}
	if err != nil {
		return news{}, err
	}
	folder := path.Join(strings.TrimSpace(string(said)), s.Folder)
	branch := s.Branch
	if branch == "" {
		branch = "HEAD"
	}
	said, err = g.run(ctx, nil, maxTreeBytes, "rev-parse", "--verify", "--quiet", branch+"^{commit}")
	if _, no := errors.AsType[*gitError](err); no {
		return news{}, refuse("%s: there is no branch or tag %s with a commit in it", s.From, branch)
	}
	if err != nil {
		return news{}, err
	}
	s.Commit = strings.TrimSpace(string(said))
	return m.tree(ctx, s, g, folder, r)
}

// remote fetches the newest commit with the names of its files, and then those files that are read and not there yet.
func (m *Mirrors) remote(ctx context.Context, s *state, g *repository, r *Report) (n news, err error) {
	tunnel, err := m.Fetcher.Tunnel(ctx, maxFetched)
	if err != nil {
		return news{}, err
	}
	defer func() {
		if refused := tunnel.Refused(); err != nil && refused != nil {
			err = refused
		}
		err = errors.Join(err, tunnel.Close())
	}()
	if g.dir, err = os.MkdirTemp("", "pilcrow-git-"); err != nil {
		return news{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(g.dir)) }()
	g.network = []string{"protocol.https.allow=always", "http.proxy=" + tunnel.Address(), "http.proxySSLVerify=true",
		"http.sslVerify=true"}
	if m.authority != "" {
		g.network = append(g.network, "http.sslCAInfo="+m.authority)
	}
	commit, ref, err := g.newest(ctx, s)
	if err != nil {
		return news{}, err
	}
	if commit == s.Commit && m.whole(s) {
		r.Same = len(s.Files)
		return news{}, nil
	}
	for _, args := range [][]string{
		{"init", "--quiet", "--bare", "."},
		{"remote", "add", "origin", s.From},
		{"fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--filter=blob:none", "origin", "+" + ref +
			":refs/pilcrow/read"},
	} {
		if _, err := g.run(ctx, nil, maxComplaint, args...); err != nil {
			return news{}, err
		}
	}
	said, err := g.run(ctx, nil, maxComplaint, "rev-parse", "--verify", "refs/pilcrow/read^{commit}")
	if err != nil {
		return news{}, err
	}
	s.Commit = strings.TrimSpace(string(said))
	return m.tree(ctx, s, g, s.Folder, r)
}

// newest asks which commit a branch or tag is at now.
func (g *repository) newest(ctx context.Context, s *state) (commit, ref string, err error) {
	ask := []string{"ls-remote", "--quiet", "--", s.From}
	if s.Branch == "" {
		ask = append(ask, "HEAD")
	} else {
		ask = append(ask, "refs/heads/"+s.Branch, "refs/tags/"+s.Branch)
	}
	said, err := g.run(ctx, nil, maxTreeBytes, ask...)
	if err != nil {
		return "", "", err
	}
	commit, ref, ok := strings.Cut(strings.SplitN(string(said), "\n", 2)[0], "\t")
	if !ok || commit == "" {
		if s.Branch == "" {
			return "", "", refuse("%s: the repository is empty", s.From)
		}
		return "", "", refuse("%s: there is no branch or tag %s", s.From, s.Branch)
	}
	return commit, ref, nil
}

// whole reports whether all files of a source stand as they were written, or as somebody made them.
func (m *Mirrors) whole(s *state) bool {
	root, err := os.OpenRoot(m.Dir)
	if err != nil {
		return false
	}
	defer root.Close()
	for name := range s.Files {
		if !s.stands(root, name) {
			return false
		}
	}
	return true
}

// tree takes the files of a folder that are read, and that are not there yet.
func (m *Mirrors) tree(ctx context.Context, s *state, g *repository, folder string, r *Report) (news, error) {
	at := s.Commit + ":" + folder
	said, err := g.run(ctx, nil, maxTreeBytes, "ls-tree", "-r", "-z", "--full-tree", at)
	if _, no := errors.AsType[*gitError](err); no {
		return news{}, refuse("%s: there is no folder %q in it at commit %s", s.From, folder, s.Commit[:min(len(s.Commit),
			shortCommit)])
	}
	if err != nil {
		return news{}, err
	}
	blobs, leftOut := documentsIn(said)
	r.LeftOut = append(r.LeftOut, leftOut...)
	root, err := os.OpenRoot(m.Dir)
	if err != nil {
		return news{}, err
	}
	defer root.Close()
	n := news{texts: map[string][]byte{}}
	for name := range s.Files {
		if blobs[name] == "" {
			n.texts[name] = nil
		}
	}
	var wanted []string // names
	for _, name := range slices.Sorted(maps.Keys(blobs)) {
		if f := s.Files[name]; f != nil && f.Blob == blobs[name] && s.stands(root, name) {
			r.Same++
			continue
		}
		wanted = append(wanted, name)
	}
	texts, err := g.blobs(ctx, wanted, blobs)
	if err != nil {
		return news{}, err
	}
	large := 0
	for _, name := range wanted {
		text, ok := texts[blobs[name]]
		if !ok {
			large++
			if s.Files[name] != nil {
				n.texts[name] = nil
			}
			continue
		}
		f := s.Files[name]
		if f == nil {
			f = &file{}
			s.Files[name] = f
		}
		f.Blob, f.Asked, n.texts[name] = blobs[name], m.now(), text
	}
	if large > 0 {
		r.LeftOut = append(r.LeftOut,
			fmt.Sprintf("files that are larger than %d MiB, or only point at one that is kept elsewhere (Git LFS): %d",
				maxFile>>20, large))
	}
	return n, n.bound()
}
