package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// compareWords returns a difference, none of them breaking, for each place at which two JSON documents differ. Where it
// finds none, they are written in different ways.
func compareWords(was, is []byte) ([]difference, error) {
	var before, after any
	if err := errors.Join(json.Unmarshal(was, &before), json.Unmarshal(is, &after)); err != nil {
		return nil, err
	}
	differences := differencesAt("#", before, after)
	if len(differences) == 0 {
		differences = []difference{{text: "the same document is written in another way"}}
	}
	return differences, nil
}

// differencesAt walks two values at the same JSON pointer.
func differencesAt(pointer string, before, after any) (all []difference) {
	old, wasObject := before.(map[string]any)
	now, isObject := after.(map[string]any)
	if !wasObject || !isObject {
		if reflect.DeepEqual(before, after) {
			return nil
		}
		return []difference{{text: fmt.Sprintf("%s was %s and is %s", pointer, brief(before), brief(after))}}
	}
	keys := maps.Clone(old)
	maps.Copy(keys, now)
	escape := strings.NewReplacer("~", "~0", "/", "~1").Replace
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		all = append(all, differencesAt(pointer+"/"+escape(key), old[key], now[key])...)
	}
	return all
}

// brief is a value as JSON, cut to fit on a line; absent for none.
func brief(value any) string {
	if value == nil {
		return "absent"
	}
	text, err := json.Marshal(value)
	if err != nil {
		return "unreadable"
	}
	const longest = 60
	if runes := []rune(string(text)); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return string(text)
}
