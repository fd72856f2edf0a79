package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// PostgreSQL keeps what the SQLite file does, in the same tables, so that several machines can have one store. Writers
// come one after another there, too: a change holds a lock of the whole store until it is committed.

const (
	leastServer    = 150_000 // server_version_num: PostgreSQL 15
	connectTimeout = 5 * time.Second
	pgWriters      = 4 // connections that write; those that wait for the lock leave room for what needs none
	pgReaders      = 4

	// PostgresMarkName is what MarkName is, of a database that is not in the folder.
	PostgresMarkName = "pilcrow.postgres.id"
)

// ErrAddress says that a database's address cannot be one. No part of it is repeated: it may hold a password.
var ErrAddress = errors.New("want postgres://USER:PASSWORD@HOST:PORT/DATABASE; signs such as @ : / ? # and % in a " +
	"password are written as %40 %3A %2F %3F %23 %25")

// A postgres is where a database of PostgreSQL is.
type postgres struct {
	config *pgx.ConnConfig
	name   string // of the database, for people; without the password
}

// newPostgres reads an address.
func newPostgres(address string) (*postgres, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, ErrAddress
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("%w; the settings behind ? are those of libpq, such as sslmode=require", ErrAddress)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	// What stands in a query's parameters says its types: nothing is prepared, which a pooler would lose.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "pilcrow"
	}
	at := net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	if strings.HasPrefix(config.Host, "/") {
		at = config.Host
	}
	return &postgres{config, fmt.Sprintf("PostgreSQL at %s, database %s", at, config.Database)}, nil
}

// CheckAddress says what is wrong with an address of a database; nil for nothing.
func CheckAddress(address string) error {
	_, err := newPostgres(address)
	return err
}

// open opens connections, at their first use.
func (p *postgres) open(connections int, g *guard) *sql.DB {
	db := sql.OpenDB(pgConnector{stdlib.GetConnector(*p.config), p, g})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

// openPostgres opens what Open has locked.
func (s *Store) openPostgres(c Config) error {
	m, err := readMark(s.dir, s.markName)
	if err != nil && !c.New {
		return err
	}
	s.write, s.read = s.pg.open(pgWriters, s.guard), s.pg.open(pgReaders, s.guard)
	ctx, cancel := context.WithTimeout(context.Background(), openTimeout)
	defer cancel()
	if err := s.pg.suits(ctx, s.read); err != nil {
		return err
	}
	if s.isTarget = c.target; c.target {
		m = mark{}
	}
	if s.made, err = s.migratePostgres(ctx, m, c.New || c.target); err != nil {
		return err
	}
	if s.secret, err = secret(ctx, s.write); err != nil {
		return err
	}
	if s.mark != m && !c.target {
		err = s.mark.write(s.dir, s.markName)
	}
	return err
}

// suits looks whether the server is one that can keep the store.
func (p *postgres) suits(ctx context.Context, db *sql.DB) error {
	var version int
	var named, encoding string
	var schema sql.NullString
	var standby bool
	err := db.QueryRowContext(ctx,
		`SELECT CAST(current_setting('server_version_num') AS INT), current_setting('server_version'),
		current_setting('server_encoding'), current_schema(), pg_is_in_recovery()`).Scan(&version, &named, &encoding, &schema,
		&standby)
	switch {
	case err != nil:
		return err
	case version < leastServer:
		return fmt.Errorf("%w: it is PostgreSQL %s, and %d or newer is needed: upgrade it", ErrUnfit, named,
			leastServer/10_000)
	case encoding != "UTF8":
		return fmt.Errorf("%w: its encoding is %s: make one with UTF8 (createdb -T template0 -E UTF8 NAME)", ErrUnfit,
			encoding)
	case !schema.Valid:
		return fmt.Errorf("%w: none of the schemas that search_path names is there: make it (CREATE SCHEMA NAME)", ErrUnfit)
	case standby:
		return fmt.Errorf("%w: the server is a standby: name the primary, or all with target_session_attrs=read-write",
			ErrUnfit)
	}
	return nil
}

// ErrUnfit says that a server cannot keep the store.
var ErrUnfit = errors.New("the database cannot be used")

// migratePostgres is migrate for PostgreSQL, where a table says what SQLite has in the file's head.
func (s *Store) migratePostgres(ctx context.Context, m mark, anew bool) (made bool, err error) {
	steps, err := postgresSteps()
	if err != nil {
		return false, fmt.Errorf("read migrations: %w", err)
	}
	err = s.transact(ctx, "migrate", func(tx *sql.Tx) error {
		version, err := s.versionPostgres(ctx, tx, m, anew)
		if err != nil {
			return err
		}
		made = version == 0
		for _, step := range steps {
			if step.to <= version {
				continue
			}
			if _, err := tx.ExecContext(ctx, step.sql); err != nil {
				return fmt.Errorf("to version %d: %w", step.to, err)
			}
		}
		if _, err := tx.ExecContext(ctx, "UPDATE pilcrow_schema SET version = ?", SchemaVersion()); err != nil {
			return err
		}
		if s.mark, err = m.identify(ctx, tx, anew); err != nil {
			return err
		}
		// A copy from the folder was begun, and did not end.
		if m.ID == "" && s.mark.Edits == 0 && !Fresh(s.dir) && !anew {
			return ErrLeft
		}
		return nil
	})
	return made, err
}

// versionPostgres finds out which version of the schema is there, 0 for none yet, and whether it is the one to open.
func (s *Store) versionPostgres(ctx context.Context, tx *sql.Tx, m mark, anew bool) (version int, err error) {
	there, err := madePostgres(ctx, tx)
	if err != nil {
		return 0, err
	}
	if !there {
		if m.ID != "" && !anew {
			return 0, fmt.Errorf("%w: there is nothing in the database", ErrMissing)
		}
		if !Fresh(s.dir) && !anew {
			return 0, ErrLeft
		}
		_, err := tx.ExecContext(ctx, "CREATE TABLE pilcrow_schema (one INT PRIMARY KEY CHECK (one = 1), "+
			"version INT NOT NULL, moved BIGINT); INSERT INTO pilcrow_schema (one, version) VALUES (1, 0)")
		return 0, err
	}
	if err := tx.QueryRowContext(ctx, "SELECT version FROM pilcrow_schema").Scan(&version); err != nil {
		return 0, err
	}
	if version > SchemaVersion() {
		return 0, fmt.Errorf("%w: its schema is version %d, this program knows %d; run the newer one, or bring back a "+
			"backup "+
			"of before into another database", ErrNewer, version, SchemaVersion())
	}
	var moved sql.NullInt64
	if err := tx.QueryRowContext(ctx, "SELECT moved FROM pilcrow_schema").Scan(&moved); err != nil {
		return 0, err
	}
	if moved.Valid && !s.isTarget {
		source, err := arrivingFrom(ctx, tx)
		if err == nil && source != "" {
			err = ErrArriving
		}
		if err != nil {
			return 0, err
		}
	}
	switch {
	case !moved.Valid || s.isTarget:
	case !anew:
		return 0, fmt.Errorf("%w into a file on %s", ErrMoved, time.Unix(moved.Int64, 0).UTC().Format(time.DateOnly))
	default:
		_, err = tx.ExecContext(ctx, "UPDATE pilcrow_schema SET moved = NULL")
	}
	return version, err
}

// ErrLeft says that the folder has a database of its own, and the one of PostgreSQL has nothing yet.
var ErrLeft = errors.New("there is nothing in it yet, and what servers have is in the SQLite database of the folder")
