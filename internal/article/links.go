package article

import "github.com/yuin/goldmark/ast"

// Links returns the addresses that a Markdown text links to, in its order, as they are written. Pictures are none; a
// text of too many blocks has none.
func Links(markdown []byte) []string {
	if tooMany(string(markdown)) > 0 {
		return nil
	}
	var all []string
	_ = ast.Walk(parseTree(markdown, false), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			all = append(all, string(n.Destination))
		case *ast.AutoLink:
			if n.AutoLinkType == ast.AutoLinkURL {
				all = append(all, string(n.URL(markdown)))
			}
		}
		return ast.WalkContinue, nil
	})
	return all
}
