package mirror

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
)

// documentsIn are the documents among the files of a tree, as git ls-tree -r -z prints it: the name of each with its
// blob. What is not taken is counted, a phrase each. It is pure.
func documentsIn(tree []byte) (blobs map[string]string, leftOut []string) {
	blobs = map[string]string{}
	kinds, links, names, more := map[string]int{}, 0, 0, 0
	for entry := range bytes.SplitSeq(tree, []byte{0}) {
		head, name, ok := strings.Cut(string(entry), "\t")
		fields := strings.Fields(head) // mode, kind, object
		if !ok || len(fields) != 3 {
			continue
		}
		ext := strings.ToLower(path.Ext(name))
		read, known := article.Reads(name)
		switch {
		case hiddenPath(name) || !known:
		case fields[1] != "blob" || !strings.HasPrefix(fields[0], "100"):
			links++
		case !read:
			kinds[ext]++
		case !goodPath(name):
			names++
		case len(blobs) == maxFiles:
			more++
		default:
			blobs[name] = fields[2]
		}
	}
	exts := make([]string, 0, len(kinds))
	for ext := range kinds {
		exts = append(exts, ext)
	}
	slices.SortFunc(exts, func(a, b string) int { return cmp.Or(cmp.Compare(kinds[b], kinds[a]), strings.Compare(a, b)) })
	for _, ext := range exts {
		leftOut = append(leftOut, fmt.Sprintf("%s files, which are not read: %d", ext, kinds[ext]))
	}
	for _, left := range []struct {
		n    int
		what string
	}{
		{links, "links to other files: %d"},
		{names, "files with names that not every file system takes: %d"},
		{more, fmt.Sprintf("files after the first %d: %%d (--folder takes a part of the repository)", maxFiles)},
	} {
		if left.n > 0 {
			leftOut = append(leftOut, fmt.Sprintf(left.what, left.n))
		}
	}
	return blobs, leftOut
}

// hiddenPath reports whether a file, or a folder that it is in, is hidden, which is not loaded.
func hiddenPath(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

// blobs reads the files' texts, by blob. One that is too large, or points elsewhere, is left out.
func (g *repository) blobs(ctx context.Context, names []string, blobs map[string]string) (map[string][]byte, error) {
	texts := map[string][]byte{}
	var ids []string
	for _, name := range names {
		if _, twice := texts[blobs[name]]; !twice {
			texts[blobs[name]] = nil
			ids = append(ids, blobs[name])
		}
	}
	if len(ids) == 0 {
		return texts, nil
	}
	list := strings.Join(ids, "\n") + "\n"
	if g.network != nil { // all in one request; without it git would ask for each
		if _, err := g.run(ctx, strings.NewReader(list), maxComplaint, "fetch", "--quiet", "--no-tags",
			"--no-write-fetch-head",
			"--no-recurse-submodules", "--filter=blob:none", "--stdin", "origin"); err != nil {
			return nil, err
		}
	}
	out, err := g.run(ctx, strings.NewReader(list), maxBytes+maxTreeBytes, "cat-file", "--batch", "--buffer")
	if err != nil {
		return nil, err
	}
	return readBlobs(out)
}

// readBlobs reads what git cat-file --batch prints.
func readBlobs(out []byte) (map[string][]byte, error) {
	texts := map[string][]byte{}
	r := bufio.NewReader(bytes.NewReader(out))
	for {
		line, err := r.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return texts, nil
		}
		fields := strings.Fields(line) // object, kind, size; or object, "missing"
		if err != nil || len(fields) != 3 {
			return nil, fmt.Errorf("git cat-file says %q", strings.TrimSpace(line))
		}
		size, err := strconv.Atoi(fields[2])
		if err != nil || size < 0 || size > len(out) {
			return nil, fmt.Errorf("git cat-file says %q", strings.TrimSpace(line))
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(r, text); err != nil {
			return nil, err
		}
		if _, err := r.Discard(1); err != nil {
			return nil, err
		}
		if size <= maxFile && !bytes.HasPrefix(text, []byte("version https://git-lfs.github.com/")) {
			texts[fields[0]] = text
		}
	}
}
