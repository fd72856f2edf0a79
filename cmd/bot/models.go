package main

import (
	"context"

	"pilcrow/internal/openai"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/rag/vectors"
	"pilcrow/internal/web"
)

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
	if err := a.writer(&m, p, settings); err != nil {
		return m, err
	}
	if err := a.embedder(ctx, &m, p, settings); err != nil {
		return m, err
	}
	return m, a.judge(&m, p, settings, examine)
}

// writer makes what writes answers.
func (a *app) writer(m *models, p *parts, settings openai.Config) error {
	name := a.config.chatModel
	if name == "" {
		return nil
	}
	generator, err := openai.NewGenerator(settings)
	if err != nil {
		return err
	}
	m.generator = watchedGenerator{generator, p.vitals.watchModel(web.Writing, "chat model "+name)}
	if m.rewriter, err = openai.NewRewriter(settings); err != nil {
		return err
	}
	m.repair, err = openai.NewRepairer(settings)
	return err
}

// embedder makes what finds by meaning.
func (a *app) embedder(ctx context.Context, m *models, p *parts, settings openai.Config) error {
	chosen := a.config.embedding
	if chosen.none() {
		m.embedder, m.meaning = vectors.Unembedded{}, rag.WordsAlone()
		return nil
	}
	embedder, err := chosen.open(a, p, settings, chosen.model)
	if err != nil {
		return err
	}
	m.embedder, m.meaning = embedder, chosen.meaning
	if !chosen.remote() {
		return nil
	}
	watched := watchedEmbedder{embedder, p.vitals.watchModel(web.Embedding, "embedding model "+chosen.name())}
	var kept rag.Vectors // stays a nil interface without a store
	if p.store != nil {
		kept = p.store
	}
	m.embedder, err = vectors.NewEncoder(ctx, vectors.EncoderConfig{Embedder: watched, Vectors: kept, Logger: a.logger})
	return err
}

// judge makes what looks at each sentence of a draft.
func (a *app) judge(m *models, p *parts, settings openai.Config, examine bool) error {
	name := a.config.judgeModel
	if name == "" {
		return nil
	}
	settings.ChatModel = name
	judge, err := openai.NewJudge(settings)
	if err != nil {
		return err
	}
	m.unproven = watchedJudge(judge, p.vitals.watchModel(web.Judging, "judging model "+name))
	m.judge = m.unproven
	if examine && !a.config.judgeForced {
		m.judge = review.Examined(m.unproven, a.logger, p.vitals.judgeTold)
	}
	return nil
}

func (a *app) modelServer() openai.Config {
	return openai.Config{
		BaseURL: a.config.openAIBaseURL, Key: openai.Key(a.config.openAIKey.reveal()),
		ChatModel: a.config.chatModel, Timeout: a.config.modelTimeout,
		EmbeddingTokens: a.config.embedTokens,
	}
}
