package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	credentialsDir = "CREDENTIALS_DIRECTORY" // https://systemd.io/CREDENTIALS
	maxSecretBytes = 4 << 10                 // ours: a token has some dozens
)

// readSecret reads a secret: from the variable; or from the file that the variable of that name with _FILE names;
// or from the file of that name among the credentials that systemd hands to a service. The environment is shown to
// whoever may look at the process; a file can be kept from all but the program.
func readSecret(bad *problems, get func(string) string, name, inFile string) secret {
	value, path := get(name), get(inFile)
	if value != "" && path != "" {
		bad.add(name, "set it, or "+inFile+", and not both")
	}
	if value != "" {
		return secret(value)
	}
	if path != "" {
		value, err := secretFile(path)
		if err != nil {
			bad.add(inFile, err.Error())
		}
		return value
	}
	dir := get(credentialsDir)
	if dir == "" {
		return ""
	}
	path = filepath.Join(dir, name)
	switch value, err := secretFile(path); {
	case errors.Is(err, fs.ErrNotExist): // systemd hands out those that the unit names
		return ""
	case err != nil:
		bad.add(name, err.Error())
		return ""
	default:
		return value
	}
}

// secretFile reads a secret from a file, without the end of its line.
func secretFile(path string) (secret, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err // it names the file
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSecretBytes+1))
	if err != nil {
		return "", err
	}
	value := strings.TrimSpace(string(data))
	switch {
	case len(data) > maxSecretBytes:
		return "", fmt.Errorf("%s: longer than %d bytes: that is no token", path, maxSecretBytes)
	case value == "":
		return "", fmt.Errorf("%s: there is nothing in it", path)
	}
	return secret(value), nil
}
