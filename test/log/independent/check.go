// Checks a log as it is served, and proofs made of it, with the Go project's own implementation of transparency logs and
// signed notes (golang.org/x/mod/sumdb): not a line of what is being checked is used here.
//
// Arguments: the log's address (such as http://localhost:8420/log) and its verifier key. Standard input: the cases as
// JSON. Exit status 0 and a line with what was checked, or 1 and a line with what is wrong.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type cases struct {
	// Name and base64 public key of a witness whose cosignature must be there; empty for none.
	Witness    string
	WitnessKey []byte
	WitnessID  uint32
	Inclusions []struct {
		Index int64
		Entry []byte
		Proof []tlog.Hash
	}
	Consistencies []struct {
		From     int64
		FromRoot tlog.Hash
		Proof    []tlog.Hash
	}
}

func main() {
	var given cases
	must(json.NewDecoder(os.Stdin).Decode(&given), "cases")
	prefix, vkey := os.Args[1], os.Args[2]
	verifier, err := note.NewVerifier(vkey)
	must(err, "verifier key")
	verifiers := []note.Verifier{verifier}
	if given.Witness != "" {
		verifiers = append(verifiers, cosigner{given.Witness, given.WitnessID, given.WitnessKey})
	}
	signed, err := note.Open(get(prefix+"/checkpoint"), note.VerifierList(verifiers...))
	must(err, "checkpoint")
	check(len(signed.Sigs) == len(verifiers), "the checkpoint has %d of %d signatures", len(signed.Sigs), len(verifiers))
	lines := strings.Split(signed.Text, "\n")
	check(len(lines) == 4 && lines[0] == verifier.Name(), "the checkpoint's text is %q", signed.Text)
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "size")
	root, err := tlog.ParseHash(lines[2])
	must(err, "root")

	entries := readEntries(prefix, size)
	var stored memory
	for index, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(index), entry, stored.reader())
		must(err, "entry")
		stored = append(stored, hashes...)
	}
	rebuilt, err := tlog.TreeHash(size, stored.reader())
	must(err, "tree")
	check(rebuilt == root, "the entries make the root %v, the checkpoint says %v", rebuilt, root)

	// This reader checks every tile that it reads against the root.
	tiles := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, served{prefix})
	for _, each := range given.Inclusions {
		proof, err := tlog.ProveRecord(size, each.Index, tiles)
		must(err, "tiles")
		check(fmt.Sprint([]tlog.Hash(proof)) == fmt.Sprint(each.Proof), "another proof of entry %d comes out of the tiles", each.Index)
		must(tlog.CheckRecord(each.Proof, size, root, each.Index, tlog.RecordHash(each.Entry)), "inclusion")
	}
	for _, each := range given.Consistencies {
		proof, err := tlog.ProveTree(size, each.From, tiles)
		must(err, "tiles")
		check(fmt.Sprint([]tlog.Hash(proof)) == fmt.Sprint(each.Proof), "another proof from size %d comes out of the tiles", each.From)
		must(tlog.CheckTree(each.Proof, size, root, each.From, each.FromRoot), "consistency")
	}
	fmt.Printf("size %d, inclusions %d, consistencies %d, signatures %d\n", size, len(given.Inclusions), len(given.Consistencies), len(signed.Sigs))
}

// readEntries reads all bundles: entries after their lengths, 256 to a full one.
func readEntries(prefix string, size int64) [][]byte {
	var entries [][]byte
	for at := int64(0); at*256 < size; at++ {
		width := size - at*256
		if width > 256 {
			width = 256
		}
		bundle := get(prefix + "/tile/entries/" + place(at, int(width)))
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			entries = append(entries, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	check(int64(len(entries)) == size, "there are %d entries of %d", len(entries), size)
	return entries
}

// served reads tiles where c2sp.org/tlog-tiles puts them.
type served struct{ prefix string }

func (s served) Height() int { return 8 }

func (s served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data := get(s.prefix + "/tile/" + strconv.Itoa(tile.L) + "/" + place(tile.N, tile.W))
		check(len(data) == tile.W*tlog.HashSize, "tile %v has %d bytes", tile, len(data))
		all = append(all, data)
	}
	return all, nil
}

func (s served) SaveTiles([]tlog.Tile, [][]byte) {}

func place(at int64, width int) string {
	path := fmt.Sprintf("%03d", at%1000)
	for at >= 1000 {
		at /= 1000
		path = fmt.Sprintf("x%03d/%s", at%1000, path)
	}
	if width != 256 {
		path += ".p/" + strconv.Itoa(width)
	}
	return path
}

type memory []tlog.Hash

func (m memory) reader() tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = m[index]
		}
		return hashes, nil
	})
}

// cosigner verifies c2sp.org/tlog-cosignature (Ed25519).
type cosigner struct {
	name string
	id   uint32
	key  []byte
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature))
	return ed25519.Verify(c.key, append([]byte(head), text...), signature[8:])
}

func get(url string) []byte {
	answer, err := http.Get(url)
	must(err, url)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err, url)
	check(answer.StatusCode == 200, "%s: %s %s", url, answer.Status, bytes.TrimSpace(body[:min(len(body), 200)]))
	return body
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func must(err error, what string) {
	check(err == nil, "%s: %v", what, err)
}

func check(holds bool, format string, args ...interface{}) {
	if !holds {
		fmt.Fprintf(os.Stderr, format+"\n", args...)
		os.Exit(1)
	}
}
