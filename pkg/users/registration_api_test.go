package users_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

const registerPath = "/api/v1/auth/register/"

func TestRegister_accepted(t *testing.T) {
	tests := map[string]struct{ with, want fields }{
		"least":               {nil, nil},
		"company":             {fields{"company_name": "Alpha Cards", "company_code": "A-1"}, fields{"company_name": "Alpha Cards", "company_code": "A-1"}},
		"blank company":       {fields{"company_name": "", "company_code": ""}, fields{"company_name": nil, "company_code": nil}},
		"symbols in the name": {fields{"username": "bad name!/"}, fields{"username": "bad name!/"}},
		"number as name":      {fields{"username": 12345}, fields{"username": "12345"}},
		"longest name":        {fields{"username": strings.Repeat("ä", 150)}, fields{"username": strings.Repeat("ä", 150)}},
		"address in capitals": {fields{"email": "ANN@Shop.Example"}, fields{"email": "ANN@Shop.Example"}},
		"common password":     {fields{"password": "12345678"}, nil},
		"unknown field":       {fields{"role": "admin", "is_staff": true}, fields{"role": "solo"}},
	}
	each(t, func(t *testing.T, f *fixture) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				input := ann.with(fields{"email": strings.ReplaceAll(name, " ", "-") + "@shop.example", "username": name}).with(test.with)
				id := f.Post(t, registerPath, input).ID(t, http.StatusCreated)
				me := f.As(f.mint(t, jwt.MapClaims{"user_id": id})).Get(t, mePath).Object(t, http.StatusOK)
				want := fields{"profile_completed": true, "role": "solo", "birthdate": "1990-01-02"}.with(test.want)
				for member, value := range want {
					if me[member] != value {
						t.Errorf("%s = %v, want %v", member, me[member], value)
					}
				}
			})
		}
		if n := f.count(t, "SELECT count(*) FROM collectibles_userprofile"); n != len(tests) {
			t.Errorf("profiles = %d, want %d", n, len(tests))
		}
	})
}

func TestRegister_forms(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.With("Content-Type", "application/x-www-form-urlencoded").
			Post(t, registerPath, "username=bob&email=bob%40shop.example&password=bobs+password&birthdate=1990-01-02").
			Want(t, http.StatusCreated, "")
		body := ""
		for _, line := range []string{"username:carol", "email:carol@shop.example", "password:carols password", "birthdate:1990-01-02"} {
			name, value, _ := strings.Cut(line, ":")
			body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
		}
		f.With("Content-Type", "multipart/form-data; boundary=b").Post(t, registerPath, body+"--b--\r\n").
			Want(t, http.StatusCreated, "")
	})
}

func TestRegister_refused(t *testing.T) {
	const tooYoung = `{"birthdate": ["Users must be at least 18 years old."]}`
	tests := map[string]struct {
		with fields
		want string
	}{
		"short password":     {fields{"password": "short"}, `{"password": ["Ensure this field has at least 8 characters."]}`},
		"spaces as password": {fields{"password": "  a b  "}, `{"password": ["Ensure this field has at least 8 characters."]}`},
		"endless password":   {fields{"password": strings.Repeat("x", 129)}, `{"password": ["Ensure this field has no more than 128 characters."]}`},
		"under age":          {fields{"birthdate": "2016-06-01"}, tooYoung},
		"18 tomorrow":        {fields{"birthdate": "2008-11-23"}, tooYoung},
		"not yet born":       {fields{"birthdate": "2999-01-01"}, `{"birthdate": ["Birthdate cannot be in the future."]}`},
		"no birthdate":       {fields{"birthdate": nil}, `{"birthdate": ["This field may not be null."]}`},
		"foreign date":       {fields{"birthdate": "01/02/1990"}, `{"birthdate": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}`},
		"day that is none":   {fields{"birthdate": "1990-02-30"}, `{"birthdate": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}`},
		"bad address":        {fields{"email": "not-an-email"}, `{"email": ["Enter a valid email address."]}`},
		"long name":          {fields{"username": strings.Repeat("u", 151)}, `{"username": ["Ensure this field has no more than 150 characters."]}`},
		"boolean as name":    {fields{"username": true}, `{"username": ["Not a valid string."]}`},
		"list as name":       {fields{"username": []int{1}}, `{"username": ["Not a valid string."]}`},
		"null character":     {fields{"username": "a\x00b"}, `{"username": ["Null characters are not allowed."]}`},
		"null company":       {fields{"company_name": nil}, `{"company_name": ["This field may not be null."]}`},
		"long company code":  {fields{"company_code": strings.Repeat("c", 41)}, `{"company_code": ["Ensure this field has no more than 40 characters."]}`},
		"blank": {
			fields{"username": "", "email": "", "password": "", "birthdate": ""},
			`{"username": ["This field may not be blank."], "email": ["This field may not be blank."],
			  "password": ["This field may not be blank."],
			  "birthdate": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}`,
		},
	}
	each(t, func(t *testing.T, f *fixture) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				f.Post(t, registerPath, ann.with(test.with)).Want(t, http.StatusBadRequest, test.want)
			})
		}
		f.Post(t, registerPath, ann.with(fields{"birthdate": "2008-11-22"})).Want(t, http.StatusCreated, "") // 18 today
		if n := f.count(t, "SELECT count(*) FROM users_user"); n != 1 {
			t.Errorf("accounts = %d, want 1", n)
		}
	})
}

func TestRegister_malformed(t *testing.T) {
	const missing = `{"username": ["This field is required."], "email": ["This field is required."],
		"password": ["This field is required."], "birthdate": ["This field is required."]}`
	tests := map[string]struct {
		media  string
		body   any
		status int
		want   string
	}{
		"empty object":   {"application/json", "{}", http.StatusBadRequest, missing},
		"no body":        {"application/json", nil, http.StatusBadRequest, missing},
		"array":          {"application/json", "[1, 2]", http.StatusBadRequest, `{"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}`},
		"broken off":     {"application/json", `{"username": "x",`, http.StatusBadRequest, ""},
		"half surrogate": {"application/json", `{"username": "\ud800"}`, http.StatusBadRequest, ""},
		"invalid UTF-8":  {"application/json", "{\"username\": \"\xff\"}", http.StatusBadRequest, ""},
		"plain text":     {"text/plain", "hello", http.StatusUnsupportedMediaType, `{"detail": "Unsupported media type \"text/plain\" in request."}`},
	}
	each(t, func(t *testing.T, f *fixture) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				f.With("Content-Type", test.media).Post(t, registerPath, test.body).Want(t, test.status, test.want)
			})
		}
		f.Get(t, registerPath).Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"GET\" not allowed."}`)
	})
}

func TestRegister_namesTaken(t *testing.T) {
	const username, email = `"username": ["A user with that username already exists."]`, `"email": ["A user with that email already exists."]`
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		f.Post(t, registerPath, ann.with(fields{"email": "b@shop.example"})).Want(t, http.StatusBadRequest, "{"+username+"}")
		f.Post(t, registerPath, ann.with(fields{"username": "bob"})).Want(t, http.StatusBadRequest, "{"+email+"}")
		f.Post(t, registerPath, ann).Want(t, http.StatusBadRequest, "{"+username+","+email+"}")
		f.Post(t, registerPath, ann.with(fields{"birthdate": "2999-01-01", "username": "bob"})).
			Want(t, http.StatusBadRequest, "{"+email+`, "birthdate": ["Birthdate cannot be in the future."]}`)
	})
}

func TestRegister_sameNamesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		statuses := atOnce(8, func(int) *apptest.Response {
			res := f.Post(t, registerPath, ann)
			if res.Status != http.StatusCreated {
				res.Want(t, http.StatusBadRequest, `{"username": ["A user with that username already exists."],
					"email": ["A user with that email already exists."]}`)
			}
			return res
		})
		if diff := cmp.Diff(map[int]int{http.StatusCreated: 1, http.StatusBadRequest: 7}, statuses); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCheckEmail(t *testing.T) {
	const path = registerPath + "check-email/"
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, fields{"email": "Ann@shop.example"})
		tests := map[string]struct {
			body   any
			status int
			want   string
		}{
			"free":       {fields{"email": "bob@shop.example"}, http.StatusOK, `{"available": true}`},
			"taken":      {fields{"email": "Ann@shop.example"}, http.StatusOK, `{"available": false}`},
			"other case": {fields{"email": "aNN@SHOP.example"}, http.StatusOK, `{"available": false}`},
			"invalid":    {fields{"email": "nope"}, http.StatusBadRequest, `{"email": ["Enter a valid email address."]}`},
			"missing":    {fields{}, http.StatusBadRequest, `{"email": ["This field is required."]}`},
		}
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { f.Post(t, path, test.body).Want(t, test.status, test.want) })
		}
	})
}

func TestCheckEmail_badTokenRefused(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.As("garbage").Post(t, registerPath+"check-email/", fields{"email": "a@b.example"}).Want(t, http.StatusUnauthorized, "")
	})
}
