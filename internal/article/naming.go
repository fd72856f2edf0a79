package article

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"
)

// slugsOf names the documents of a folder. A file is called by its name, and an index by its folder. Where several
// would have one name, the one in fewer folders than all others keeps it, and the others take so many of their folders
// in front as tell them apart: what lies deeper never renames what lies higher. Two that no folder tells apart, such as
// "a.md" and "a.txt", keep one slug, and the caller refuses the second.
func slugsOf(files []string) map[string]string {
	names := make(map[string][]string, len(files)) // of each file: its folders and its own name, as slugs
	for _, file := range files {
		names[file] = slugParts(file)
	}
	order := slices.Clone(files)
	slices.SortFunc(order, func(a, b string) int { // what lies higher first
		if deeper := cmp.Compare(depth(a), depth(b)); deeper != 0 {
			return deeper
		}
		return cmp.Or(cmp.Compare(indexRank(a), indexRank(b)), strings.Compare(a, b))
	})
	twins := map[string][]string{} // the first of them, by what tells others apart
	order = slices.DeleteFunc(order, func(file string) bool {
		key := path.Dir(file) + "\x00" + strings.Join(names[file], "/")
		if own := indexName(path.Base(file)); len(twins[key]) > 0 && own != "" { // the folder is called after its other index
			names[file] = append(slices.Clone(names[file]), slugText(own))
			return false
		}
		twins[key] = append(twins[key], file)
		return len(twins[key]) > 1
	})
	slugs, owner := make(map[string]string, len(files)), map[string]string{}
	for taken := 1; len(order) > 0; taken++ {
		order = nameWith(taken, order, names, slugs, owner)
	}
	for _, same := range twins {
		for _, file := range same[1:] {
			slugs[file] = slugs[same[0]]
		}
	}
	return slugs
}

// indexRank puts a README behind other files: of two indexes it is the lesser.
func indexRank(file string) int {
	name := path.Base(file)
	if len(name) > 0 && name[0]|0x20 == 'r' && indexName(name) == "readme" {
		return 1
	}
	return 0
}

// nameWith names those files that their last parts, so many as are taken, tell apart, and returns the others in their
// order.
func nameWith(taken int, files []string, names map[string][]string, slugs, owner map[string]string) (rest []string) {
	groups := map[string][]string{}
	slugAt := func(file string) string {
		parts := names[file]
		return shortened(strings.Join(parts[max(0, len(parts)-taken):], "-"), file)
	}
	for _, file := range files {
		slug := slugAt(file)
		groups[slug] = append(groups[slug], file)
	}
	for _, file := range files {
		slug, more := slugAt(file), taken < len(names[file])
		group := groups[slug]
		first := len(group) == 1 || group[0] == file && depth(file) < depth(group[1])
		switch {
		case owner[slug] == "" && (first || !more):
		case more:
			rest = append(rest, file)
			continue
		default:
			slug = lastResort(file, slug, owner)
		}
		slugs[file] = slug
		owner[slug] = cmp.Or(owner[slug], file)
	}
	return rest
}

// depth counts the folders that a file lies in.
func depth(file string) int { return strings.Count(file, "/") }

// lastResort is the slug of a file whose whole path is not enough: an index beside a page of its folder's name says
// that it is one, and what only a character tells apart that no slug holds has a sum of its path.
func lastResort(file, slug string, owner map[string]string) string {
	if own := slug + "-" + slugText(indexName(path.Base(file))); owner[own] == "" && indexName(path.Base(file)) != "" &&
		len(own) <= MaxSlugBytes {
		return own
	}
	return summed(slug, file)
}

// slugParts are the folders and the name of a file, as slugs. An index has only its folders, and the language that its
// name may say.
func slugParts(file string) []string {
	var parts []string
	dir, name := path.Split(file)
	for folder := range strings.SplitSeq(strings.Trim(dir, "/"), "/") {
		if slug := slugText(folder); slug != "" {
			parts = append(parts, slug)
		}
	}
	own := slugText(stem(name))
	if index := indexName(name); index != "" && len(parts) > 0 {
		own = slugText(strings.TrimPrefix(stem(strings.ToLower(name)), index)) // "index.de.md" is the German one
		if own == "" {
			return parts
		}
		parts[len(parts)-1] += "-" + own
		return parts
	}
	return append(parts, cmp.Or(own, noName))
}

// indexName returns the part of a file's name that says that it stands for its folder: "index", "readme", "_index"; ""
// for none.
func indexName(file string) string {
	own, language, _ := strings.Cut(stem(strings.ToLower(file)), ".")
	const maxLanguage = 7 // "zh-hans"
	if (own == "index" || own == "_index" || own == "readme") && len(language) <= maxLanguage {
		return own
	}
	return ""
}

// shortened bounds a slug to MaxSlugBytes. What is cut off is told apart by a sum of the path.
func shortened(slug, file string) string {
	if len(slug) <= MaxSlugBytes || !strings.Contains(file, "/") { // a name alone has always been cut
		return cutSlug(slug, MaxSlugBytes)
	}
	return summed(slug, file)
}

// summed puts a sum of the path behind a slug.
func summed(slug, file string) string {
	const sumBytes = 3
	sum := sha256.Sum256([]byte(file))
	mark := hex.EncodeToString(sum[:sumBytes])
	return cutSlug(slug, MaxSlugBytes-len(mark)-1) + "-" + mark
}
