package mirror

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/intake"
)

// KindOf tells from a path or an address what kind of source it is; None is a single document.
func KindOf(from string) Kind {
	if !intake.IsAddress(from) {
		if info, err := os.Stat(from); err == nil && info.IsDir() {
			return Git
		}
		return None
	}
	u, err := url.Parse(strings.TrimSpace(from))
	if err != nil {
		return None
	}
	name := strings.ToLower(path.Base(u.Path))
	switch {
	case name == "llms.txt":
		return LLMs
	case strings.Contains(name, "sitemap") && (strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".xml.gz")):
		return Sitemap
	case strings.HasSuffix(name, ".git"):
		return Git
	}
	if _, _, _, ok := forge(u); ok {
		return Git
	}
	return None
}

// forges are hosts that serve repositories at OWNER/NAME, and what stands between that and a branch in the address of
// a folder.
var forges = map[string]string{
	"github.com": "/tree/", "gitlab.com": "/-/tree/", "codeberg.org": "/src/branch/", "gitea.com": "/src/branch/",
	"git.sr.ht": "/tree/",
}

// forge takes the address of a repository, or of a folder in one, apart as a person copies it from a browser. A
// branch with a slash in its name must be given by itself.
func forge(u *url.URL) (repository, branch, folder string, ok bool) {
	mark, known := forges[strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")]
	if !known {
		return "", "", "", false
	}
	own, below, deep := strings.Cut(strings.TrimSuffix(u.Path, "/"), mark)
	parts := strings.Split(strings.Trim(own, "/"), "/")
	if len(parts) < 2 || len(parts) > 2 && mark != "/-/tree/" || parts[0] == "" { // GitLab has groups in groups
		return "", "", "", false
	}
	if deep {
		branch, folder, _ = strings.Cut(below, "/")
	}
	return (&url.URL{Scheme: "https", Host: u.Host, Path: own}).String(), branch, folder, true
}

// normalize brings what was asked for into one form, and checks it.
func (s *state) normalize() error {
	s.From, s.Folder = strings.TrimSpace(s.From), strings.Trim(path.Clean("/"+strings.ReplaceAll(s.Folder, `\`, "/")), "/")
	local := !intake.IsAddress(s.From)
	if s.Kind != Git {
		if local {
			return refuse("%s: want the address of a %s, such as https://docs.example.org/%[2]s", s.From,
				map[Kind]string{Sitemap: "sitemap.xml",
					LLMs: "llms.txt"}[s.Kind])
		}
		if s.Folder != "" || s.Branch != "" {
			return refuse("--folder and --branch are for Git repositories: --under takes a part of a site")
		}
		if s.Under != "" && !intake.IsAddress(s.Under) {
			return refuse("--under: want how the addresses of the pages begin, such as https://docs.example.org/v2/, got %q",
				s.Under)
		}
		return nil
	}
	if s.Under != "" {
		return refuse("--under is for the pages of a site: --folder takes a part of a repository")
	}
	if strings.HasPrefix(s.Branch, "-") || strings.ContainsAny(s.Branch, " :^~?*[\\\x00\n") || strings.Contains(s.Branch,
		"..") {
		return refuse("--branch: %q cannot be the name of a branch or a tag", s.Branch)
	}
	if local {
		at, err := filepath.Abs(s.From)
		s.From = at
		return err
	}
	u, err := url.Parse(s.From)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return refuse("%s: want the address of a repository such as https://example.org/project.git, without a user or a "+
			"password; a private one "+
			"can be cloned, and its folder named", s.From)
	}
	if repository, branch, folder, ok := forge(u); ok {
		s.From = repository
		if s.Branch == "" {
			s.Branch = branch
		}
		if s.Folder == "" {
			s.Folder = folder
		}
	}
	return nil
}

// defaultName is what a source is called if nobody says.
func (s *state) defaultName() string {
	u, err := url.Parse(s.From)
	if s.Kind != Git && err == nil {
		return slugOf(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."))
	}
	return slugOf(strings.TrimSuffix(filepath.Base(s.From), ".git"))
}

// slugOf is the name of a folder that every file system takes.
func slugOf(name string) string {
	if strings.TrimSpace(name) == "" {
		return ""
	}
	return article.SlugOf(strings.ReplaceAll(name, ".", "-"))
}
