package main

import (
	"fmt"
	"strings"

	"pilcrow/internal/openai"
	"pilcrow/internal/rag"
	"pilcrow/internal/static"
)

const (
	// localPrefix names a model of the shelf in PILCROW_EMBEDDING_MODEL.
	localPrefix = "local:"
	// builtinModel is the name, behind localPrefix, of the table of word vectors that is in the program.
	builtinModel = "builtin"
)

// A backEnd makes vectors. All that the program does otherwise for one than for another is in its row of backEnds:
// whoever adds one writes its package, and its row.
type backEnd struct {
	prefix  string      // of PILCROW_EMBEDDING_MODEL; what stands behind it is the model
	meaning rag.Meaning // how much its vectors count
	// check says why there can be no such model; nil takes every name.
	check func(model string) error
	// address is where texts are sent. Such a back end is waited for, watched, and named in /privacy, and what it gave is
	// kept. nil: texts stay in the program.
	address func(c config) string
	// open makes it; nothing is asked of a server yet. Its errors name what to do.
	open func(a *app, p *parts, settings openai.Config, model string) (rag.Embedder, error)
}

// backEnds are tried in their order, and the first whose prefix fits is taken.
var backEnds = []backEnd{
	{prefix: localPrefix, meaning: rag.StaticTable(), check: static.CheckName, open: openTable},
	{
		meaning: rag.SentenceModel(),
		address: func(c config) string { return c.openAIBaseURL },
		open: func(_ *app, _ *parts, settings openai.Config, model string) (rag.Embedder, error) {
			settings.EmbeddingModel = model
			return openai.NewEmbedder(settings)
		},
	},
}

// An embedding is the back end that was chosen, and its model. The zero value is none: words alone find.
type embedding struct {
	backEnd
	model string
}

// chooseEmbedding reads PILCROW_EMBEDDING_MODEL.
func chooseEmbedding(bad *problems, value string) embedding {
	switch value {
	case noModel:
		return embedding{}
	case "":
		value = localPrefix + builtinModel
	}
	for _, b := range backEnds {
		model, ok := strings.CutPrefix(value, b.prefix)
		if !ok {
			continue
		}
		if b.check != nil {
			if err := b.check(model); err != nil {
				bad.add(envEmbeddingModel, err.Error())
			}
		}
		return embedding{b, model}
	}
	return embedding{}
}

// none tells that nothing makes vectors.
func (e embedding) none() bool { return e.open == nil }

// remote tells that texts leave the program.
func (e embedding) remote() bool { return e.address != nil }

// keeps tells that there is something of it in the folder of data.
func (e embedding) keeps() bool { return !e.none() && e.name() != localPrefix+builtinModel }

// name is what PILCROW_EMBEDDING_MODEL says for it.
func (e embedding) name() string { return e.prefix + e.model }

// sentTo is where texts are sent; "" for nowhere.
func (e embedding) sentTo(c config) string {
	if !e.remote() {
		return ""
	}
	return e.address(c)
}

// openTable opens a table of word vectors: that of the program, or one of the shelf.
func openTable(a *app, p *parts, _ openai.Config, model string) (rag.Embedder, error) {
	if model == builtinModel {
		return static.New(), nil
	}
	table, err := a.config.shelf().Open(model)
	if err != nil {
		return nil, &configError{fmt.Errorf("%s=%s%s: %w (bot model list shows what is installed)", envEmbeddingModel,
			localPrefix, model, err)}
	}
	p.model = table
	return table, nil
}
