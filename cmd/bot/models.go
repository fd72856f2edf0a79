package main

import (
	"context"
	"fmt"

	"pilcrow/internal/openai"
	"pilcrow/internal/rag"
	"pilcrow/internal/static"
	"pilcrow/internal/web"
)

// builtinModel is the name, behind local:, of the table of word vectors that is in the program.
const builtinModel = "builtin"

// models are what the settings name, each counted and watched; what is not named is nil, but for the embedder, which is
// then the built-in one.
type models struct {
	embedder  rag.Embedder
	generator rag.Generator
	judge     rag.Judge
	unproven  rag.Judge // the judge without an examination before its first use
	repair    rag.Repairer
	rewriter  rag.Rewriter
	meaning   rag.Meaning // how much the embedder's vectors count
}

// models makes them; nothing is asked of a server. The store of p, if there is one, keeps what they take. A judge that
// is to answer many questions is examined at the first one.
func (a *app) models(ctx context.Context, p *parts, examine bool) (m models, err error) {
	settings := a.modelServer()
	if a.config.outside() != "" {
		meter := openai.MeterConfig{Budget: a.config.tokensPerDay, Logger: a.logger}
		if p.store != nil {
			meter.Ledger = ledger(p.store)
		}
		p.vitals.meter = openai.NewMeter(meter)
		settings.Meter = p.vitals.meter
	}
	m.embedder, m.meaning = rag.Unembedded{}, rag.WordsAlone()
	if name := a.config.chatModel; name != "" {
		generator, err := openai.NewGenerator(settings)
		if err != nil {
			return m, err
		}
		m.generator = watchedGenerator{generator, p.vitals.watchModel(web.Writing, "chat model "+name)}
		if m.rewriter, err = openai.NewRewriter(settings); err != nil {
			return m, err
		}
		if m.repair, err = openai.NewRepairer(settings); err != nil {
			return m, err
		}
	}
	if name := a.config.embeddingModel; name != "" {
		embedder, err := openai.NewEmbedder(settings)
		if err != nil {
			return m, err
		}
		watched := watchedEmbedder{embedder, p.vitals.watchModel(web.Embedding, "embedding model "+name)}
		var vectors rag.Vectors // stays a nil interface without a store
		if p.store != nil {
			vectors = p.store
		}
		m.embedder, err = rag.NewEncoder(ctx, rag.EncoderConfig{Embedder: watched, Vectors: vectors, Logger: a.logger})
		if err != nil {
			return m, err
		}
		m.meaning = rag.SentenceModel()
	}
	if name := a.config.localModel; name == builtinModel {
		m.embedder, m.meaning = static.New(), rag.StaticTable()
	} else if name != "" {
		model, err := a.config.shelf().Open(name)
		if err != nil {
			return m, &configError{fmt.Errorf("%s=%s%s: %w (bot model list shows what is installed)", envEmbeddingModel,
				localPrefix, name, err)}
		}
		p.model = model
		m.embedder, m.meaning = model, rag.StaticTable()
	}
	if name := a.config.judgeModel; name != "" {
		settings.ChatModel = name
		judge, err := openai.NewJudge(settings)
		if err != nil {
			return m, err
		}
		m.unproven = watchedJudge(judge, p.vitals.watchModel(web.Judging, "judging model "+name))
		m.judge = m.unproven
		if examine && !a.config.judgeForced {
			m.judge = rag.Examined(m.unproven, a.logger, p.vitals.judgeTold)
		}
	}
	return m, nil
}

func (a *app) modelServer() openai.Config {
	return openai.Config{
		BaseURL: a.config.openAIBaseURL, Key: openai.Key(a.config.openAIKey.reveal()),
		ChatModel: a.config.chatModel, EmbeddingModel: a.config.embeddingModel, Timeout: a.config.modelTimeout,
		EmbeddingTokens: a.config.embedTokens,
	}
}
