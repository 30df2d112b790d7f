package web

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// rules are the constraints of a field, from its tag. The decoder enforces and the document shows the same ones.
//
//	field:"required,null,blank,min=8,max=200,least=0,most=100,email,url,https,raw,pk"
//
// min and max count characters, least and most bound numbers; raw keeps white space around a text; pk is the id of
// another object. The tag message replaces what is said when least is broken.
type rules struct {
	required, null, blank  bool
	minLength, maxLength   int
	least, most            *int64
	email, url, https, raw bool
	pk                     bool
	message                string
	choices                []core.Choice
}

func parseRules(sf reflect.StructField) rules {
	r := rules{message: sf.Tag.Get("message")}
	if sf.Tag.Get("field") == "" {
		return r
	}
	flags := map[string]*bool{
		"required": &r.required, "null": &r.null, "blank": &r.blank, "email": &r.email,
		"url": &r.url, "https": &r.https, "raw": &r.raw, "pk": &r.pk,
	}
	for word := range strings.SplitSeq(sf.Tag.Get("field"), ",") {
		key, value, _ := strings.Cut(word, "=")
		if flag, ok := flags[key]; ok {
			*flag = true
			continue
		}
		if err := r.setNumber(key, value); err != nil {
			panic(fmt.Sprintf("web: field %s: rule %q: %v", sf.Name, word, err))
		}
	}
	return r
}

func (r *rules) setNumber(key, value string) error {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return err
	}
	switch key {
	case "min":
		r.minLength = int(n)
	case "max":
		r.maxLength = int(n)
	case "least":
		r.least = &n
	case "most":
		r.most = &n
	default:
		return fmt.Errorf("unknown")
	}
	return nil
}
