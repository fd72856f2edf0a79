package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"pilcrow/internal/store"
)

// openStore opens the database. Where it is damaged, a bot runs all the same: what all servers share is answered in
// direct messages, and nothing in servers, of which nobody knows what may be shown there. A model whose tokens are
// budgeted is not asked, as nobody knows how many are left.
func (a *app) openStore(p *parts) (err error) {
	had := a.hadStore()
	p.store, err = a.storeConfig().Open(a.config.data)
	switch {
	case err == nil && p.store.Made():
		a.logMade(had)
	case a.serves && errors.Is(err, store.ErrDamaged):
		p.store, p.damaged = nil, err
		a.logger.Error("the database cannot be opened: no server is answered, and nothing is kept", "error", err)
		since := time.Now()
		p.vitals.store = func() []store.Trouble { return []store.Trouble{{Kind: store.Damaged, Since: since, Err: err}} }
		if a.config.tokensPerDay > 0 {
			a.config.chatModel, a.config.judgeModel = "", ""
			if a.config.embedding.remote() {
				a.config.embedding = embedding{}
			}
		}
		return nil
	case err != nil:
		return &configError{fmt.Errorf("%s: %w", a.envStore(), err)}
	}
	p.vitals.store = p.store.Troubles
	return nil
}

// hadStore names what lies in the folder of data and says that there was a database before; "" for nothing.
func (a *app) hadStore() string {
	names := []string{store.MarkName, store.PostgresMarkName, store.BackupsName, wordsName}
	if a.config.database != "" { // a file that was not brought over
		names = append(names, store.FileName)
	}
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(a.config.data, name)); err == nil {
			return name
		}
	}
	return ""
}

// logMade says that there was no database. A first run has none, and that is no reason to warn: of what serves, Discord
// was asked before whether it is the first (see first). What an earlier database left behind is one.
func (a *app) logMade(had string) {
	where := a.storeConfig().Where(absolute(a.config.data))
	if had == "" {
		a.logger.Info("a new database was made", "at", where)
		return
	}
	a.logger.Warn("a new database was made where one was before: if it should be there still, end the program and "+
		"look at "+
		"the folder", "at", where, "left", had)
}

// storeConfig is how the database is opened.
func (a *app) storeConfig() store.Config {
	return store.Config{New: a.flags.New, Copies: a.config.backups > 0, URL: a.config.database.reveal()}
}

// envStore names the variable that says where the database is.
func (a *app) envStore() string {
	if a.config.database != "" {
		return envDatabase
	}
	return envData
}

// databasePassword is the password in the database's address, as it stands there; "" for none.
func (c config) databasePassword() secret {
	u, err := url.Parse(c.database.reveal())
	if err != nil || u.User == nil {
		return ""
	}
	password, _ := u.User.Password()
	return secret(password)
}

// kept is for how many days copies of the database are kept.
func (a *app) kept(keep bool) int {
	if !keep || a.config.database != "" {
		return 0
	}
	return a.config.backups
}

// watchStore has the database looked after, and what is found told, until end is called.
func (a *app) watchStore(ctx context.Context, p *parts) (end func()) {
	if p.store == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() {
		p.store.Watch(ctx, store.Watch{Backups: a.config.backups, Tell: func(t store.Trouble, over bool) {
			level, text := slog.LevelError, "the database is not as it should be"
			switch {
			case over:
				level, text = slog.LevelInfo, "the database is as it should be again"
			case t.Kind == store.Lost || t.Kind == store.Low || t.Kind == store.NoBackup:
				level = slog.LevelWarn
			}
			a.logger.Log(ctx, level, text, "what", t.Kind, "error", t.Err, "counts", p.store.Counts())
		}})
	})
	return func() {
		cancel()
		work.Wait()
	}
}

// absolute is the folder as it is found from everywhere.
func absolute(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		return abs
	}
	return dir
}
