package article

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
)

// SiteFile is the file, in the root of a folder of documents, that says where their pages stand on the web. It is its
// owner's word: what others bring in has no links.
const SiteFile = "pilcrow.yaml"

// A site is where the pages of a folder, or of one inside it, stand on the web.
type site struct {
	folder  string // below the root, "" for all
	base    *url.URL
	pages   string // the pattern of a page's path below the base
	anchors anchorStyle
}

// sites are those of one folder, the innermost first.
type sites []*site

// of finds the site of a file.
func (s sites) of(file string) *site {
	i := slices.IndexFunc(s, func(o *site) bool { return o.folder == "" || strings.HasPrefix(file, o.folder+"/") })
	if i < 0 {
		return nil
	}
	return s[i]
}

// siteConfig is one site as it is written down. Folders are sites of folders inside, by their paths.
type siteConfig struct {
	Site    string                `yaml:"site"`
	Pages   string                `yaml:"pages"`
	Anchors string                `yaml:"anchors"`
	Folders map[string]siteConfig `yaml:"folders"`
}

// The least that a pattern has, and the pattern where none is given.
const (
	pathMark     = "{path}"
	defaultPages = pathMark
)

// readSites reads SiteFile, which need not be there.
func readSites(fsys fs.FS) (sites, []byte, error) {
	data, err := fs.ReadFile(fsys, SiteFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	refuse := func(line int, msg string) (sites, []byte, error) {
		return nil, nil, &FileError{Path: SiteFile, Line: line, Msg: msg}
	}
	if err != nil {
		return refuse(1, "cannot be read: "+cause(err))
	}
	var config siteConfig
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	decoder.KnownFields(true)
	if err := decoder.Decode(&config); err != nil {
		line, msg := 1, strings.Join(strings.Fields(err.Error()), " ")
		if _, after, ok := strings.Cut(msg, "line "); ok {
			digits, _, _ := strings.Cut(after, ":")
			line, _ = strconv.Atoi(digits)
		}
		return refuse(max(line, 1), "want site, pages, anchors and folders: "+msg)
	}
	var all sites
	add := func(folder string, c siteConfig) error {
		if c.Site == "" && c.Pages == "" && c.Anchors == "" {
			return nil
		}
		s, err := c.site(folder)
		if err == nil {
			all = append(all, s)
		}
		return err
	}
	if err := add("", config); err != nil {
		return refuse(1, err.Error())
	}
	for folder, c := range config.Folders {
		if c.Pages == "" {
			c.Pages = config.Pages
		}
		if c.Anchors == "" {
			c.Anchors = config.Anchors
		}
		if err := add(path.Clean(strings.Trim(folder, "/")), c); err != nil {
			return refuse(1, folder+": "+err.Error())
		}
	}
	slices.SortFunc(all, func(a, b *site) int { // the innermost first
		if n := len(b.folder) - len(a.folder); n != 0 {
			return n
		}
		return strings.Compare(a.folder, b.folder)
	})
	return all, data, nil
}

// site checks what is written down.
func (c siteConfig) site(folder string) (*site, error) {
	base, err := url.Parse(strings.TrimSpace(c.Site))
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Host == "" || base.User != nil ||
		base.RawQuery != "" {
		return nil, fmt.Errorf("site: want an address such as https://docs.example.org/, got %s", quoted(c.Site))
	}
	pages := firstOf(c.Pages, defaultPages)
	if !strings.Contains(pages, pathMark) {
		return nil, fmt.Errorf("pages: want a pattern with %s in it, such as %s/ or %s.html, got %s", pathMark, pathMark,
			pathMark, quoted(c.Pages))
	}
	anchors, ok := anchorStyles[firstOf(c.Anchors, "github")]
	if !ok {
		return nil, fmt.Errorf("anchors: want github, docusaurus, hugo, mkdocs, vitepress or none, got %s", quoted(c.Anchors))
	}
	return &site{folder: folder, base: base, pages: pages, anchors: anchors}, nil
}

// page is the address of a document. What its front matter says of its place there goes before the path of its file.
func (s *site) page(d *Document) string {
	file := strings.TrimPrefix(strings.TrimPrefix(d.Path, s.folder), "/")
	dir, name := path.Split(file)
	if indexName(name) != "" {
		name = ""
	} else {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	at := path.Join("/", dir, name)
	if s.anchors.numbered { // Docusaurus drops "01-" in front of names
		parts := strings.Split(at, "/")
		for i, p := range parts {
			parts[i] = withoutNumber(p)
		}
		at = strings.Join(parts, "/")
	}
	pages := s.pages
	switch {
	case strings.HasPrefix(d.route, "/"):
		at, pages = path.Clean(d.route), pathMark
		if strings.HasSuffix(d.route, "/") || strings.HasSuffix(s.pages, "/") {
			pages += "/"
		}
	case d.route != "" && s.anchors.routes:
		at = path.Join(path.Dir(at), d.route)
	}
	at = strings.TrimPrefix(at, "/")
	if at == "" { // the page of the site itself
		return s.base.String()
	}
	return s.base.JoinPath(strings.ReplaceAll(pages, pathMark, at)).String()
}

// withoutNumber drops the number by which files are put in order: "01-intro", "2. setup".
func withoutNumber(name string) string {
	rest := strings.TrimLeft(name, "0123456789")
	if rest == name || rest == "" || !strings.ContainsRune("-._ ", rune(rest[0])) {
		return name
	}
	if cut := strings.TrimLeft(rest, "-._ "); cut != "" && (cut[0] < '0' || cut[0] > '9') { // not a date or a version
		return cut
	}
	return name
}

// An anchorStyle is how a generator makes anchors of headings.
type anchorStyle struct {
	of       func(heading string) string // nil: there are none
	again    string                      // what parts an anchor from the number of its repetition
	from     int                         // the first such number
	numbered bool                        // numbers in front of names are dropped
	routes   bool                        // `slug` in front matter is a place beside the page's own
}

var anchorStyles = map[string]anchorStyle{
	"none":       {},
	"github":     {of: githubAnchor, again: "-", from: 1},
	"hugo":       {of: githubAnchor, again: "-", from: 1, routes: true},
	"docusaurus": {of: githubAnchor, again: "-", from: 1, numbered: true, routes: true},
	"mkdocs":     {of: mkdocsAnchor, again: "_", from: 1},
	"vitepress":  {of: vitepressAnchor, again: "-", from: 1},
}

// githubAnchor is what github-slugger makes: small letters, digits, hyphens and underscores; each space a hyphen.
// https://github.com/Flet/github-slugger
func githubAnchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// mkdocsAnchor is what slugify of Python-Markdown makes: ASCII alone, runs of spaces and hyphens one hyphen.
func mkdocsAnchor(heading string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)), r == '_', r == '-', r == ' ':
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(heading))
	return strings.Join(strings.FieldsFunc(strings.TrimSpace(kept), func(r rune) bool { return r == ' ' || r == '-' }),
		"-")
}

// vitepressAnchor is what slugify of @mdit-vue/shared makes: accents off, marks and spaces hyphens, a digit in front
// behind an underscore.
func vitepressAnchor(heading string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(heading) {
		switch {
		case unicode.IsMark(r):
		case unicode.IsControl(r), unicode.IsSpace(r), strings.ContainsRune("~`!@#$%^&*()-_+=[]{}|\\;:\"'“”‘’<>,.?/", r):
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	slug := strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == '-' }), "-")
	if slug != "" && slug[0] >= '0' && slug[0] <= '9' {
		slug = "_" + slug
	}
	return slug
}

// A linker makes the addresses of the paragraphs of one page.
type linker struct {
	site *site // nil: there are none
	page string
	seen map[string]int
}

func newLinker(s *site, d *Document) *linker {
	if s == nil {
		return &linker{}
	}
	return &linker{site: s, page: s.page(d), seen: map[string]int{}}
}

// heading is the address of what stands under a heading; anchor is the one that its author gave it.
func (l *linker) heading(text, anchor string) string {
	if l.site == nil || l.site.anchors.of == nil {
		return l.page
	}
	if anchor == "" {
		anchor = l.site.anchors.of(text)
		n := l.seen[anchor]
		l.seen[anchor] = n + 1
		if n > 0 {
			anchor += l.site.anchors.again + strconv.Itoa(l.site.anchors.from+n-1)
		}
	}
	if anchor == "" {
		return l.page
	}
	return l.page + "#" + (&url.URL{Fragment: anchor}).EscapedFragment()
}
